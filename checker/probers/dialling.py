"""The seam through which requests, and pypsrp on top of it, open their connections by way of the network object.

urllib3 opens connections in ``HTTPConnection._new_conn``. Replacing that, and nothing above it, leaves the URL, the
Host header, the name sent in TLS and the name the certificate is checked for as they are.
"""

import socket
import ssl
from collections.abc import Callable
from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from checker.probers.lifeline import Lifeline, Stage

Dial = Callable[[str, int, Lifeline], socket.socket]


class DiallingAdapter(HTTPAdapter):
    """Dials with ``dial`` and verifies every certificate with ``context``, whatever the session's ``verify`` says."""

    def __init__(self, dial: Dial, context: ssl.SSLContext, lifeline: Lifeline) -> None:
        self._pools = _pools(dial, lifeline)
        self._context = context
        super().__init__()

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any) -> None:
        super().init_poolmanager(connections, maxsize, block, ssl_context=self._context, **pool_kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: Any) -> Any:
        contexts = {"ssl_context": self._context, "proxy_ssl_context": self._context}
        manager = super().proxy_manager_for(proxy, **contexts, **proxy_kwargs)
        manager.pool_classes_by_scheme = self._pools
        return manager

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Nothing: requests would add the roots it brings along to those of the context."""

    def send(
        self,
        request: PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Any = None,
    ) -> Response:
        # Anything but True would reach the context, which is shared, and switch verification off for all.
        return super().send(request, stream, timeout, True, cert, proxies)


def _pools(dial: Dial, lifeline: Lifeline) -> dict[str, type[HTTPConnectionPool]]:
    def new_connection(self: HTTPConnection) -> socket.socket:
        try:
            connected = dial(self.host, self.port or self.default_port, lifeline)
        except socket.gaierror as exc:
            raise NameResolutionError(self.host, self, exc) from exc
        except TimeoutError as exc:
            raise ConnectTimeoutError(self, f"connecting to {self.host} took too long") from exc
        except OSError as exc:
            raise NewConnectionError(self, f"no connection to {self.host}: {exc}") from exc
        lifeline.stage = Stage.HANDSHAKE
        return connected

    class Plain(HTTPConnection):
        _new_conn = new_connection

        def connect(self) -> None:
            super().connect()
            lifeline.stage = Stage.READ

    class Secure(HTTPSConnection):
        _new_conn = new_connection

        def connect(self) -> None:
            super().connect()
            lifeline.stage = Stage.READ

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}
