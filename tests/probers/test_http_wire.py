"""The wire of HTTPS against the lab's web server."""

import gzip
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from checker import __version__
from checker.lab.certificates import Authority
from checker.lab.listener import Listener, refused_port
from checker.lab.web_server import WebBehaviour, WebReply, WebRequest, WebServer
from checker.model.answers import HttpAnswer
from checker.model.facts import NoAnswer
from checker.model.probes import HttpProbe, Vantage
from checker.probers.connections import NetworkSettings, Timeouts
from checker.probers.http_wire import HttpWire
from checker.probers.network import Network
from checker.probers.wire import Reply
from tests.probers.asking import ask, outcome
from tests.probers.connect_proxy import ConnectProxy

NAME = "lyncdiscover.contoso.com"
URL = f"https://{NAME}/"
Routes = Callable[[WebRequest], WebReply]


@dataclass(frozen=True)
class Trust:
    authority: Authority
    bundle: Path


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    authority = Authority("Contoso Root")
    bundle = tmp_path_factory.mktemp("trust") / "root.pem"
    bundle.write_bytes(authority.pem)
    return Trust(authority, bundle)


@contextmanager
def http_wire(
    trust: Trust, address: tuple[str, int], proxy: tuple[str, int] | None = None, limit_s: float = 1.0
) -> Iterator[HttpWire]:
    """A wire for which the ports 443 and 80 of the name are at ``address``."""
    spelt = "{}:{}".format(*address)
    connect_to = {f"{NAME}:443": spelt, f"{NAME}:80": spelt, "*": "refuse"}
    if proxy:
        connect_to["proxy.contoso.com:8080"] = "{}:{}".format(*proxy)
    settings = NetworkSettings(
        ca_bundle=trust.bundle,
        connect_to=connect_to,
        proxy="http://proxy.contoso.com:8080" if proxy else None,
        timeouts=Timeouts(connect=limit_s / 2, http=limit_s),
    )
    with closing(HttpWire(Network(settings))) as wire:
        yield wire


def reply_from(trust: Trust, server: Listener, url: str = URL) -> Reply:
    with server, http_wire(trust, server.address) as wire:
        return ask(wire, HttpProbe(vantage=Vantage.HERE, url=url))


def answer_from(trust: Trust, routes: Routes, url: str = URL) -> HttpAnswer:
    answer = reply_from(trust, WebServer(routes, trust.authority.issue(NAME).context()), url).answer
    assert isinstance(answer, HttpAnswer), answer
    return answer


def always(reply: WebReply) -> Routes:
    return lambda request: reply


def redirect_to(location: str) -> WebReply:
    return WebReply(302, (("Location", location),), b"moved")


def test_status_headers_and_body_are_kept(trust: Trust) -> None:
    requests: list[WebRequest] = []

    def routes(request: WebRequest) -> WebReply:
        requests.append(request)
        return WebReply(
            200, (("Content-Type", "application/json; charset=utf-8"), ("X-MS-Server", "fe01")), b'{"a": "\xc3\xbc"}'
        )

    answer = answer_from(trust, routes, f"https://{NAME}/autodiscover?sipuri=x@contoso.com")
    assert (answer.status, answer.url, answer.redirects) == (
        200,
        f"https://{NAME}/autodiscover?sipuri=x@contoso.com",
        (),
    )
    assert answer.headers["x-ms-server"] == "fe01"
    assert (answer.body, answer.body_cut, answer.tls_error) == ('{"a": "ü"}', False, "")
    (request,) = requests
    assert (request.host, request.query) == (NAME, {"sipuri": "x@contoso.com"})
    assert request.headers["User-Agent"] == f"csready/{__version__}"
    assert request.headers["Accept"] == "application/json"
    assert request.headers["Authorization"] is None


@pytest.mark.parametrize("status", [404, 403, 429, 500, 503])
def test_a_status_we_dislike_is_an_answer(trust: Trust, status: int) -> None:
    assert answer_from(trust, always(WebReply(status))).status == status


def test_redirects_are_followed_and_kept(trust: Trust) -> None:
    pages = {
        "/": redirect_to("/second"),
        "/second": redirect_to(f"https://{NAME}/third#x"),
        "/third": WebReply(200, (), b"end"),
    }
    answer = answer_from(trust, lambda request: pages[request.path])
    assert (answer.status, answer.body) == (200, "end")
    assert (answer.redirects, answer.url) == ((URL, f"{URL}second"), f"{URL}third")


