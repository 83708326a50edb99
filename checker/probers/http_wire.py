"""The wire of HTTPS: a GET without credentials, its redirects followed and kept, its body bounded."""

import http.client
import re
import ssl
from collections.abc import Iterator
from email.message import Message
from urllib.parse import urldefrag, urljoin, urlsplit

import msgspec
import requests
from requests.exceptions import (
    ChunkedEncodingError,
    ContentDecodingError,
    InvalidSchema,
    InvalidURL,
    MissingSchema,
    ProxyError,
    RequestException,
)

from checker.model.answers import HttpAnswer
from checker.model.facts import NoAnswer
from checker.model.probes import HttpProbe
from checker.model.undecided import Reason
from checker.probers.abandonable import AbandonableThreads
from checker.probers.certificates import declined_certificate, failed_handshake
from checker.probers.lifeline import Lifeline
from checker.probers.network import Network
from checker.probers.no_answers import timed_out, unreached
from checker.probers.wire import Deliver, Reply

_LONGEST_BODY = 64 * 1024  # bytes, unpacked
_CHUNK = 8192  # bytes
_MOST_REDIRECTS = 5

# What a proxy answered to CONNECT reaches us in words only: http.client, HTTPConnection._tunnel.
_CONNECT_DECLINED = re.compile(r"Tunnel connection failed: (\d{3})")


class HttpWire:
    def __init__(self, network: Network) -> None:
        self._network = network
        self._threads = AbandonableThreads()

    def send(self, probe: HttpProbe, deadline: float, deliver: Deliver) -> None:
        source = f"http {probe.url}"
        self._threads.run(
            lambda lifeline: Reply(self._answer(probe.url, lifeline), source),
            source=source,
            limit_s=self._network.timeouts.http,
            deadline=deadline,
            deliver=deliver,
        )

    def close(self) -> None:
        self._threads.close()

    def _answer(self, url: str, lifeline: Lifeline) -> HttpAnswer | NoAnswer:
        redirects: list[str] = []
        with self._network.session(lifeline) as session:
            session.headers["Accept"] = "application/json"
            while True:
                time_left = max(lifeline.remaining(), 0.001)
                try:
                    with session.get(url, stream=True, timeout=time_left) as response:
                        target = _redirect_target(response, url)
                        if target is None or len(redirects) == _MOST_REDIRECTS:
                            return _read(response, url, tuple(redirects))
                except RequestException as exc:
                    failure = _failure(exc, url, tuple(redirects), lifeline)
                    return _redirected(failure) if redirects and isinstance(failure, NoAnswer) else failure
                redirects.append(url)
                url = target


def _redirected(failure: NoAnswer) -> NoAnswer:
    """For a target that gave no answer: whoever was asked did, with the redirect."""
    return msgspec.structs.replace(failure, code="redirect-target")


def _redirect_target(response: requests.Response, url: str) -> str | None:
    """Absolute; ``None`` when the response leads nowhere that a GET can go."""
    if not response.is_redirect:
        return None
    try:
        target = urldefrag(urljoin(url, response.headers["Location"])).url
        return target if urlsplit(target).scheme in {"http", "https"} else None
    except ValueError:  # brackets that hold no address
        return None


def _read(response: requests.Response, url: str, redirects: tuple[str, ...]) -> HttpAnswer | NoAnswer:
    if response.status_code == http.HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        return _proxy_wants_login(url)
    body, is_cut = _body(response)
    return HttpAnswer(
        status=response.status_code,
        url=url,
        redirects=redirects,
        headers={name.lower(): value for name, value in response.headers.items()},
        body=_text(body, response.headers.get("Content-Type", "")),
        body_cut=is_cut,
    )


def _body(response: requests.Response) -> tuple[bytes, bool]:
    """The beginning of the body, and whether there was more: too much, broken off, or wrongly packed."""
    body = b""
    try:
        for chunk in response.iter_content(_CHUNK):
            body += chunk
            if len(body) > _LONGEST_BODY:
                return body[:_LONGEST_BODY], True
    except (ChunkedEncodingError, ContentDecodingError):
        return body, True
    return body, False


def _text(body: bytes, content_type: str) -> str:
    header = Message()
    header["Content-Type"] = content_type
    charset = header.get_content_charset("utf-8")
    try:
        return body.decode("utf-8-sig" if charset == "utf-8" else charset, errors="replace")
    except LookupError:  # no charset of that name
        return body.decode("utf-8", errors="replace")


def _failure(
    error: RequestException, url: str, redirects: tuple[str, ...], lifeline: Lifeline
) -> HttpAnswer | NoAnswer:
    """requests and urllib3 wrap what happened several times over; the innermost says it best."""
    causes = list(_causes(error))
    where = f"{url}, after {len(redirects)} redirects from {redirects[0]}" if redirects else url
    if isinstance(error, ProxyError):
        return _proxy_failure(causes, where)
    for cause in causes:
        match cause:
            case ssl.SSLCertVerificationError():
                outcome, words = declined_certificate(cause)
                return HttpAnswer(status=0, url=url, redirects=redirects, tls_error=f"{outcome.value}: {words}")
            case ssl.SSLError() if not isinstance(cause, ssl.SSLEOFError):
                outcome, words = failed_handshake(cause)
                return HttpAnswer(status=0, url=url, redirects=redirects, tls_error=f"{outcome.value}: {words}")
    if isinstance(error, requests.Timeout) or any(isinstance(cause, TimeoutError) for cause in causes):
        return timed_out(lifeline.stage, where)
    for cause in reversed(causes):
        if isinstance(cause, OSError) and not isinstance(cause, RequestException):
            return unreached(cause, lifeline.stage, where)
    if isinstance(error, InvalidURL | InvalidSchema | MissingSchema):
        return NoAnswer(reason=Reason.MALFORMED, code="bad-url", detail=f"{where}: not a URL that can be asked for")
    return NoAnswer(reason=Reason.MALFORMED, code="not-http", detail=f"{where}: what it sent is not HTTP")


def _proxy_failure(causes: list[BaseException], where: str) -> NoAnswer:
    for cause in causes:
        if declined := _CONNECT_DECLINED.match(str(cause)):
            if declined[1] == "407":
                return _proxy_wants_login(where)
            detail = f"{where}: the proxy declined to connect, with status {declined[1]}"
            return NoAnswer(reason=Reason.UNREACHABLE, code="proxy-declined", detail=detail)
    detail = f"{where}: the proxy itself could not be reached"
    return NoAnswer(reason=Reason.UNREACHABLE, code="proxy-unreachable", detail=detail)


def _proxy_wants_login(where: str) -> NoAnswer:
    return NoAnswer(
        reason=Reason.REFUSED,
        code="proxy-authentication",
        detail=f"{where}: the proxy wants a login first (407)",
        needs="a proxy that lets this machine through, in [network].proxy in csready.toml",
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """``error`` and what it came from; urllib3 keeps some of it among the arguments alone."""
    yield error
    for inner in (error.__cause__ or error.__context__, *error.args):
        if isinstance(inner, BaseException):
            yield from _causes(inner)
