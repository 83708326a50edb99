"""What kept an HTTP exchange from taking place, found among the exceptions that requests and urllib3 wrap."""

import http.client
import ssl
from collections.abc import Iterator

import requests
import urllib3.exceptions

from checker.model.answers import TlsOutcome
from checker.model.facts import NoAnswer
from checker.model.undecided import Reason
from checker.probers.certificates import declined_certificate
from checker.probers.lifeline import Stage
from checker.probers.no_answers import timed_out, unreached

_OWN_ROOT = "[network].ca_bundle in csready.toml: the root that signed its certificate"
_TIMEOUTS = (requests.Timeout, urllib3.exceptions.ReadTimeoutError, TimeoutError)
_NOT_HTTP = (http.client.HTTPException, urllib3.exceptions.IncompleteRead, urllib3.exceptions.DecodeError)
_WRAPPERS = (requests.RequestException, urllib3.exceptions.HTTPError)


def transport_failure(exc: Exception, stage: Stage, where: str) -> NoAnswer:
    """Why there is no answer from ``where``. The texts are our own: an exception's may hold a header, or a name."""
    causes = list(_causes(exc))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            outcome, words = declined_certificate(cause)
            needs = _OWN_ROOT if outcome is TlsOutcome.UNTRUSTED else ""
            return NoAnswer(reason=Reason.REFUSED, code=f"tls-{outcome.value}", detail=f"{where}: {words}", needs=needs)
    if any(isinstance(cause, urllib3.exceptions.ProxyError | requests.exceptions.ProxyError) for cause in causes):
        return NoAnswer(reason=Reason.UNREACHABLE, code="proxy", detail=f"{where}: the proxy did not connect to it")
    if any(isinstance(cause, _TIMEOUTS) for cause in causes):
        return timed_out(stage, where)
    roots = [cause for cause in causes if isinstance(cause, OSError) and not isinstance(cause, _WRAPPERS)]
    if any(isinstance(root, ssl.SSLError) and not isinstance(root, ssl.SSLEOFError) for root in roots):
        return NoAnswer(reason=Reason.REFUSED, code="tls-failed", detail=f"{where}: the TLS handshake failed")
    if roots:
        return unreached(roots[0], stage, where)
    if any(isinstance(cause, _NOT_HTTP) for cause in causes):
        return NoAnswer(reason=Reason.MALFORMED, code="not-http", detail=f"{where}: its answer broke off or is no HTTP")
    return NoAnswer(reason=Reason.UNREACHABLE, code="network-error", detail=f"{where}: {type(exc).__name__}")


def _causes(exc: BaseException) -> Iterator[BaseException]:
    """The exception and all that it wraps: requests puts urllib3's into ``args``, urllib3 another into ``reason``."""
    seen: list[BaseException] = []
    waiting: list[object] = [exc]
    while waiting:
        found = waiting.pop()
        if isinstance(found, BaseException) and found not in seen:
            seen.append(found)
            waiting += [*found.args, getattr(found, "reason", None), found.__cause__, found.__context__]
            yield found
