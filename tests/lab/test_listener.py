"""How the lab's TCP servers start and stop."""

import socket
import ssl
import threading
from contextlib import ExitStack
from time import monotonic

import pytest

from checker.lab.certificates import Authority
from checker.lab.listener import Listener
from checker.lab.sip_server import SipBehaviour, SipServer

AUTHORITY = Authority("Lab CA")
TLS = AUTHORITY.issue("sip.contoso.com").context()


class EchoServer(Listener):
    def converse(self, connection: socket.socket) -> None:
        while data := connection.recv(4096):
            connection.sendall(data)


@pytest.mark.parametrize("behaviour", [*SipBehaviour])
def test_stopping_does_not_wait_for_clients(behaviour: SipBehaviour) -> None:
    threads = threading.active_count()
    server = SipServer(TLS, behaviour).start()
    with ExitStack() as clients:
        for _ in range(3 if behaviour is not SipBehaviour.FILTERED else 0):
            client = clients.enter_context(socket.create_connection(server.address, timeout=2))
            client.sendall(b"\x16")  # the beginning of a ClientHello that never ends
        began = monotonic()
        server.stop()
        assert monotonic() - began < 0.5
    assert threading.active_count() == threads


def test_stopping_ends_a_conversation_under_tls() -> None:
    server = SipServer(TLS).start()
    context = ssl.create_default_context(cadata=AUTHORITY.pem.decode("ascii"))
    with (
        socket.create_connection(server.address, timeout=2) as plain,
        context.wrap_socket(plain, server_hostname="sip.contoso.com") as connection,
    ):
        connection.sendall(b"OPTIONS sip:sip.contoso.com SIP/2.0\r\n")
        server.stop()
        assert connection.recv(1) == b""


def test_stopping_twice_is_stopping() -> None:
    server = EchoServer().start()
    server.stop()
    server.stop()


def test_nothing_listens_after_a_stop() -> None:
    with EchoServer() as server:
        pass
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(server.address, timeout=2)


def test_a_client_in_the_middle_of_its_handshake_delays_nobody() -> None:
    context = ssl.create_default_context(cadata=AUTHORITY.pem.decode("ascii"))
    with (
        SipServer(TLS) as server,
        socket.create_connection(server.address, timeout=2) as slow,
        socket.create_connection(server.address, timeout=2) as plain,
    ):
        slow.sendall(b"\x16")
        with context.wrap_socket(plain, server_hostname="sip.contoso.com") as connection:
            assert connection.version() == "TLSv1.3"


def test_many_clients_are_served_side_by_side() -> None:
    with EchoServer() as server, ExitStack() as stack:
        clients = [stack.enter_context(socket.create_connection(server.address, timeout=2)) for _ in range(100)]
        for number, client in enumerate(clients):
            client.sendall(bytes([number]))
        assert [client.recv(1) for client in clients] == [bytes([number]) for number in range(100)]
