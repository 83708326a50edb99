"""Carries questions about the tenant to the REST interfaces that lie under its cmdlets: GET, and nothing else."""

import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import msgspec
import requests

from checker.model.answers import Json, Objects
from checker.model.facts import NoAnswer
from checker.model.probes import CmdletProbe
from checker.model.undecided import Reason
from checker.probers.abandonable import AbandonableThreads
from checker.probers.connections import Secret, TenantEndpoint
from checker.probers.lifeline import Lifeline
from checker.probers.network import Network
from checker.probers.no_answers import timed_out
from checker.probers.tenant_routes import HOSTS, ROUTES, Interface, Route
from checker.probers.transport_failures import transport_failure
from checker.probers.wire import Deliver, Reply

MAX_BODY = 64 << 20
_CHUNK = 64 << 10
_TRIES = 3
_PATIENCE_S = 5.0  # before another try, where the server does not say how long


_LATER = "a later version, which asks the MicrosoftTeams module or reads files"


class _NoAnswer(Exception):
    """Ends an exchange; never leaves this module."""

    def __init__(self, no_answer: NoAnswer) -> None:
        super().__init__(no_answer.code)
        self.no_answer = no_answer


class TenantWire:
    """A ``Wire`` of cmdlet probes for the tenant's vantage. A half result, a page missing, is no result."""

    def __init__(self, network: Network, endpoint: TenantEndpoint | None) -> None:
        self._network = network
        self._endpoint = endpoint
        self._threads = AbandonableThreads()
        self._closing = threading.Event()

    def send(self, probe: CmdletProbe, deadline: float, deliver: Deliver) -> None:
        endpoint, route = self._endpoint, ROUTES.get(probe.asked)
        if endpoint is None:
            deliver(Reply(_no_access("no-endpoint", "no tenant is configured", "[tenant] in csready.toml"), ""))
            return
        if route is None:
            deliver(Reply(_no_access("no-route", f"no REST counterpart of {probe.asked} is known", _LATER), ""))
            return
        host = HOSTS[route.interface].get(endpoint.cloud)
        if host is None:
            detail = f"the {route.interface.value} interface of the cloud {endpoint.cloud.value} is not known for sure"
            deliver(Reply(_no_access("no-route", detail, _LATER), ""))
            return
        secret = endpoint.token if route.interface is Interface.CONFIGURATION else endpoint.graph_token
        token = secret.reveal()
        if token is None or not (token.isascii() and token.isprintable() and " " not in token):
            given = "no token" if token is None else "no readable token"  # one with a line break was pasted wrongly
            needs = f"{secret.variable} (environment), a token of an account with {route.role}"
            deliver(Reply(_no_access("no-token", f"{given} for {host} was given", needs), ""))
            return
        source = f"https://{host}{urlsplit(route.path).path}"
        # A tenant of 100,000 users is a hundred pages: the limit of one exchange is in the time-out of each of them.
        self._threads.run(
            lambda lifeline: Reply(self._ask(f"https://{host}{route.path}", route, secret, source, lifeline), source),
            source=source,
            limit_s=max(0.0, deadline - time.monotonic()),
            deadline=deadline,
            deliver=deliver,
        )

    def close(self) -> None:
        self._closing.set()
        self._threads.close()

    def _ask(self, url: str, route: Route, secret: Secret, source: str, lifeline: Lifeline) -> Objects | NoAnswer:
        try:
            with self._network.session(lifeline) as session:
                session.headers["Accept"] = "application/json"
                session.headers["Authorization"] = f"Bearer {secret.reveal()}"
                return Objects(rows=tuple(self._rows(session, url, route, source, lifeline)))
        except _NoAnswer as exc:
            return exc.no_answer
        except (requests.RequestException, OSError) as exc:
            if lifeline.expired:
                return timed_out(lifeline.stage, source)
            return transport_failure(exc, lifeline.stage, source)

    def _rows(
        self, session: requests.Session, url: str, route: Route, source: str, lifeline: Lifeline
    ) -> list[dict[str, Json]]:
        rows: list[dict[str, Json]] = []
        seen: set[str] = set()
        while url:
            seen.add(url)
            body = self._json(session, url, route, source, lifeline)
            if not isinstance(body, dict):
                raise _malformed(f"{source}: the JSON is no object")
            page = body.get("value") if route.listed else [body]
            if not isinstance(page, list) or not all(isinstance(row, dict) for row in page):
                raise _malformed(f"{source}: the JSON is no list of objects")
            rows += page
            url = _next_page(body, url, source) if route.listed else ""
            if url in seen:
                raise _malformed(f"{source}: the pages run in a circle")
        return rows

    def _json(self, session: requests.Session, url: str, route: Route, source: str, lifeline: Lifeline) -> Json:
        for tries_left in reversed(range(_TRIES)):
            # A redirect is not followed: the token is for this host.
            with session.get(url, stream=True, allow_redirects=False, timeout=self._network.timeouts.http) as response:
                if response.status_code == 200:
                    return _decoded(response, source)
                wait = _retry_after(response.headers)
            may_wait = response.status_code == 429 and tries_left and wait < lifeline.remaining()
            if not may_wait or self._closing.wait(wait):
                break
        raise _NoAnswer(_refusal(response.status_code, route, source))


def _decoded(response: requests.Response, source: str) -> Json:
    body = bytearray()
    for chunk in response.iter_content(_CHUNK):
        body += chunk
        if len(body) > MAX_BODY:
            raise _malformed(f"{source}: the body is larger than {MAX_BODY >> 20} MiB")
    try:
        return msgspec.json.decode(body.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as exc:
        raise _malformed(f"{source}: the body is not JSON") from exc


def _next_page(body: Mapping[str, Json], url: str, source: str) -> str:
    """Where the list goes on, empty at its end; only ever on the same host, to which the token belongs."""
    link = body.get("@odata.nextLink")
    if link is None:
        return ""
    try:
        following = urljoin(url, link) if isinstance(link, str) else ""
        is_here = urlsplit(following)[:2] == urlsplit(url)[:2]
    except ValueError as exc:  # brackets that hold no address
        raise _malformed(f"{source}: the link to the next page is none") from exc
    if not is_here:
        raise _malformed(f"{source}: the next page is said to be on another host")
    return following


def _retry_after(headers: Mapping[str, str]) -> float:
    """Seconds; the header says seconds or a date (RFC 9110, 10.2.3)."""
    said = headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):  # a TypeError for a date that names no zone
        return _PATIENCE_S


def _refusal(status: int, route: Route, source: str) -> NoAnswer:
    code = f"http-{status}"
    if status == 401:
        return _no_access(code, f"{source}: the token was not accepted", f"a fresh token with {route.role}")
    if status == 403:
        return _no_access(code, f"{source}: the token does not allow this", route.role)
    return NoAnswer(reason=Reason.REFUSED, code=code, detail=f"{source}: HTTP {status}")


def _no_access(code: str, detail: str, needs: str) -> NoAnswer:
    return NoAnswer(reason=Reason.NO_ACCESS, code=code, detail=detail, needs=needs)


def _malformed(detail: str) -> _NoAnswer:
    return _NoAnswer(NoAnswer(reason=Reason.MALFORMED, code="not-json", detail=detail))
