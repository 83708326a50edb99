"""Carries questions about the tenant to the REST interfaces that lie under its cmdlets: GET, and nothing else."""

import re
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import msgspec
import requests

from checker.model.answers import Json, Objects
from checker.model.axes import Cloud
from checker.model.facts import CommandRun, NoAnswer
from checker.model.probes import CmdletProbe, Vantage
from checker.model.undecided import Reason
from checker.probers.abandonable import AbandonableThreads
from checker.probers.allowed_cmdlets import ALLOWED, ValueNotAllowed, allowed_command
from checker.probers.connections import Secret, TenantEndpoint
from checker.probers.lifeline import Lifeline
from checker.probers.network import Network
from checker.probers.no_answers import timed_out
from checker.probers.powershell_wire import PowerShellWire
from checker.probers.psrp_pipelines import connect_teams
from checker.probers.tenant_routes import HOSTS, Interface, Route, Shape, route_of
from checker.probers.tenant_tokens import TenantTokens
from checker.probers.transport_failures import transport_failure
from checker.probers.wire import Deliver, Reply

MAX_BODY = 64 << 20
_MAX_REFUSAL = 64 << 10
_CHUNK = 64 << 10
_TRIES = 3
_PATIENCE_S = 5.0  # before another try, where the server does not say how long
_ERROR_CODE = re.compile(r"[A-Za-z0-9_.-]{1,60}")

# Connect-MicrosoftTeams -TeamsEnvironmentName (Microsoft Learn, read 2026-11-22); none in the other two clouds
_ENVIRONMENTS = {Cloud.GCC_HIGH: "TeamsGCCH", Cloud.DOD: "TeamsDOD", Cloud.CHINA: "TeamsChina"}


class _NoAnswer(Exception):
    """Ends an exchange; never leaves this module."""

    def __init__(self, no_answer: NoAnswer) -> None:
        super().__init__(no_answer.code)
        self.no_answer = no_answer


class TenantWire:
    """A ``Wire`` of cmdlet probes for the tenant's vantage. A half result, a page missing, is no result.

    What has no route is asked of the Teams module on the workstation, over ``powershell``, where the endpoint allows
    it.
    """

    def __init__(self, network: Network, endpoint: TenantEndpoint | None, powershell: PowerShellWire) -> None:
        self._network = network
        self._endpoint = endpoint
        self._powershell = powershell
        self._tokens = TenantTokens(network, endpoint) if endpoint else None
        self._threads = AbandonableThreads()
        self._closing = threading.Event()

    def send(self, probe: CmdletProbe, deadline: float, deliver: Deliver) -> None:
        """Raises NotAllowed, with nothing sent, where the module is to be asked what is not in the list."""
        if self._endpoint is None or self._tokens is None:
            deliver(Reply(_no_access("no-endpoint", "no tenant is configured", "[tenant] in csready.toml"), ""))
            return
        cloud = self._endpoint.cloud
        route = route_of(probe)
        host = _host(route, cloud)
        if route and host:
            self._over_rest(self._tokens, host, route, deadline, deliver)
        elif self.asks_module(probe):
            self._over_module(self._tokens, probe, cloud, deadline, deliver)
        else:
            deliver(Reply(_no_route(probe, route, cloud), ""))

    def asks_module(self, probe: CmdletProbe) -> bool:
        """Whether it goes to the workstation, and not over REST."""
        if probe.vantage is not Vantage.TENANT or self._endpoint is None or not self._endpoint.module_on_workstation:
            return False
        return probe.cmdlet in ALLOWED[Vantage.TENANT] and not _host(route_of(probe), self._endpoint.cloud)

    def close(self) -> None:
        self._closing.set()
        if self._tokens:
            self._tokens.close()
        self._threads.close()

    def commands_run(self) -> tuple[CommandRun, ...]:
        """The sign-ins; of REST requests the dispatcher keeps count, of cmdlets the PowerShell wire."""
        return self._tokens.commands_run() if self._tokens else ()

    def _over_rest(self, tokens: TenantTokens, host: str, route: Route, deadline: float, deliver: Deliver) -> None:
        source = f"https://{host}{urlsplit(route.path).path}"

        def ask(token: Secret | NoAnswer) -> None:
            if isinstance(token, NoAnswer):
                deliver(Reply(token, ""))
                return
            # A tenant of 100,000 users is a hundred pages: the limit of one exchange is in the time-out of each.
            self._threads.run(
                lambda lifeline: Reply(
                    self._ask(f"https://{host}{route.path}", route, token, source, lifeline), source
                ),
                source=source,
                limit_s=max(0.0, deadline - time.monotonic()),
                deadline=deadline,
                deliver=deliver,
            )

        tokens.get(route.interface, deadline, ask)

    def _over_module(
        self, tokens: TenantTokens, probe: CmdletProbe, cloud: Cloud, deadline: float, deliver: Deliver
    ) -> None:
        with suppress(ValueNotAllowed):  # the PowerShell wire has an answer to that one; any other is raised here
            allowed_command(probe)

        def with_graph(graph: Secret | NoAnswer) -> None:
            if isinstance(graph, NoAnswer):
                deliver(Reply(graph, ""))
            else:
                tokens.get(Interface.CONFIGURATION, deadline, lambda teams: with_both(graph, teams))

        def with_both(graph: Secret, teams: Secret | NoAnswer) -> None:
            if isinstance(teams, NoAnswer):
                deliver(Reply(teams, ""))
            else:
                self._powershell.send_with_prelude(
                    probe,
                    deadline,
                    deliver,
                    lambda: connect_teams(graph.reveal() or "", teams.reveal() or "", _ENVIRONMENTS.get(cloud, "")),
                )

        tokens.get(Interface.GRAPH, deadline, with_graph)

    def _ask(self, url: str, route: Route, token: Secret, source: str, lifeline: Lifeline) -> Objects | NoAnswer:
        try:
            with self._network.session(lifeline) as session:
                session.headers["Accept"] = "application/json"
                session.headers["Authorization"] = f"Bearer {token.reveal()}"
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
            rows += _rows_of(body, route.shape, source)
            url = _next_page(body, url, source) if route.shape is Shape.PAGES and isinstance(body, dict) else ""
            if url in seen:
                raise _malformed(f"{source}: the pages run in a circle")
        return rows

    def _json(self, session: requests.Session, url: str, route: Route, source: str, lifeline: Lifeline) -> Json:
        for tries in range(1, _TRIES + 1):
            # A redirect is not followed: the token is for this host.
            with session.get(url, stream=True, allow_redirects=False, timeout=self._network.timeouts.http) as response:
                if response.status_code == 200:
                    return _decoded(response, source)
                pause = _pause(response, is_first=tries == 1)
                said = _error_code(response) if pause is None else ""
            if pause is None or tries == _TRIES or pause >= lifeline.remaining() or self._closing.wait(pause):
                break
        raise _NoAnswer(_refusal(response.status_code, said, route, source))


