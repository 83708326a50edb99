"""A deployment in which every server is there and none ever completes an answer: for proving that every wait ends."""

import socket
import tempfile
import threading
from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack
from enum import Enum
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Self

import tomli_w

from checker.lab.certificates import Authority
from checker.lab.dns_server import bind_both
from checker.lab.listener import Listener
from checker.lab.naming import ADMIN_HOST, CONFIG_API, DOMAINS, EDGE, FRONT_ENDS, GRAPH, LOGIN, SIPFED, WEBDIR
from checker.lab.running import SECRETS
from checker.lab.sip_server import SipBehaviour, SipServer

_HTTP_HOSTS = (WEBDIR, LOGIN, GRAPH, CONFIG_API, *(f"lyncdiscover.{domain}" for domain in DOMAINS))
_TRUNCATED = b"\x87\x00"  # RFC 1035 4.1.1: a response, authoritative, cut off: ask again over TCP
_RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n" + b" " * 1000


class Stall(Enum):
    SILENT = "silent"
    """Connections are accepted and never a byte is said; DNS questions are not answered."""
    DRIPPING_TLS = "dripping-tls"
    """The TLS handshake comes at one byte a second; DNS sends to TCP, and drips there."""
    DRIPPING_HTTP = "dripping-http"
    """TLS is made as it should be; then the HTTP response comes at one byte a second, its head too."""


class StalledLab(AbstractContextManager["StalledLab"]):
    """Between ``with`` and its end; ``config`` is then a ``csready.toml``, ``environment`` its secrets."""

    config: Path

    def __init__(self, stall: Stall, *, environment: Mapping[str, str] = MappingProxyType({})) -> None:
        """``environment``: secrets of the caller's own, for what is otherwise made up."""
        self._stall = stall
        self._stack = ExitStack()
        self.environment = {name: environment.get(name, "made-up") for name in SECRETS}

    def __enter__(self) -> Self:
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="csready-lab-")))
        authority = Authority("csready lab root")
        hosts = (*_HTTP_HOSTS, *FRONT_ENDS, EDGE, ADMIN_HOST, SIPFED)
        (folder / "root.pem").write_bytes(authority.pem)
        server = self._stack.enter_context(self._server(authority, hosts))
        dns = self._stack.enter_context(_StalledDns(drips=self._stall is not Stall.SILENT))
        led = f"{server.address[0]}:{server.address[1]}"
        ports = {SIPFED: 5061, EDGE: 5986, ADMIN_HOST: 5986}
        sections: dict[str, Any] = {
            "deployment": {"name": "stalled", "sip_domains": list(DOMAINS), "forests": 1},
            "onprem": {"url": f"https://{FRONT_ENDS[0]}/OcsPowershell", "username": r"CONTOSO\svc"},
            "edge": [{"host": EDGE, "url": f"https://{EDGE}:5986/wsman", "username": r"EDGE01\svc"}],
            "workstation": {"this_machine": True, "url": f"https://{ADMIN_HOST}:5986/wsman", "username": "svc"},
            "tenant": {"id": "contoso.onmicrosoft.com"},
            "dns": {"external": [dns.address], "internal": [dns.address]},
            "network": {
                "ca_bundle": "root.pem",
                "connect_to": {**{f"{host}:{ports.get(host, 443)}": led for host in hosts}, "*": "refuse"},
            },
        }
        self.config = folder / "csready.toml"
        self.config.write_text(tomli_w.dumps(sections), encoding="utf-8")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def _server(self, authority: Authority, hosts: tuple[str, ...]) -> Listener:
        match self._stall:
            case Stall.SILENT:
                return SipServer(behaviour=SipBehaviour.SILENT)
            case Stall.DRIPPING_TLS:
                return SipServer(behaviour=SipBehaviour.DRIP)
            case Stall.DRIPPING_HTTP:
                return _DrippingHttp(authority.issue(*hosts).context())


class _DrippingHttp(Listener):
    def converse(self, connection: socket.socket) -> None:
        secured = self.secure(connection)
        secured.recv(4096)
        self.drip(secured, _RESPONSE)


class _DrippingTcp(Listener):
    """RFC 1035 4.2.2: two bytes of length, and then what never amounts to it."""

    def converse(self, connection: socket.socket) -> None:
        connection.recv(4096)
        self.drip(connection, b"\x40\x00" + bytes(1000))


class _StalledDns(AbstractContextManager["_StalledDns"]):
    """Takes questions and answers none, or sends each to TCP, where the answer drips."""

    address: str

    def __init__(self, *, drips: bool) -> None:
        self._drips = drips

    def __enter__(self) -> Self:
        self._udp, port = bind_both()
        self._tcp = _DrippingTcp().start(port)
        host, number = self._tcp.address
        self.address = f"{host}:{number}"
        self._thread = threading.Thread(target=self._serve, name=f"stalled DNS {self.address}", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._tcp.stop()
        with socket.socket(type=socket.SOCK_DGRAM) as last:
            last.sendto(b"", self._udp.getsockname())  # closing a socket does not wake recvfrom()
        self._thread.join()
        self._udp.close()

    def _serve(self) -> None:
        while (received := self._udp.recvfrom(4096))[0]:
            question, sender = received
            if self._drips:
                self._udp.sendto(question[:2] + _TRUNCATED + question[4:], sender)
