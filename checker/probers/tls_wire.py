"""The wire of TLS and SIP: shakes hands with a server, looks at its certificate, and asks it for its options.

A server is first met as a peer would meet it, with its certificate verified. Only when that is declined is it met
once more without, to see what it would have said. Goes direct, whatever proxy there is.
"""

import _ssl
import secrets
import ssl
import time
from contextlib import suppress
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

# With TLS 1.3 a missing client certificate is refused only after the handshake; the alert takes one round trip.
_ALERT_MAY_TAKE_S = 1.0
_SHARE_OF_OPTIONS = 0.8  # of the time left: a server that ignores OPTIONS must not cost the answer about its TLS
_LONGEST_ANSWER = 4096  # bytes; only the first line is kept
_LONGEST_STATUS_LINE = 200  # characters

_HANDSHAKE, _CERTIFICATE_REQUEST = 22, 13  # RFC 8446 B.1 and B.3
_SHOWS_MESSAGES = hasattr(ssl.SSLContext, "_msg_callback")  # private: without it one property of the answer is None


class TlsWire:
    def __init__(self, network: Network) -> None:
        self._network = network
        self._threads = AbandonableThreads()
        self._verifying = _watched(network.ssl_context(verify=True))
        self._looking = _watched(network.ssl_context(verify=False))

    def send(self, probe: TlsProbe, deadline: float, deliver: Deliver) -> None:
        source = f"tls {probe.server}:{probe.port}"
        self._threads.run(
            lambda lifeline: Reply(self._answer(probe, lifeline), source),
            source=source,
            limit_s=self._network.timeouts.tls,
            deadline=deadline,
            deliver=deliver,
        )

    def close(self) -> None:
        self._threads.close()

    def _answer(self, probe: TlsProbe, lifeline: Lifeline) -> TlsAnswer | NoAnswer:
        where = f"{probe.server}:{probe.port}"
        try:
            seen = _meet(self._network, probe, self._verifying, lifeline)
        except OSError as exc:
            return unreached(exc, lifeline.stage, where)
        outcome, detail = TlsOutcome.TRUSTED, ""
        match seen.error:
            case ssl.SSLCertVerificationError() as error:
                outcome, detail = declined_certificate(error)
                with suppress(OSError):  # what the first meeting showed stands without the second
                    seen = _meet(self._network, probe, self._looking, lifeline)
            case ssl.SSLError() | ConnectionError() as error if seen.chain:
                # A certificate is verified as it comes in: what went wrong later is not its fault.
                detail = "" if received_alert(error) else "ended the connection after it had shown its certificate"
            case ssl.SSLError() as error if not isinstance(error, ssl.SSLEOFError):
                outcome, detail = failed_handshake(error)
            case OSError() as error:
                return unreached(error, lifeline.stage, where)
        try:
            chain = tuple(map(seen_certificate, seen.chain))
        except ValueError:
            unreadable = f"{where}: a certificate of its chain cannot be read"
            return NoAnswer(reason=Reason.MALFORMED, code="unreadable-certificate", detail=unreadable)
        return TlsAnswer(
            outcome=outcome,
            address=seen.address,
            version=seen.version,
            chain=chain,
            client_certificate_asked=seen.client_certificate_asked,
            alert=received_alert(seen.error) if seen.error else "",
            sip=seen.sip,
            detail="; ".join(filter(None, (detail, seen.remark))),
        )


class _WatchedSocket(ssl.SSLSocket):
    certificate_requested = False


def _watched(context: ssl.SSLContext) -> ssl.SSLContext:
    """The context serves many connections at once, so each connection notes what it sees on itself."""

    def note(connection: Any, direction: str, version: int, content: int, message: int, raw: bytes) -> None:
        if (direction, content, message) == ("read", _HANDSHAKE, _CERTIFICATE_REQUEST):
            connection.certificate_requested = True

    context.sslsocket_class = _WatchedSocket
    if _SHOWS_MESSAGES:
        context._msg_callback = note  # type: ignore[attr-defined]  # private, see above
    return context


@dataclass
class _Seen:
    """What one connection showed: ``chain`` DER, leaf first; ``error`` what ended it before we did."""

    address: str
    version: str = ""
    chain: list[bytes] = field(default_factory=list)
    client_certificate_asked: bool | None = None
    sip: str = ""
    remark: str = ""
    error: OSError | None = None


