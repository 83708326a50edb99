"""A WS-Management server on loopback, over TLS or plain HTTP, with one PowerShell endpoint behind it.

It knows nothing of Skype for Business: it is handed an Endpoint, and keeps what was asked of it.
"""

import contextlib
import io
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Any

from pypsrp.encryption import WinRMEncryption

from checker.lab.powershell_objects import Behaviour, Endpoint
from checker.lab.wsman_authentication import Accounts, SignIn
from checker.lab.wsman_shells import Shells
from checker.lab.wsman_soap import parse_request

_SOAP = "application/soap+xml;charset=UTF-8"
_BOUNDARY = "Encrypted Boundary"  # [MS-WSMV] 2.2.9.1: fixed
_SHUTDOWN_POLL_S = 0.05
_DRIP_S = 1.0


class WsmanServer:
    """Serves ``endpoint`` to one account, from ``start()`` until ``stop()``; bound to a free port from the beginning.

    ``tls`` is a server's context, ``None`` for plain HTTP, where Negotiate and NTLM then encrypt each message.
    ``certificate_der``: the certificate of ``tls``; with it a signed-in client is bound to this TLS channel.
    ``username`` may be ``DOMAIN\\name``; ``auth_schemes`` are those offered, of ``negotiate``, ``ntlm``, ``basic``.
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
        self._shells = Shells(endpoint, delay_s)
        accounts = Accounts(username, password, auth_schemes, certificate_der)
        self._listener = _Listener(f"/{endpoint.path}", self._shells, accounts, tls)
        self._thread = threading.Thread(
            target=self._listener.serve_forever, args=(_SHUTDOWN_POLL_S,), name=f"wsman-{self.address[1]}"
        )

    @property
    def address(self) -> tuple[str, int]:
        host, port = self._listener.server_address[:2]
        return str(host), port

    @property
    def commands(self) -> list[tuple[str, Mapping[str, object]]]:
        """Each command received and its parameters, in order of arrival; lookups ignore case."""
        return list(self._shells.commands)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends every session and connection, whatever a client is waiting for, and every thread."""
        if self._thread.is_alive():
            self._listener.shutdown()
            self._thread.join()
        self._listener.hang_up()
        self._listener.server_close()

    def __enter__(self) -> "WsmanServer":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()


class _Listener(socketserver.ThreadingTCPServer):
    # Not http.server's own: that one asks DNS for the name of the address it is bound to.
    request_queue_size = 128

    def __init__(self, path: str, shells: Shells, accounts: Accounts, tls: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.path = path
        self.shells = shells
        self.accounts = accounts
        self.tls = tls
        self.stopping = threading.Event()
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Runs in the connection's own thread; the handshake too, or one slow client would keep all others out."""
        connection: socket.socket = request
        # What a client does to its own connection is its own affair.
        with contextlib.suppress(OSError), contextlib.ExitStack() as closing:
            if self.tls is not None:
                connection = self.tls.wrap_socket(request, server_side=True, do_handshake_on_connect=False)
            closing.enter_context(connection)
            closing.enter_context(self._noted(connection))
            if isinstance(connection, ssl.SSLSocket):
                connection.do_handshake()
            super().finish_request(connection, client_address)

    def hang_up(self) -> None:
        """Wakes all who wait: for a result, for the next request, between two bytes that drip."""
        self.stopping.set()
        self.shells.close()
        with self._lock:
            for connection in self._connections:
                with contextlib.suppress(OSError):
                    # Past TLS, which its own thread may be in the middle of.
                    socket.socket.shutdown(connection, socket.SHUT_RDWR)

    @contextlib.contextmanager
    def _noted(self, connection: socket.socket) -> Iterator[None]:
        with self._lock:
            if self.stopping.is_set():
                raise ConnectionAbortedError
            self._connections.add(connection)
        try:
            yield
        finally:
            with self._lock:
                self._connections.discard(connection)


class _Connection(BaseHTTPRequestHandler):
    """One client's connection: signing in lasts as long as it does."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 64 * 1024  # head and body in one packet: apart, delayed acknowledgements make each request 40 ms
    server: _Listener

    def setup(self) -> None:
        super().setup()
        self._sign_in = SignIn(self.server.accounts, tls=self.server.tls is not None)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not self._sign_in.accepts(self.headers.get("Authorization")):
            self._respond(HTTPStatus.UNAUTHORIZED, b"")
        elif self.path.lower() != self.server.path.lower():
            self._respond(HTTPStatus.NOT_FOUND, b"")
        elif not body:  # a client that will encrypt signs in with an empty request first
            self._respond(HTTPStatus.OK, b"")
        else:
            self._serve(body)

    def log_message(self, *_: object) -> None:
        pass

    def _serve(self, body: bytes) -> None:
        encryption = self._sign_in.encryption
        encrypted = self.headers.get("Content-Type", "").startswith("multipart/encrypted")
        if encryption is not None and encrypted:
            body = encryption.unwrap_message(body, _BOUNDARY)
        try:
            reply = self.server.shells.perform(parse_request(body))
        except ValueError:
            self._respond(HTTPStatus.BAD_REQUEST, b"")
            return
        if encryption is not None and encrypted:
            content_type, content = encryption.wrap_message(reply.envelope)
            content_type += f';protocol="{WinRMEncryption.SPNEGO}";boundary="{_BOUNDARY}"'
        else:
            content_type, content = _SOAP, reply.envelope
        if reply.behaviour is Behaviour.GARBAGE:
            content_type, content = "text/html", b"<html><body><p>Service Unavailable"
        self._respond(HTTPStatus(reply.status), content, content_type, drip=reply.behaviour is Behaviour.DRIP)

    def _respond(self, status: HTTPStatus, content: bytes, content_type: str = _SOAP, *, drip: bool = False) -> None:
        wire = self.wfile
        if drip:
            self.wfile = io.BytesIO()
        self.send_response(status)
        for challenge in self._sign_in.challenge:
            self.send_header("WWW-Authenticate", challenge)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        if isinstance(self.wfile, io.BytesIO):
            whole, self.wfile = self.wfile.getvalue(), wire
            for byte in whole:
                self.wfile.write(bytes((byte,)))
                self.wfile.flush()
                if self.server.stopping.wait(_DRIP_S):
                    raise ConnectionAbortedError
