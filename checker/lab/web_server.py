"""An HTTP/1.1 server, over TLS or not, that answers from a function and can stall or break off.

GET and HEAD are taken everywhere, a POST only by the hosts that have forms.
"""

import http.client
import http.server
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message
from enum import Enum, auto
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from checker.lab.listener import Listener

_LONGEST_FORM = 64 << 10  # bytes


class WebBehaviour(Enum):
    ANSWER = auto()
    SILENT = auto()
    """Reads the request and never says a byte."""
    DRIP = auto()
    """Sends status line and headers, one byte per second."""
    DRIP_BODY = auto()
    """Sends the headers at once and the body one byte per second."""
    RESET = auto()
    """Resets the connection after the request."""


@dataclass(frozen=True)
class WebRequest:
    """`host` as the Host header has it, lower case and without port; `path` without query and not unquoted.

    `query` is unquoted, and of a parameter given twice has the last value; so is `form`, what a POST has in its body.
    `headers` ignores case.
    """

    method: str
    host: str
    path: str
    query: dict[str, str]
    headers: Message
    form: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class WebReply:
    """Content-Length is added; to a HEAD the body is left out."""

    status: int = HTTPStatus.OK
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    behaviour: WebBehaviour = WebBehaviour.ANSWER


class WebServer(Listener):
    """Asks `routes` what to reply; it is called in several threads. `delay_s` is spent before each reply. `forms` are
    the hosts that take a POST.

    `requests` has the method and path of all that was asked, also of what was refused for its method.
    """

    def __init__(
        self,
        routes: Callable[[WebRequest], WebReply],
        tls: ssl.SSLContext | None = None,
        delay_s: float = 0.0,
        forms: tuple[str, ...] = (),
    ) -> None:
        super().__init__(tls)
        self.requests: list[tuple[str, str]] = []
        self._routes = routes
        self._secured = tls is not None
        self._delay_s = delay_s
        self._forms = forms

    def converse(self, connection: socket.socket) -> None:
        _Conversation(self.secure(connection) if self._secured else connection, self.address, self)

    def reply_to(self, request: WebRequest) -> WebReply:
        self.requests.append((request.method, request.path))
        self.stopping.wait(self._delay_s)
        takes_form = request.method == "POST" and request.host in self._forms
        if request.method not in {"GET", "HEAD"} and not takes_form:
            return WebReply(HTTPStatus.METHOD_NOT_ALLOWED, (("Allow", "GET, HEAD"), ("Connection", "close")))
        return self._routes(request)


class _Conversation(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet: apart, Nagle and delayed acknowledgement cost 40 ms a request

    def __init__(self, connection: socket.socket, address: tuple[str, int], server: WebServer) -> None:
        self._web = server
        super().__init__(connection, address, server)  # type: ignore[arg-type]  # it only stores the server

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: what was asked is in `WebServer.requests`."""

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        host = self.headers.get("Host", "").partition(":")[0].lower()
        request = WebRequest(
            self.command, host, url.path, dict(parse_qsl(url.query, keep_blank_values=True)), self.headers, self._form()
        )
        self._send(self._web.reply_to(request))

    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_TRACE = do_CONNECT = do_GET

    def _form(self) -> dict[str, str]:
        length = self.headers.get("Content-Length", "") if self.command == "POST" else ""
        body = self.rfile.read(min(int(length), _LONGEST_FORM)) if length.isdecimal() else b""
        return dict(parse_qsl(body.decode("latin-1"), keep_blank_values=True))

    def _send(self, reply: WebReply) -> None:
        head = f"HTTP/1.1 {reply.status:d} {http.client.responses.get(reply.status, '')}\r\n"
        for name, value in (*reply.headers, ("Content-Length", str(len(reply.body)))):
            head += f"{name}: {value}\r\n"
            if (name.lower(), value.lower()) == ("connection", "close"):
                self.close_connection = True
        head_bytes = f"{head}\r\n".encode("latin-1")
        body = b"" if self.command == "HEAD" else reply.body
        match reply.behaviour:
            case WebBehaviour.ANSWER:
                self.connection.sendall(head_bytes + body)
            case WebBehaviour.SILENT:
                self._web.keep_silent(self.connection)
            case WebBehaviour.DRIP:
                self._web.drip(self.connection, head_bytes + body)
            case WebBehaviour.DRIP_BODY:
                self.connection.sendall(head_bytes)
                self._web.drip(self.connection, body)
            case WebBehaviour.RESET:
                self.close_connection = True
                self._web.reset(self.connection)