def _host(route: Route | None, cloud: Cloud) -> str:
    return HOSTS[route.interface].get(cloud, "") if route else ""


def _rows_of(body: Json, shape: Shape, source: str) -> list[dict[str, Json]]:
    if shape is not Shape.ARRAY and not isinstance(body, dict):
        raise _malformed(f"{source}: the JSON is no object")
    rows = body["value"] if shape is Shape.PAGES and "value" in body else [body] if shape is Shape.OBJECT else body
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _malformed(f"{source}: the JSON is no list of objects")
    return rows


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


def _pause(response: requests.Response, *, is_first: bool) -> float | None:
    """Seconds before another try; ``None`` where one is of no use. Without a word from the server a throttled request
    is tried again, and a server's own trouble is given one more chance.
    """
    status = response.status_code
    if status != 429 and status < 500:
        return None
    said = _retry_after(response.headers.get("Retry-After", ""))
    return said if said is not None else _PATIENCE_S if status == 429 or is_first else None


def _retry_after(said: str) -> float | None:
    """Seconds; the header says seconds or a date (RFC 9110, 10.2.3)."""
    said = said.strip()
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):  # a TypeError for a date that names no zone
        return None


def _error_code(response: requests.Response) -> str:
    """Graph: ``{"error": {"code": "Authorization_RequestDenied"}}``; the other: ``{"code": "40301"}``. Else empty."""
    try:
        raw = next(response.iter_content(_MAX_REFUSAL), b"")
        body = msgspec.json.decode(raw)
    except (requests.RequestException, OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    error = body.get("error", body) if isinstance(body, dict) else None
    code = str(error.get("code", "")) if isinstance(error, dict) else ""
    return code if _ERROR_CODE.fullmatch(code) else ""


def _refusal(status: int, said: str, route: Route, source: str) -> NoAnswer:
    code, because = f"http-{status}", f" ({said})" if said else ""
    if status == 401:
        return _no_access(code, f"{source}: the token was not accepted{because}", f"a fresh token with {route.role}")
    if status == 403:
        return _no_access(code, f"{source}: the token does not allow this{because}", route.role)
    return NoAnswer(reason=Reason.REFUSED, code=code, detail=f"{source}: HTTP {status}{because}")


def _no_route(probe: CmdletProbe, route: Route | None, cloud: Cloud) -> NoAnswer:
    detail = f"no REST counterpart of {probe.asked} is known"
    if route:
        detail = f"the host of the {route.interface.value} interface of the cloud {cloud.value} is not known for sure"
    needs = ""
    if probe.cmdlet in ALLOWED[Vantage.TENANT]:
        needs = "module_on_workstation = true in [tenant] and a [workstation] that has the MicrosoftTeams module"
    return _no_access("no-route", detail, needs)


def _no_access(code: str, detail: str, needs: str) -> NoAnswer:
    return NoAnswer(reason=Reason.NO_ACCESS, code=code, detail=detail, needs=needs)


def _malformed(detail: str) -> _NoAnswer:
    return _NoAnswer(NoAnswer(reason=Reason.MALFORMED, code="not-json", detail=detail))
