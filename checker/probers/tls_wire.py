"""The wire of TLS and SIP: shakes hands with a server, looks at its certificate, and asks it for its options.

A server is first met as a peer would meet it, with its certificate verified. Only when that is declined is it met
once more without, to see what it would have said. Goes direct, whatever proxy there is.
"""

import _ssl
import secrets
import socket
import ssl
import time
from dataclasses import dataclass, field
from typing import Any

from checker.model.answers import TlsAnswer, TlsOutcome
from checker.model.facts import NoAnswer
from checker.model.probes import TlsProbe
from checker.model.undecided import Reason
from checker.probers.abandonable import AbandonableThreads
from checker.probers.certificates import declined_certificate, failed_handshake, received_alert, seen_certificate
from checker.probers.lifeline import Lifeline, Stage
from checker.probers.network import Network
from checker.probers.no_answers import unreached
from checker.probers.wire import Deliver, Reply

# With TLS 1.3 a missing client certificate is refused only after the handshake; an alert takes one round trip.
_SETTLE_S = 1.0
_SHARE_OF_OPTIONS = 0.8  # of the time left: a server that ignores OPTIONS must not cost the answer about its TLS
_LONGEST_ANSWER = 4096  # bytes; only the first line is kept

_HANDSHAKE, _CERTIFICATE_REQUEST = 22, 13  # RFC 8446 B.1 and B.3


class TlsWire:
    def __init__(self, network: Network) -> None:
        self._network = network
        self._threads = AbandonableThreads()
        self._verifying = _watched(network.ssl_context(verify=True))
        self._looking = _watched(network.ssl_context(verify=False))

    def send(self, probe: TlsProbe, deadline: float, deliver: Deliver) -> None:
        source = f"tls {probe.server}:{probe.port}"

        def work(lifeline: Lifeline) -> Reply:
            return Reply(self._answer(probe, lifeline), source)

        limit_s = self._network.timeouts.tls
        self._threads.run(work, source=source, limit_s=limit_s, deadline=deadline, deliver=deliver)

    def close(self) -> None:
        self._threads.close()

    def _answer(self, probe: TlsProbe, lifeline: Lifeline) -> TlsAnswer | NoAnswer:
        where = f"{probe.server}:{probe.port}"
        try:
            seen = _meet(self._network, probe, self._verifying, lifeline)
            error = seen.error
            if isinstance(error, ssl.SSLCertVerificationError):
                outcome, detail = declined_certificate(error)
                seen = _meet(self._network, probe, self._looking, lifeline)
            elif error is None or (seen.chain and not isinstance(error, TimeoutError)):
                # OpenSSL verifies a certificate as it comes in: what failed after that is not the certificate's fault.
                outcome, detail = TlsOutcome.TRUSTED, ""
            elif isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError):
                outcome, detail = failed_handshake(error)
            else:
                return unreached(error, lifeline.stage, where)
        except OSError as exc:
            return unreached(exc, lifeline.stage, where)
        try:
            chain = tuple(map(seen_certificate, seen.chain))
        except ValueError:
            detail = f"{where}: its certificate cannot be read"
            return NoAnswer(reason=Reason.MALFORMED, code="unreadable-certificate", detail=detail)
        return TlsAnswer(
            outcome=outcome,
            address=seen.address,
            version=seen.version,
            chain=chain,
            client_certificate_asked=seen.client_certificate_asked,
            alert=received_alert(seen.error) if seen.error else "",
            sip=seen.sip,
            detail="; ".join(filter(None, (detail, seen.detail))),
        )


class _WatchedSocket(ssl.SSLSocket):
    certificate_request_seen = False


@dataclass
class _Seen:
    """What one connection showed. ``error`` is what ended it early, ``chain`` DER, leaf first."""

    address: str
    version: str = ""
    chain: list[bytes] = field(default_factory=list)
    client_certificate_asked: bool | None = None
    sip: str = ""
    detail: str = ""
    error: OSError | None = None


def _watched(context: ssl.SSLContext) -> ssl.SSLContext:
    context.sslsocket_class = _WatchedSocket
    if hasattr(ssl.SSLContext, "_msg_callback"):  # private, so its absence costs one property and no more
        context._msg_callback = _note_certificate_request
    return context


def _note_certificate_request(
    connection: Any, direction: str, version: int, content: int, message: int, raw: bytes
) -> None:
    if (direction, content, message) == ("read", _HANDSHAKE, _CERTIFICATE_REQUEST):
        connection.certificate_request_seen = True


def _meet(network: Network, probe: TlsProbe, context: ssl.SSLContext, lifeline: Lifeline) -> _Seen:
    """Raises OSError when no TCP connection comes about; what happens after that is in the result."""
    with (
        network.dial(probe.server, probe.port, lifeline) as connection,
        context.wrap_socket(
            connection, server_hostname=probe.server.rstrip("."), do_handshake_on_connect=False
        ) as secured,
    ):
        host, port = secured.getpeername()[:2]
        seen = _Seen(f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
        lifeline.stage = Stage.HANDSHAKE
        try:
            secured.do_handshake()
            lifeline.stage = Stage.READ
            seen.version = secured.version() or ""
            _look_closer(secured, probe, seen, lifeline)
        except OSError as exc:
            seen.error = exc
        seen.chain = _chain(secured)
        asked = getattr(secured, "certificate_request_seen", False)
        complete = bool(seen.version) and hasattr(ssl.SSLContext, "_msg_callback")
        seen.client_certificate_asked = True if asked else (False if complete else None)
    return seen


def _look_closer(secured: ssl.SSLSocket, probe: TlsProbe, seen: _Seen, lifeline: Lifeline) -> None:
    """Raises OSError when the server ends the connection instead of answering."""
    raise NotImplementedError


def _chain(secured: ssl.SSLSocket) -> list[bytes]:
    raise NotImplementedError
