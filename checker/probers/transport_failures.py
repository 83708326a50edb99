"""What kept an HTTP exchange from taking place, by the exception that requests and urllib3 wrapped."""

import http.client
import socket
import ssl
from collections.abc import Iterator

import requests
import urllib3.exceptions

from checker.model.facts import NoAnswer
from checker.model.undecided import Reason

# X509_V_ERR_* of OpenSSL's x509_vfy.h
_UNVERIFIED = {
    10: ("tls-expired", "the server's certificate has expired"),
    18: ("tls-untrusted", "the server's certificate is self-signed and not in the trust store"),
    19: ("tls-untrusted", "the server's certificate chain ends in a root that is not in the trust store"),
    20: ("tls-untrusted", "the server's certificate chain ends in no root of the trust store"),
    21: ("tls-untrusted", "the issuer of the server's certificate is not known"),
    62: ("tls-wrong-name", "the server's certificate is for another name"),
    64: ("tls-wrong-name", "the server's certificate is for another address"),
}

# The first that is found among the causes decides; a subclass stands before its base.
_CAUSES: tuple[tuple[tuple[type[BaseException], ...], Reason, str, str], ...] = (
    ((ssl.SSLError, urllib3.exceptions.SSLError), Reason.REFUSED, "tls-failed", "the TLS handshake failed"),
    ((urllib3.exceptions.ProxyError,), Reason.UNREACHABLE, "proxy", "the proxy did not let the connection through"),
    (
        (urllib3.exceptions.NameResolutionError, socket.gaierror),
        Reason.UNREACHABLE,
        "no-address",
        "the name has no address",
    ),
    ((ConnectionRefusedError,), Reason.UNREACHABLE, "connection-refused", "the connection was refused"),
    (
        (requests.ConnectTimeout, urllib3.exceptions.ConnectTimeoutError),
        Reason.TIMED_OUT,
        "connect-timeout",
        "no connection in time",
    ),
    (
        (requests.ReadTimeout, urllib3.exceptions.ReadTimeoutError, TimeoutError),
        Reason.TIMED_OUT,
        "read-timeout",
        "connected, and then no answer in time",
    ),
    ((ConnectionError,), Reason.UNREACHABLE, "connection-lost", "the connection was lost"),
    (
        (http.client.HTTPException, urllib3.exceptions.IncompleteRead, urllib3.exceptions.DecodeError),
        Reason.MALFORMED,
        "not-http",
        "the answer broke off, or is not HTTP",
    ),
)


def transport_failure(exc: Exception, where: str) -> NoAnswer:
    """Why there is no answer from ``where``. The texts are fixed: an exception's own may hold a header or a name."""
    causes = list(_causes(exc))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            code, said = _UNVERIFIED.get(cause.verify_code, ("tls-not-verified", "the certificate was not accepted"))
            return NoAnswer(reason=Reason.REFUSED, code=code, detail=f"{where}: {said}")
    for kinds, reason, code, said in _CAUSES:
        if any(isinstance(cause, kinds) for cause in causes):
            return NoAnswer(reason=reason, code=code, detail=f"{where}: {said}")
    return NoAnswer(reason=Reason.UNREACHABLE, code="connection-lost", detail=f"{where}: the connection was lost")


def out_of_time(where: str) -> NoAnswer:
    return NoAnswer(reason=Reason.TIMED_OUT, code="deadline", detail=f"{where}: no answer before the time was up")


def _causes(exc: BaseException) -> Iterator[BaseException]:
    """The exception and all that it wraps: requests puts urllib3's into ``args``, urllib3 a socket's into
    ``reason``."""
    seen: list[BaseException] = []
    waiting: list[object] = [exc]
    while waiting:
        found = waiting.pop()
        if isinstance(found, BaseException) and found not in seen:
            seen.append(found)
            waiting += [*found.args, getattr(found, "reason", None), found.__cause__, found.__context__]
            yield found
