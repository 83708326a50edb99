"""The wire of HTTPS against nginx, whose sites share one port and are told apart by the name the wire sends."""

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from checker.lab.certificates import Authority
from checker.model.answers import HttpAnswer
from checker.model.probes import HttpProbe, Vantage
from checker.probers.connections import NetworkSettings, Timeouts
from checker.probers.http_wire import HttpWire
from checker.probers.network import Network
from tests.peers.servers import Site, nginx
from tests.probers.asking import ask

LIMIT_S = 10.0
LINKS = '{"_links": {"self": {"href": "https://webdir.contoso.com/"}}}'
LONG = '{"x": "' + "x" * 100_000 + '"}'


@pytest.fixture(scope="module")
def wire(installed: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpWire]:
    root, stranger = Authority("Contoso Root"), Authority("Stranger Root")
    hello = {"/": f"return 200 '{LINKS}';"}
    sites = {
        "lyncdiscover.contoso.com": Site(
            root.issue("lyncdiscover.contoso.com"),
            {
                "= /": f"return 200 '{LINKS}';",
                "= /moved": "return 302 https://webdir.contoso.com/hello;",
                "= /relative": "absolute_redirect off; return 301 /moved;",
                "= /to-stranger": "return 302 https://untrusted.contoso.com/;",
                "= /forbidden": "return 403;",
                "= /private": "auth_basic Contoso; auth_basic_user_file /dev/null;",
                "/": "",
            },
        ),
        "webdir.contoso.com": Site(root.issue("webdir.contoso.com"), hello),
        "untrusted.contoso.com": Site(stranger.issue("untrusted.contoso.com"), hello),
        "expired.contoso.com": Site(root.issue("expired.contoso.com", expired=True), hello),
    }
    directory = tmp_path_factory.mktemp("nginx")
    (directory / "html").mkdir()
    (directory / "html" / "long.json").write_text(LONG, encoding="ascii")
    bundle = directory / "root.pem"
    bundle.write_bytes(root.pem)
    with nginx(installed("nginx"), directory, sites) as address:
        settings = NetworkSettings(
            ca_bundle=bundle,
            connect_to={**{f"{name}:443": address for name in (*sites, "unknown.contoso.com")}, "*": "refuse"},
            timeouts=Timeouts(connect=LIMIT_S / 2, http=LIMIT_S),
        )
        with closing(HttpWire(Network(settings))) as wire:
            yield wire


def got(wire: HttpWire, url: str) -> HttpAnswer:
    answer = ask(wire, HttpProbe(vantage=Vantage.HERE, url=url), LIMIT_S).answer
    assert isinstance(answer, HttpAnswer), answer
    return answer


def test_a_page_is_read_with_its_headers(wire: HttpWire) -> None:
    answer = got(wire, "https://lyncdiscover.contoso.com/")
    assert (answer.status, answer.body, answer.body_cut) == (200, LINKS, False)
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["server"].startswith("nginx")
    assert (answer.url, answer.redirects, answer.tls_error) == ("https://lyncdiscover.contoso.com/", (), "")


@pytest.mark.parametrize(
    ("path", "redirects"),
    [
        ("/moved", ("https://lyncdiscover.contoso.com/moved",)),
        ("/relative", ("https://lyncdiscover.contoso.com/relative", "https://lyncdiscover.contoso.com/moved")),
    ],
)
def test_redirects_are_followed_and_kept(wire: HttpWire, path: str, redirects: tuple[str, ...]) -> None:
    answer = got(wire, f"https://lyncdiscover.contoso.com{path}")
    assert (answer.status, answer.body) == (200, LINKS)
    assert (answer.url, answer.redirects) == ("https://webdir.contoso.com/hello", redirects)


@pytest.mark.parametrize(("path", "status"), [("/missing", 404), ("/forbidden", 403), ("/private", 401)])
def test_a_status_we_dislike_is_an_answer(wire: HttpWire, path: str, status: int) -> None:
    answer = got(wire, f"https://lyncdiscover.contoso.com{path}")
    assert (answer.status, answer.tls_error) == (status, "")


def test_a_long_page_is_unpacked_and_cut(wire: HttpWire) -> None:
    answer = got(wire, "https://lyncdiscover.contoso.com/long.json")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.body_cut
    assert LONG.startswith(answer.body)
    assert len(answer.body) > 10_000


@pytest.mark.parametrize(
    ("name", "outcome"),
    [("untrusted", "untrusted"), ("expired", "expired"), ("unknown", "wrong-name")],
)
def test_a_certificate_we_do_not_accept_is_named_and_nothing_sent(wire: HttpWire, name: str, outcome: str) -> None:
    answer = got(wire, f"https://{name}.contoso.com/")
    assert (answer.status, answer.body, answer.tls_error.partition(":")[0]) == (0, "", outcome)


def test_a_redirect_to_a_stranger_ends_there(wire: HttpWire) -> None:
    answer = got(wire, "https://lyncdiscover.contoso.com/to-stranger")
    assert (answer.status, answer.tls_error.partition(":")[0]) == (0, "untrusted")
    assert (answer.url, answer.redirects) == (
        "https://untrusted.contoso.com/",
        ("https://lyncdiscover.contoso.com/to-stranger",),
    )