def test_a_circle_of_redirects_ends_with_the_redirect_itself(trust: Trust) -> None:
    answer = answer_from(trust, always(redirect_to("/")))
    assert (answer.status, len(answer.redirects)) == (302, 5)


@pytest.mark.parametrize("location", ["ftp://files.contoso.com/", "file:///etc/passwd", "http://[::bad", ""])
def test_a_redirect_out_of_the_web_is_kept_and_not_followed(trust: Trust, location: str) -> None:
    answer = answer_from(trust, always(redirect_to(location)), f"https://{NAME}/x")
    assert answer.status == 302


def test_the_body_of_a_redirect_is_not_waited_for(trust: Trust) -> None:
    def routes(request: WebRequest) -> WebReply:
        if request.path == "/end":
            return WebReply(200)
        return WebReply(302, (("Location", "/end"),), b"slow", WebBehaviour.DRIP_BODY)

    assert answer_from(trust, routes).status == 200


def test_a_redirect_to_an_unreachable_place_is_no_answer_and_says_where_from(trust: Trust) -> None:
    server = WebServer(always(redirect_to("https://elsewhere.contoso.com/")), trust.authority.issue(NAME).context())
    answer = reply_from(trust, server).answer
    assert isinstance(answer, NoAnswer)
    assert outcome(answer) == "unreachable redirect-target"
    assert URL in answer.detail


def test_the_body_is_bounded_also_when_it_is_packed(trust: Trust) -> None:
    long = b"x" * 1_000_000
    plain = answer_from(trust, always(WebReply(200, (), long)))
    packed = answer_from(trust, always(WebReply(200, (("Content-Encoding", "gzip"),), gzip.compress(long))))
    assert (len(plain.body), plain.body_cut) == (len(packed.body), packed.body_cut) == (65536, True)


def test_a_body_that_breaks_off_or_is_packed_wrongly_is_cut(trust: Trust) -> None:
    broken = answer_from(trust, always(WebReply(200, (("Content-Encoding", "gzip"),), b"no gzip")))
    assert (broken.status, broken.body, broken.body_cut) == (200, "", True)

    class BreakingOff(Listener):
        def converse(self, connection: socket.socket) -> None:
            connection.recv(4096)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123")

    short = reply_from(trust, BreakingOff(), f"http://{NAME}/").answer
    assert isinstance(short, HttpAnswer)
    assert (short.status, short.body_cut) == (200, True)


@pytest.mark.parametrize(
    ("content_type", "body", "text"),
    [
        ("text/plain; charset=iso-8859-1", b"\xfc", "ü"),
        ("text/plain; charset=nonsense", b"a\xff", "a\N{REPLACEMENT CHARACTER}"),
        ("application/json", b"\xef\xbb\xbf{}", "{}"),
    ],
)
def test_text_is_read_by_its_charset(trust: Trust, content_type: str, body: bytes, text: str) -> None:
    assert answer_from(trust, always(WebReply(200, (("Content-Type", content_type),), body))).body == text


def test_a_refused_certificate_is_an_answer_that_names_the_reason(trust: Trust) -> None:
    errors = [
        reply_from(trust, WebServer(always(WebReply()), certificate.context())).answer
        for certificate in (
            Authority("Inspecting Firewall").issue(NAME),
            trust.authority.issue(NAME, expired=True),
            trust.authority.issue("other.contoso.com"),
        )
    ]
    assert [error.tls_error.partition(":")[0] for error in errors if isinstance(error, HttpAnswer)] == [
        "untrusted",
        "expired",
        "wrong-name",
    ]
    assert {error.status for error in errors if isinstance(error, HttpAnswer)} == {0}


def test_plain_http_where_tls_is_expected_is_named_so(trust: Trust) -> None:
    class Plain(Listener):
        def converse(self, connection: socket.socket) -> None:
            connection.recv(4096)
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")

    answer = reply_from(trust, Plain()).answer
    assert isinstance(answer, HttpAnswer)
    assert answer.tls_error.startswith("plain-tcp")


