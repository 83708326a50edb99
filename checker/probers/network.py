"""What all wires share to get out: resolvers, trust store, proxy, time-outs and the connect-to map."""

import ipaddress
import socket
import ssl
import time

import requests

from checker import __version__
from checker.model.probes import Vantage
from checker.probers.connections import NetworkSettings, Timeouts
from checker.probers.dialling import DiallingAdapter
from checker.probers.lifeline import Lifeline, Stage
from checker.probers.no_answers import NotMapped


class Network:
    """Raises ValueError for an entry that is no ``host:port``, OSError (``ssl.SSLError`` too) for a CA bundle that
    cannot be read: at once, so that it is never mistaken for what a probe met.
    """

    def __init__(self, settings: NetworkSettings) -> None:
        self._settings = settings
        entries = dict(settings.connect_to)
        self._refuses_unmapped = entries.pop("*", "") == "refuse"
        self._connect_to = {_endpoint(key.lower()): _endpoint(value) for key, value in entries.items()}
        self._resolvers = {vantage: tuple(map(_resolver, texts)) for vantage, texts in settings.resolvers.items()}
        # Not shared with other wires: urllib3 makes the context offer HTTP in the handshake (ALPN).
        self._http_context = self.ssl_context(verify=True)

    @property
    def timeouts(self) -> Timeouts:
        return self._settings.timeouts

    def resolvers(self, vantage: Vantage) -> tuple[tuple[str, int], ...]:
        """Address and port of each, in the order in which they are asked; empty when nobody can be asked there."""
        return self._resolvers.get(vantage, ())

    def address(self, host: str, port: int) -> tuple[str, int]:
        """Where to connect to for ``host`` and ``port``. Raises NotMapped where the map refuses."""
        host = host.rstrip(".")
        mapped = self._connect_to.get((host.lower(), port))
        if mapped is None and self._refuses_unmapped:
            raise NotMapped(f"{host}:{port} is not in the connect-to map")
        return mapped or (host, port)

    def dial(self, host: str, port: int, lifeline: Lifeline) -> socket.socket:
        """A TCP connection, adopted by ``lifeline``, each call on it limited to the time that now remains.

        Raises OSError: NotMapped, ``socket.gaierror``, ConnectionRefusedError, TimeoutError and what else connecting
        brings; of several addresses, what the last one brought.
        """
        target, port = self.address(host, port)
        lifeline.stage = Stage.NAME_LOOKUP
        try:
            routes = socket.getaddrinfo(target, port, type=socket.SOCK_STREAM)
        except ValueError as exc:  # UnicodeError among them: an empty or overlong label, a null byte
            raise socket.gaierror(socket.EAI_NONAME, "not the name of a host") from exc
        lifeline.stage = Stage.CONNECT
        until = time.monotonic() + min(self.timeouts.connect, lifeline.remaining())
        for tries_left in range(len(routes), 0, -1):
            family, kind, protocol, _, address = routes[-tries_left]
            connection = socket.socket(family, kind, protocol)
            try:
                connection.settimeout(max((until - time.monotonic()) / tries_left, 0.001))
                connection.connect(address)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
                connection.settimeout(max(lifeline.remaining(), 0.001))  # 0 would mean: do not block
                lifeline.adopt(connection)
            except OSError:
                connection.close()
                if tries_left == 1:
                    raise
            else:
                return connection
        raise socket.gaierror(socket.EAI_NONAME, "the name has no address")

    def ssl_context(self, *, verify: bool) -> ssl.SSLContext:
        """A new client context. With ``verify``: the system's trust store and, beside it, the configured bundle; some
        20 ms to make, so keep it. Without: for looking at a bad certificate, never for sending a secret.
        """
        if not verify:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            return context
        context = ssl.create_default_context()
        # Python 3.13 begins to insist on extensions that many a company's own authority leaves out and Windows does
        # not ask for; a verdict must not depend on the Python that csready runs on.
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT
        if self._settings.ca_bundle:
            context.load_verify_locations(self._settings.ca_bundle)
        return context

    def adapter(self, lifeline: Lifeline) -> DiallingAdapter:
        """To mount into a session that somebody else makes; it always verifies certificates."""
        return DiallingAdapter(self.dial, self._http_context, lifeline)

    def session(self, lifeline: Lifeline) -> requests.Session:
        """A session of ``lifeline``, through the proxy where one is set; the environment has no say in it.

        It follows no redirect by itself: whoever wants to go there does so knowing what it sends along.
        """
        session = _StayingSession()
        session.trust_env = False
        session.headers["User-Agent"] = f"csready/{__version__}"
        if self._settings.proxy:
            session.proxies = {"http": self._settings.proxy, "https": self._settings.proxy}
        adapter = self.adapter(lifeline)
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        return session


class _StayingSession(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """None. ``allow_redirects=False`` is not enough: requests then still reads the whole body of a redirect."""
        return None


def _endpoint(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal():
        raise ValueError(f"{text!r} is not host:port")
    return host.removeprefix("[").removesuffix("]"), int(port)


def _resolver(text: str) -> tuple[str, int]:
    """Raises ValueError when the host is no IP address: a resolver's name would have to be looked up first."""
    host, port = _endpoint(text)
    return str(ipaddress.ip_address(host)), port
