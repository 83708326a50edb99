"""The lab's web server, asked by clients of the standard library."""

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from time import monotonic

import pytest

from checker.lab.certificates import Authority
from checker.lab.web_server import WebBehaviour, WebReply, WebRequest, WebServer


def greet(request: WebRequest) -> WebReply:
    if request.path != "/hello":
        return WebReply(404)
    text = f"{request.method} {request.host} {request.query} {request.headers['authorization']}"
    return WebReply(200, (("WWW-Authenticate", "NTLM"), ("WWW-Authenticate", "Negotiate")), text.encode("ascii"))


@contextmanager
def connected(server: WebServer, timeout: float = 2.0) -> Iterator[http.client.HTTPConnection]:
    with closing(http.client.HTTPConnection(*server.address, timeout=timeout)) as connection:
        yield connection


def failing(behaviour: WebBehaviour) -> WebServer:
    return WebServer(lambda request: WebReply(200, body=b"abc", behaviour=behaviour))


def test_a_reply_is_made_from_the_request() -> None:
    with WebServer(greet) as server, connected(server) as connection:
        headers = {"Host": "LyncDiscover.contoso.com:443", "Authorization": "Bearer x"}
        connection.request("GET", "/hello?a=1%202&b=&a=3", headers=headers)
        reply = connection.getresponse()
        assert reply.status == 200
        assert reply.headers.get_all("WWW-Authenticate") == ["NTLM", "Negotiate"]
        assert reply.read() == b"GET lyncdiscover.contoso.com {'a': '3', 'b': ''} Bearer x"
    assert server.requests == [("GET", "/hello")]


def test_head_is_answered_without_body() -> None:
    with WebServer(greet) as server, connected(server) as connection:
        connection.request("HEAD", "/hello")
        reply = connection.getresponse()
        assert int(reply.headers["Content-Length"]) > 0
        assert reply.read() == b""


def test_a_connection_is_kept_without_delaying_what_follows() -> None:
    with WebServer(greet) as server, connected(server) as connection:
        began = monotonic()
        for _ in range(20):
            connection.request("GET", "/elsewhere")
            with connection.getresponse() as reply:
                assert reply.status == 404
        assert monotonic() - began < 0.5  # with head and body apart it would be 0.8


def test_a_form_is_taken_by_the_hosts_that_have_forms() -> None:
    def echo(request: WebRequest) -> WebReply:
        return WebReply(body=f"{request.method} {request.form}".encode())

    with WebServer(echo, forms=("login.contoso.com",)) as server, connected(server) as connection:
        for host, status in (("login.contoso.com", 200), ("graph.contoso.com", 405)):
            connection.request("POST", "/token", body="a=1%202&b=", headers={"Host": host})
            reply = connection.getresponse()
            body = reply.read()
            assert reply.status == status
            assert body == (b"POST {'a': '1 2', 'b': ''}" if status == 200 else b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_what_would_change_something_is_refused_and_recorded(method: str) -> None:
    with WebServer(greet) as server, connected(server) as connection:
        connection.request(method, "/hello", body=b"x" * 100_000)
        reply = connection.getresponse()
        assert (reply.status, reply.headers["Allow"]) == (405, "GET, HEAD")
        reply.read()
    assert server.requests == [(method, "/hello")]


def test_a_reply_takes_the_delay() -> None:
    with WebServer(greet, delay_s=0.2) as server, connected(server) as connection:
        began = monotonic()
        connection.request("GET", "/hello")
        connection.getresponse().read()
        assert monotonic() - began >= 0.2


def test_a_server_with_a_context_speaks_tls() -> None:
    authority = Authority("Lab CA")
    context = ssl.create_default_context(cadata=authority.pem.decode("ascii"))
    with (
        WebServer(greet, authority.issue("127.0.0.1").context()) as server,
        closing(http.client.HTTPSConnection(*server.address, timeout=2, context=context)) as connection,
    ):
        connection.request("GET", "/hello")
        assert connection.getresponse().read().startswith(b"GET 127.0.0.1 ")


def test_silence_is_not_a_byte() -> None:
    with failing(WebBehaviour.SILENT) as server, connected(server, timeout=0.3) as connection:
        connection.request("GET", "/")
        with pytest.raises(TimeoutError):
            connection.getresponse()
    assert server.requests == [("GET", "/")]


def test_a_reset_comes_after_the_request() -> None:
    with failing(WebBehaviour.RESET) as server, connected(server) as connection:
        connection.request("GET", "/")
        with pytest.raises(ConnectionResetError):
            connection.getresponse()


def test_headers_drip_one_byte_a_second() -> None:
    with (
        failing(WebBehaviour.DRIP) as server,
        socket.create_connection(server.address, timeout=1.5) as connection,
    ):
        connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert [connection.recv(4096), connection.recv(4096)] == [b"H", b"T"]


def test_a_body_drips_one_byte_a_second_after_whole_headers() -> None:
    with failing(WebBehaviour.DRIP_BODY) as server, connected(server, timeout=1.5) as connection:
        connection.request("GET", "/")
        reply = connection.getresponse()
        assert (reply.status, reply.headers["Content-Length"]) == (200, "3")
        assert [reply.read1(10), reply.read1(10)] == [b"a", b"b"]


@pytest.mark.parametrize("behaviour", [WebBehaviour.SILENT, WebBehaviour.DRIP, WebBehaviour.DRIP_BODY])
def test_stopping_does_not_wait_for_a_reply(behaviour: WebBehaviour) -> None:
    server = failing(behaviour).start()
    with socket.create_connection(server.address, timeout=2) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
        while not server.requests:
            pass
        began = monotonic()
        server.stop()
        assert monotonic() - began < 0.5


def test_nothing_is_written_to_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with WebServer(greet) as server, connected(server) as connection:
        connection.request("GET", "/hello")
        connection.getresponse().read()
        with socket.create_connection(server.address, timeout=2) as other:
            other.sendall(b"no HTTP at all\r\n\r\n")
            while other.recv(4096):
                pass
    assert capfd.readouterr() == ("", "")
