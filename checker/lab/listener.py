"""A TCP port on loopback that serves each connection in a thread of its own, and the ways a port can fail."""

import socket
import ssl
import struct
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Self

LOOPBACK = "127.0.0.1"
DRIP_INTERVAL_S = 1.0  # slow enough that no deadline of a probe is met, fast enough that no time-out per read fires
_LAST_WORDS_S = 1.0
_FULL_AFTER_S = 0.1
_RESET_ON_CLOSE = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)  # struct linger: on, zero seconds


@contextmanager
def refused_port() -> Iterator[tuple[str, int]]:
    """An address where connecting is refused: the port is bound, so nobody else gets it, but does not listen."""
    with socket.socket() as bound:
        bound.bind((LOOPBACK, 0))
        yield bound.getsockname()


class Listener(ABC):
    """A server between `start` and `stop`, or within `with`; a subclass says in `converse` how it talks.

    `address` is there once it has started. `tls` is used by the subclass when it calls `secure`. A `filtered` port
    behaves as behind a firewall that drops: connecting takes until the client's time is up. That is a queue of
    connections nobody accepts, filled beforehand; Linux and macOS then ignore further ones (Windows refuses them).
    """

    address: tuple[str, int]

    def __init__(self, tls: ssl.SSLContext | None = None, *, filtered: bool = False) -> None:
        self.stopping = threading.Event()
        self._tls = tls
        self._filtered = filtered
        self._fillers: list[socket.socket] = []
        self._lock = threading.Lock()
        self._conversations: dict[threading.Thread, socket.socket] = {}

    @abstractmethod
    def converse(self, connection: socket.socket) -> None:
        """Talk to one client until done; waits end when `stopping` is set. OSError ends the conversation quietly."""

    def start(self, port: socket.socket | None = None) -> Self:
        """``port``: one that listens already; it is closed with the server."""
        self._port = port or socket.create_server((LOOPBACK, 0), backlog=0 if self._filtered else 512)
        self.address = self._port.getsockname()
        self._acceptor = threading.Thread(
            target=self._accept, name=f"{type(self).__name__} {self.address}", daemon=True
        )
        if self._filtered:
            self._fill_queue()
        else:
            self._acceptor.start()
        return self

    def stop(self) -> None:
        """Ends every conversation, also those that are silent or dripping, and waits for their threads."""
        self.stopping.set()
        if self._acceptor.is_alive():
            with suppress(OSError), socket.create_connection(self.address):  # closing a socket does not wake accept()
                self._acceptor.join()
        with self._lock:
            conversations = dict(self._conversations)
            for connection in conversations.values():
                with suppress(OSError):
                    _shut_down(connection, socket.SHUT_RDWR)
        for thread in conversations:
            thread.join()
        for filler in self._fillers:
            filler.close()
        self._port.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def secure(self, connection: socket.socket) -> ssl.SSLSocket:
        """The connection after the TLS handshake, made here, in the client's own thread: a slow one delays nobody.

        Raises OSError (`ssl.SSLError` among them) when the handshake fails.
        """
        if self._tls is None:
            raise ValueError("this server was given no TLS context")
        with self._lock:
            secured = self._tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
            self._conversations[threading.current_thread()] = secured
        secured.do_handshake()
        return secured

    def keep_silent(self, connection: socket.socket) -> None:
        """Read whatever comes and say nothing, until the client leaves or the server stops."""
        while connection.recv(4096):
            pass

    def drip(self, connection: socket.socket, message: bytes) -> None:
        """Send one byte per `DRIP_INTERVAL_S`."""
        for byte in message:
            connection.sendall(bytes([byte]))
            if self.stopping.wait(DRIP_INTERVAL_S):
                return

    def reset(self, connection: socket.socket) -> None:
        """Make the end of this connection an RST."""
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        connection.close()

    def _accept(self) -> None:
        while True:
            connection, _ = self._port.accept()
            if self.stopping.is_set():
                connection.close()
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
            thread = threading.Thread(target=self._serve, args=(connection,), name=self._acceptor.name, daemon=True)
            with self._lock:
                self._conversations[thread] = connection
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        me = threading.current_thread()
        try:
            with suppress(OSError):  # the client left, or the handshake failed: what some scenarios are about
                self.converse(connection)
            with suppress(OSError):
                _hear_out(self._conversations[me])
        finally:
            with self._lock:
                self._conversations.pop(me).close()

    def _fill_queue(self) -> None:
        with suppress(TimeoutError, ConnectionRefusedError):
            while True:
                filler = socket.socket()
                self._fillers.append(filler)
                filler.settimeout(_FULL_AFTER_S)
                filler.connect(self.address)


def _shut_down(connection: socket.socket, how: int) -> None:
    # Not SSLSocket.shutdown: that takes the TLS state away from the thread that is reading.
    socket.socket.shutdown(connection, how)


def _hear_out(connection: socket.socket) -> None:
    """Read the rest. Closing with bytes unread sends RST, which can overtake an alert or the end of an answer."""
    _shut_down(connection, socket.SHUT_WR)
    connection.settimeout(_LAST_WORDS_S)
    while socket.socket.recv(connection, 4096):
        pass
