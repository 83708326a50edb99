"""A WS-Management server on loopback, over TLS or plain HTTP, with one PowerShell endpoint behind it.

It knows nothing of Skype for Business: it is handed an Endpoint, and keeps what was asked of it.
"""

import socket
import ssl
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any

from checker.lab.listener import Listener
from checker.lab.powershell_objects import Behaviour, Endpoint
from checker.lab.wsman_authentication import Accounts, SignIn
from checker.lab.wsman_shells import Reply, Shells
from checker.lab.wsman_soap import parse_request

_SOAP = "application/soap+xml;charset=UTF-8"
_BOUNDARY = "Encrypted Boundary"  # [MS-WSMV] 2.2.9.1: fixed
_NOT_SOAP = b"<html><body><p>Service Unavailable"


class WsmanServer(Listener):
    """Serves ``endpoint`` to one account.

    ``tls`` is a server's context; without it HTTP is plain, and Negotiate and NTLM encrypt each message instead.
    ``certificate_der``: the certificate of ``tls``; with it, a sign-in made for another TLS channel is refused.
    ``username`` may be ``DOMAIN\\name``; ``auth_schemes`` are those offered, of ``negotiate``, ``ntlm``, ``basic`` and
    ``credssp``, which Windows offers only where it was switched on.
    ``delay_s``: how long the result of each cmdlet is held back.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        username: str,
        password: str,
        *,
        tls: ssl.SSLContext | None = None,
        certificate_der: bytes | None = None,
        auth_schemes: Sequence[str] = ("negotiate", "ntlm", "basic"),
        delay_s: float = 0.0,
    ) -> None:
        super().__init__(tls)
        self.secured = tls is not None
        self.path = f"/{endpoint.path}"
        self.accounts = Accounts(username, password, auth_schemes, certificate_der)
        self.shells = Shells(endpoint, delay_s)

    @property
    def commands(self) -> list[tuple[str, Mapping[str, object]]]:
        """Each command received and its parameters, in order of arrival; lookups ignore case."""
        return list(self.shells.commands)

    def stop(self) -> None:
        self.shells.close()
        super().stop()

    def converse(self, connection: socket.socket) -> None:
        _Conversation(self.secure(connection) if self.secured else connection, self.address, self)


class _Conversation(BaseHTTPRequestHandler):
    """One client's connection: signing in lasts as long as it does."""

    protocol_version = "HTTP/1.1"

    def __init__(self, connection: socket.socket, address: tuple[str, int], server: WsmanServer) -> None:
        self._wsman = server
        self._sign_in = SignIn(server.accounts, encrypting=not server.secured)
        super().__init__(connection, address, server)  # type: ignore[arg-type]  # it only stores the server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not self._sign_in.accepts(self.headers.get("Authorization")):
            self._respond(HTTPStatus.UNAUTHORIZED)
        elif self.path.lower() != self._wsman.path.lower():
            self._respond(HTTPStatus.NOT_FOUND)
        elif not body:  # a client that will encrypt signs in with an empty request first
            self._respond(HTTPStatus.OK)
        else:
            self._serve(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: what was asked is in `WsmanServer.commands`."""

    def _serve(self, body: bytes) -> None:
        encryption = self._sign_in.encryption
        if encryption is not None and self.headers.get("Content-Type", "").startswith("multipart/"):
            reply = self._perform(encryption.unwrap_message(body, _BOUNDARY))
            content_type, content = encryption.wrap_message(reply.envelope)
            content_type += f';protocol="{encryption.protocol}";boundary="{_BOUNDARY}"'
        else:
            reply = self._perform(body)
            content_type, content = _SOAP, reply.envelope
        if reply.behaviour is Behaviour.GARBAGE:
            content_type, content = "text/html", _NOT_SOAP
        self._respond(reply.status, content, content_type, drip=reply.behaviour is Behaviour.DRIP)

    def _perform(self, envelope: bytes) -> Reply:
        try:
            return self._wsman.shells.perform(parse_request(envelope))
        except ValueError:
            return Reply(HTTPStatus.BAD_REQUEST, b"")

    def _respond(
        self, status: HTTPStatus, content: bytes = b"", content_type: str = _SOAP, *, drip: bool = False
    ) -> None:
        headers = [("WWW-Authenticate", challenge) for challenge in self._sign_in.challenge]
        headers += [("Content-Type", content_type), ("Content-Length", str(len(content)))]
        head = "".join(f"{name}: {value}\r\n" for name, value in headers)
        # In one piece: head and body apart, Nagle and delayed acknowledgement cost 40 ms a request.
        message = f"HTTP/1.1 {status:d} {status.phrase}\r\n{head}\r\n".encode("latin-1") + content
        if drip:
            self._wsman.drip(self.connection, message)
        else:
            self.connection.sendall(message)