def _meet(network: Network, probe: TlsProbe, context: ssl.SSLContext, lifeline: Lifeline) -> _Seen:
    """Raises OSError when no TCP connection comes about; what happens after that is in the result."""
    name = probe.server.rstrip(".")
    with (
        network.dial(name, probe.port, lifeline) as connection,
        context.wrap_socket(connection, server_hostname=name, do_handshake_on_connect=False) as secured,
    ):
        host, port = secured.getpeername()[:2]
        seen = _Seen(f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
        lifeline.stage = Stage.HANDSHAKE
        try:
            secured.do_handshake()
            lifeline.stage = Stage.READ
            seen.version = secured.version() or ""
            _ask(secured, probe, seen, lifeline)
        except OSError as exc:
            seen.error = exc
        seen.chain = _chain(secured)
        if getattr(secured, "certificate_requested", False):
            seen.client_certificate_asked = True
        elif _SHOWS_MESSAGES and seen.version:
            seen.client_certificate_asked = False
    return seen


def _ask(secured: ssl.SSLSocket, probe: TlsProbe, seen: _Seen, lifeline: Lifeline) -> None:
    """Send OPTIONS, or nothing, and listen. Raises OSError when the connection is ended by an alert or a reset."""
    patience_s = _SHARE_OF_OPTIONS * lifeline.remaining()
    if probe.sip:
        secured.sendall(_options(probe.server))
    elif _SHOWS_MESSAGES and not getattr(secured, "certificate_requested", False):
        return  # nothing to wait for: a server that wants no client certificate has nothing to refuse
    else:
        patience_s = min(patience_s, _ALERT_MAY_TAKE_S)
    try:
        line = _first_line(secured, time.monotonic() + patience_s)
    except TimeoutError:
        seen.remark = "no answer to OPTIONS in time" if probe.sip else ""
        return
    if line.startswith("SIP/2.0 "):
        seen.sip = line
    elif probe.sip:
        seen.remark = "what answered OPTIONS is not SIP" if line else "closed without an answer to OPTIONS"


def _options(server: str) -> bytes:
    """RFC 3261 11.1, with nothing in it but the name that was asked for: neither our host nor a user."""
    call = secrets.token_hex(8)
    return (
        f"OPTIONS sip:{server} SIP/2.0\r\n"
        f"Via: SIP/2.0/TLS csready.invalid;branch=z9hG4bK{call}\r\n"
        "Max-Forwards: 70\r\n"
        f"From: <sip:csready.invalid>;tag={call}\r\n"
        f"To: <sip:{server}>\r\n"
        f"Call-ID: {call}\r\n"
        "CSeq: 1 OPTIONS\r\n"
        "Content-Length: 0\r\n\r\n"
    ).encode()


def _first_line(secured: ssl.SSLSocket, until: float) -> str:
    """Without control characters; empty when the other side closes first. Raises TimeoutError."""
    received = b""
    while b"\n" not in received and len(received) < _LONGEST_ANSWER:
        left_s = until - time.monotonic()
        if left_s <= 0:
            raise TimeoutError
        secured.settimeout(left_s)
        chunk = secured.recv(1024)
        if not chunk:
            return ""
        received = (received + chunk).lstrip()  # RFC 3261 7.5: empty lines may come before a message
    line = received.partition(b"\n")[0].decode("utf-8", "replace")
    return "".join(filter(str.isprintable, line))[:_LONGEST_STATUS_LINE]


def _chain(secured: ssl.SSLSocket) -> list[bytes]:
    """As the server sent it, after a failed handshake too; only the leaf where the library does not show more."""
    # Public, as SSLSocket.get_unverified_chain, from Python 3.13 only.
    show_chain = getattr(getattr(secured, "_sslobj", None), "get_unverified_chain", None)
    if show_chain is not None:
        return [certificate.public_bytes(_ssl.ENCODING_DER) for certificate in show_chain() or ()]
    try:
        leaf = secured.getpeercert(binary_form=True)
    except ValueError:  # the handshake was not completed
        return []
    return [leaf] if leaf else []