def test_http_without_tls_is_asked_too(trust: Trust) -> None:
    answer = reply_from(trust, WebServer(always(WebReply(200, (), b"plain"))), f"http://{NAME}/").answer
    assert isinstance(answer, HttpAnswer)
    assert answer.body == "plain"


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        (WebBehaviour.SILENT, "timed-out read-timeout"),
        (WebBehaviour.DRIP, "timed-out read-timeout"),
        (WebBehaviour.DRIP_BODY, "timed-out read-timeout"),
        (WebBehaviour.RESET, "unreachable connection-reset"),
    ],
)
def test_a_server_that_does_not_finish_is_no_answer_in_time(
    trust: Trust, behaviour: WebBehaviour, expected: str
) -> None:
    page = WebReply(200, (), b"never to be read whole", behaviour)
    server = WebServer(always(page), trust.authority.issue(NAME).context())
    assert outcome(reply_from(trust, server).answer) == expected


def test_what_is_not_http_is_malformed(trust: Trust) -> None:
    class Chatter(Listener):
        def converse(self, connection: socket.socket) -> None:
            connection.recv(4096)
            connection.sendall(b"220 mail.contoso.com ESMTP\r\n\r\n")

    assert outcome(reply_from(trust, Chatter(), f"http://{NAME}/").answer) == "malformed not-http"


@pytest.mark.parametrize("url", ["https://", "ftp://x/", "lyncdiscover", "https://[::x/", "https://a..b:nine/"])
def test_what_is_no_url_is_malformed(trust: Trust, url: str) -> None:
    with http_wire(trust, ("127.0.0.1", 1)) as wire:
        assert outcome(ask(wire, HttpProbe(vantage=Vantage.HERE, url=url)).answer) == "malformed bad-url"


def test_refused_unknown_and_unmapped_names_are_told_apart(trust: Trust) -> None:
    probe = HttpProbe(vantage=Vantage.HERE, url=URL)
    with refused_port() as address, http_wire(trust, address) as wire:
        assert outcome(ask(wire, probe).answer) == "unreachable connection-refused"
        unmapped = HttpProbe(vantage=Vantage.HERE, url="https://localhost/")
        assert outcome(ask(wire, unmapped).answer) == "unreachable not-mapped"
    with http_wire(trust, ("no..name", 1)) as wire:
        assert outcome(ask(wire, probe).answer) == "unreachable name-not-found"


def test_a_proxy_is_used_and_its_own_address_goes_through_the_map(trust: Trust) -> None:
    with (
        WebServer(always(WebReply(200, (), b"behind")), trust.authority.issue(NAME).context()) as server,
        ConnectProxy(server.address) as proxy,
        http_wire(trust, ("127.0.0.1", 1), proxy.address) as wire,
    ):
        answer = ask(wire, HttpProbe(vantage=Vantage.HERE, url=URL)).answer
    assert isinstance(answer, HttpAnswer)
    assert answer.body == "behind"
    assert [line.rpartition(" ")[0] for line in proxy.asked] == [f"CONNECT {NAME}:443"]


@pytest.mark.parametrize("url", [URL, f"http://{NAME}/"])
@pytest.mark.parametrize(
    ("status", "expected"),
    [("407 Proxy Authentication Required", "refused proxy-authentication"), ("502 Bad Gateway", "")],
)
def test_a_proxy_that_declines_is_not_taken_for_the_server(trust: Trust, url: str, status: str, expected: str) -> None:
    with ConnectProxy(("127.0.0.1", 1), status) as proxy, http_wire(trust, ("127.0.0.1", 1), proxy.address) as wire:
        answer = ask(wire, HttpProbe(vantage=Vantage.HERE, url=url)).answer
    # Without a tunnel nothing tells the proxy's own 502 from one that it passes on.
    otherwise = "unreachable proxy-declined" if url == URL else "HttpAnswer"
    assert outcome(answer) == (expected or otherwise)


def test_a_proxy_that_is_not_there_is_no_answer(trust: Trust) -> None:
    with refused_port() as address, http_wire(trust, ("127.0.0.1", 1), address) as wire:
        answer = ask(wire, HttpProbe(vantage=Vantage.HERE, url=URL)).answer
    assert outcome(answer) == "unreachable proxy-unreachable"
