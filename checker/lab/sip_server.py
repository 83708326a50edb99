"""A SIP server over TLS that answers OPTIONS, or fails to in one of the ways an Edge server is seen to fail."""

import socket
import ssl
from enum import Enum, auto

from checker.lab.listener import Listener

# The header of a handshake record of 16 KiB and the start of a ServerHello in it: a client waits for the rest.
_ENDLESS_RECORD = b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc\x03\x03" + bytes(0x4000 - 6)
_ECHOED = {"via", "v", "from", "f", "to", "t", "call-id", "i", "cseq"}  # RFC 3261 8.2.6.2; 7.3.3 for the short forms


class SipBehaviour(Enum):
    ANSWERS = auto()
    """TLS, then 200 OK. Whether a client certificate is wanted is up to the context; its refusal is a TLS alert."""
    PLAIN_TCP = auto()
    """Replies to the ClientHello in plain text."""
    SILENT = auto()
    """Accepts and never says a byte."""
    RESET = auto()
    """Resets the connection at the ClientHello."""
    DRIP = auto()
    """Sends a TLS record, one byte per second."""
    FILTERED = auto()
    """Connecting takes until the client's time is up."""


class SipServer(Listener):
    """`tls` is only needed to answer. `delay_s` is spent before each answer."""

    def __init__(
        self,
        tls: ssl.SSLContext | None = None,
        behaviour: SipBehaviour = SipBehaviour.ANSWERS,
        delay_s: float = 0.0,
    ) -> None:
        super().__init__(tls, filtered=behaviour is SipBehaviour.FILTERED)
        self._behaviour = behaviour
        self._delay_s = delay_s

    def converse(self, connection: socket.socket) -> None:
        match self._behaviour:
            case SipBehaviour.ANSWERS:
                self._answer(self.secure(connection))
            case SipBehaviour.PLAIN_TCP:
                connection.recv(4096)
                connection.sendall(b"SIP/2.0 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            case SipBehaviour.SILENT:
                self.keep_silent(connection)
            case SipBehaviour.RESET:
                connection.recv(1)
                self.reset(connection)
            case SipBehaviour.DRIP:
                self.drip(connection, _ENDLESS_RECORD)

    def _answer(self, connection: ssl.SSLSocket) -> None:
        with connection.makefile("rb") as stream:
            while request_line := stream.readline():
                if not request_line.strip():  # RFC 3261 7.5: empty lines before a message are ignored
                    continue
                headers = []
                while line := stream.readline().decode("utf-8", "replace").strip():
                    name, _, value = line.partition(":")
                    headers.append((name.strip(), value.strip()))
                stream.read(sum(int(value) for name, value in headers if name.lower() in {"content-length", "l"}))
                self.stopping.wait(self._delay_s)
                connection.sendall(_response(request_line.decode("utf-8", "replace"), headers))


def _response(request_line: str, headers: list[tuple[str, str]]) -> bytes:
    method = request_line.partition(" ")[0]
    lines = ["SIP/2.0 200 OK" if method == "OPTIONS" else "SIP/2.0 405 Method Not Allowed", "Allow: OPTIONS"]
    for name, value in headers:
        if name.lower() in {"to", "t"} and ";tag=" not in value:
            value += ";tag=lab"  # RFC 3261 8.2.6.2: the response names the far end of the dialogue
        if name.lower() in _ECHOED:
            lines.append(f"{name}: {value}")
    return "\r\n".join([*lines, "Content-Length: 0", "", ""]).encode()
