"""A web site on loopback that records what it is sent, and can be told to answer otherwise, or not at all, once."""

import http.server
import json
import socket
import ssl
from abc import abstractmethod
from dataclasses import dataclass, field
from email.message import Message
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from checker.lab.listener import Listener


@dataclass(frozen=True)
class Asked:
    """`path` without query; of a parameter given twice `query` has the last value."""

    method: str
    path: str
    query: dict[str, str]
    headers: Message
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class Reply:
    """`body`: bytes as they are, anything else as JSON."""

    status: int
    body: Any = b""
    headers: tuple[tuple[str, str], ...] = ()


class LoopbackSite(Listener):
    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(tls)
        self.asked: list[Asked] = []
        self._instead: list[tuple[str, str, Reply]] = []
        self._lost: list[tuple[str, str]] = []
        self._secured = tls is not None

    @property
    def base(self) -> str:
        return f"{'https' if self._secured else 'http'}://{self.address[0]}:{self.address[1]}"

    @property
    def writes(self) -> list[str]:
        """Method and path of every request that is no GET."""
        return [f"{each.method} {each.path}" for each in self.asked if each.method != "GET"]

    def answer_once(self, method: str, ending: str, reply: Reply) -> None:
        """To the next such request, which is then not carried out."""
        self._instead.append((method, ending, reply))

    def lose_answer(self, method: str, ending: str) -> None:
        """Of the next such request, which is carried out."""
        self._lost.append((method, ending))

    @abstractmethod
    def reply_to(self, asked: Asked) -> Reply:
        """Carry the request out."""

    def converse(self, connection: socket.socket) -> None:
        _Conversation(self.secure(connection) if self._secured else connection, self.address, self)

    def taken(self, asked: Asked) -> Reply | None:
        """What is answered; `None` for a connection that closes without an answer."""
        self.asked.append(asked)
        for planned in self._instead:
            if planned[0] == asked.method and asked.path.endswith(planned[1]):
                self._instead.remove(planned)
                return planned[2]
        reply = self.reply_to(asked)
        for lost in self._lost:
            if lost[0] == asked.method and asked.path.endswith(lost[1]):
                self._lost.remove(lost)
                return None
        return reply


class _Conversation(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def __init__(self, connection: socket.socket, address: tuple[str, int], site: LoopbackSite) -> None:
        self._site = site
        super().__init__(connection, address, site)  # type: ignore[arg-type]  # it only stores the server

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: what was asked is in `LoopbackSite.asked`."""

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        reply = self._site.taken(Asked(self.command, url.path, query, self.headers, body))
        if reply is None:
            self.close_connection = True
            return
        is_json = not isinstance(reply.body, bytes)
        content = json.dumps(reply.body).encode() if is_json else reply.body
        self.send_response(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json" if is_json else "text/html")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_PUT = do_PATCH = do_GET
