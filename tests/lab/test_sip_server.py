"""The lab's SIP server, met by a client of the standard library."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest

from checker.lab.certificates import Authority, ClientCertificate
from checker.lab.listener import refused_port
from checker.lab.sip_server import SipBehaviour, SipServer

AUTHORITY = Authority("Lab CA")
CERTIFICATE = AUTHORITY.issue("sip.contoso.com")
OPTIONS = (
    b"OPTIONS sip:sip.contoso.com SIP/2.0\r\nVia: SIP/2.0/TLS a;branch=z9hG4bK1\r\nVia: SIP/2.0/TLS b\r\n"
    b"Max-Forwards: 70\r\nFrom: <sip:me@contoso.com>;tag=1\r\nTo: <sip:sip.contoso.com>\r\nCall-ID: 7\r\n"
    b"CSeq: 1 OPTIONS\r\nContent-Length: 2\r\n\r\n{}"
)


@contextmanager
def connected(server: SipServer, client_certificate: Path | None = None) -> Iterator[ssl.SSLSocket]:
    context = ssl.create_default_context(cadata=AUTHORITY.pem.decode("ascii"))
    if client_certificate:
        context.load_cert_chain(client_certificate)
    with (
        socket.create_connection(server.address, timeout=2) as plain,
        context.wrap_socket(plain, server_hostname="sip.contoso.com") as connection,
    ):
        yield connection


def ask(connection: ssl.SSLSocket, request: bytes = OPTIONS) -> list[str]:
    connection.sendall(request)
    received = b""
    while not received.endswith(b"\r\n\r\n"):
        received += connection.recv(4096)
    return received.decode("ascii").split("\r\n")


def test_options_is_answered_with_what_was_sent() -> None:
    with SipServer(CERTIFICATE.context()) as server, connected(server) as connection:
        status, *headers = ask(connection)
    assert status == "SIP/2.0 200 OK"
    assert [line for line in headers if line.startswith("Via")] == [
        "Via: SIP/2.0/TLS a;branch=z9hG4bK1",
        "Via: SIP/2.0/TLS b",
    ]
    assert {"From: <sip:me@contoso.com>;tag=1", "Call-ID: 7", "CSeq: 1 OPTIONS", "Content-Length: 0"} <= {*headers}
    assert "To: <sip:sip.contoso.com>;tag=lab" in headers
    assert not any(line.startswith("Max-Forwards") for line in headers)


def test_a_connection_is_kept_for_further_requests() -> None:
    with SipServer(CERTIFICATE.context()) as server, connected(server) as connection:
        assert ask(connection)[0] == "SIP/2.0 200 OK"
        assert ask(connection, b"\r\n\r\n" + OPTIONS)[0] == "SIP/2.0 200 OK"


def test_no_method_but_options_is_served() -> None:
    with SipServer(CERTIFICATE.context()) as server, connected(server) as connection:
        assert ask(connection, OPTIONS.replace(b"OPTIONS", b"MESSAGE"))[0] == "SIP/2.0 405 Method Not Allowed"


def test_an_answer_takes_the_delay() -> None:
    with SipServer(CERTIFICATE.context(), delay_s=0.2) as server, connected(server) as connection:
        began = monotonic()
        ask(connection)
        assert monotonic() - began >= 0.2


@pytest.mark.parametrize("wanted", [ClientCertificate.OPTIONAL, ClientCertificate.REQUIRED])
def test_a_client_with_certificate_is_answered(wanted: ClientCertificate, tmp_path: Path) -> None:
    (tmp_path / "client.pem").write_bytes(AUTHORITY.issue("edge.contoso.com").pem)
    with SipServer(CERTIFICATE.context(wanted)) as server, connected(server, tmp_path / "client.pem") as connection:
        assert ask(connection)[0] == "SIP/2.0 200 OK"


def test_tls_1_3_refuses_a_client_without_certificate_by_an_alert_after_the_handshake() -> None:
    with (
        SipServer(CERTIFICATE.context(ClientCertificate.REQUIRED)) as server,
        connected(server) as connection,
        pytest.raises(ssl.SSLError, match="TLSV13_ALERT_CERTIFICATE_REQUIRED"),
    ):
        ask(connection)


def test_tls_1_2_refuses_a_client_without_certificate_by_an_alert_in_the_handshake() -> None:
    tls = CERTIFICATE.context(ClientCertificate.REQUIRED, maximum=ssl.TLSVersion.TLSv1_2)
    with (
        SipServer(tls) as server,
        pytest.raises(ssl.SSLError, match="SSLV3_ALERT_HANDSHAKE_FAILURE"),
        connected(server),
    ):
        pass


def test_a_server_of_old_versions_refuses_by_an_alert() -> None:
    tls = CERTIFICATE.context(minimum=ssl.TLSVersion.TLSv1, maximum=ssl.TLSVersion.TLSv1_1)
    with SipServer(tls) as server, pytest.raises(ssl.SSLError, match="ALERT_PROTOCOL_VERSION"), connected(server):
        pass


def test_a_port_without_tls_is_seen_as_such() -> None:
    with (
        SipServer(behaviour=SipBehaviour.PLAIN_TCP) as server,
        pytest.raises(ssl.SSLError, match="WRONG_VERSION_NUMBER"),
        connected(server),
    ):
        pass


def test_a_reset_comes_at_the_client_hello() -> None:
    with (
        SipServer(behaviour=SipBehaviour.RESET) as server,
        socket.create_connection(server.address, timeout=2) as connection,
    ):
        connection.sendall(b"\x16")
        with pytest.raises(ConnectionResetError):
            connection.recv(1)


def test_silence_is_not_a_byte() -> None:
    with (
        SipServer(behaviour=SipBehaviour.SILENT) as server,
        socket.create_connection(server.address, timeout=0.3) as connection,
    ):
        connection.sendall(b"\x16\x03\x01")
        with pytest.raises(TimeoutError):
            connection.recv(1)


def test_a_drip_is_one_byte_a_second_of_a_record_that_does_not_end() -> None:
    with (
        SipServer(behaviour=SipBehaviour.DRIP) as server,
        socket.create_connection(server.address, timeout=1.5) as connection,
    ):
        assert [connection.recv(4096), connection.recv(4096)] == [b"\x16", b"\x03"]


@pytest.mark.parametrize("attempt", [1, 2])
def test_connecting_to_a_filtered_port_takes_until_time_is_up(attempt: int) -> None:
    with SipServer(behaviour=SipBehaviour.FILTERED) as server:
        for _ in range(attempt):
            with pytest.raises(TimeoutError):
                socket.create_connection(server.address, timeout=0.3)


def test_a_refused_port_refuses_at_once() -> None:
    with refused_port() as address, pytest.raises(ConnectionRefusedError):
        socket.create_connection(address, timeout=2)
