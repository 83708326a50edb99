"""A proxy that understands CONNECT, and answers it with the status it was given."""

import select
import socket

from checker.lab.listener import Listener


class ConnectProxy(Listener):
    """Leads every tunnel to ``target``; ``asked`` has the request lines. Anything but status 200 is a refusal."""

    def __init__(self, target: tuple[str, int], status: str = "200 OK") -> None:
        super().__init__()
        self.asked: list[str] = []
        self._target = target
        self._status = status

    def converse(self, connection: socket.socket) -> None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += connection.recv(1)
        self.asked.append(head.partition(b"\r\n")[0].decode())
        connection.sendall(f"HTTP/1.1 {self._status}\r\nContent-Length: 0\r\n\r\n".encode())
        if self._status.startswith("200"):
            with socket.create_connection(self._target) as far:
                self._relay(connection, far)

    def _relay(self, near: socket.socket, far: socket.socket) -> None:
        onward = {near: far, far: near}
        while not self.stopping.is_set():
            for ready in select.select([near, far], [], [], 0.05)[0]:
                if not (chunk := ready.recv(65536)):
                    return
                onward[ready].sendall(chunk)
