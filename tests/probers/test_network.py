"""The connect-to map, dialling and the trust store."""

import errno
import socket
import ssl
import time
from pathlib import Path

import pytest
import requests

from checker.lab.certificates import Authority
from checker.lab.listener import refused_port
from checker.lab.web_server import WebReply, WebServer
from checker.model.probes import Vantage
from checker.probers.connections import NetworkSettings
from checker.probers.lifeline import Lifeline, Stage
from checker.probers.network import Network
from checker.probers.no_answers import NotMapped, unreached
from tests.probers.asking import outcome


def lifeline(within_s: float = 5) -> Lifeline:
    return Lifeline(time.monotonic() + within_s)


def test_the_map_ignores_case_and_the_last_dot_and_leads_nowhere_else() -> None:
    network = Network(NetworkSettings(connect_to={"Sip.Contoso.com:5061": "[::1]:7000", "*": "refuse"}))
    assert network.address("sip.contoso.COM.", 5061) == ("::1", 7000)
    for host, port in (("sip.contoso.com", 443), ("localhost", 5061), ("127.0.0.1", 7000)):
        with pytest.raises(NotMapped):
            network.address(host, port)


def test_without_a_refusal_what_is_not_mapped_is_dialled_as_it_is() -> None:
    network = Network(NetworkSettings(connect_to={"sip.contoso.com:5061": "127.0.0.1:7000"}))
    assert network.address("sip.fabrikam.com.", 5061) == ("sip.fabrikam.com", 5061)


@pytest.mark.parametrize(
    "settings",
    [
        NetworkSettings(connect_to={"sip.contoso.com": "127.0.0.1:1"}),
        NetworkSettings(connect_to={"sip.contoso.com:1": "127.0.0.1"}),
        NetworkSettings(resolvers={Vantage.DNS_EXTERNAL: ("resolver.contoso.com:53",)}),
        NetworkSettings(resolvers={Vantage.DNS_EXTERNAL: ("192.0.2.1",)}),
    ],
)
def test_settings_that_cannot_be_read_are_refused_at_once(settings: NetworkSettings) -> None:
    with pytest.raises(ValueError, match=r"host:port|address"):
        Network(settings)


def test_a_bundle_that_cannot_be_read_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Network(NetworkSettings(ca_bundle=tmp_path / "missing.pem"))
    (tmp_path / "empty.pem").write_text("no certificate", encoding="ascii")
    with pytest.raises(ssl.SSLError):
        Network(NetworkSettings(ca_bundle=tmp_path / "empty.pem"))


def test_the_bundle_stands_beside_the_systems_trust_store(tmp_path: Path) -> None:
    bundle = tmp_path / "root.pem"
    bundle.write_bytes(Authority("Contoso Root").pem)
    plain = Network(NetworkSettings()).ssl_context(verify=True)
    extended = Network(NetworkSettings(ca_bundle=bundle)).ssl_context(verify=True)
    assert extended.cert_store_stats()["x509"] == plain.cert_store_stats()["x509"] + 1
    assert extended.verify_mode is ssl.CERT_REQUIRED
    assert not extended.verify_flags & ssl.VERIFY_X509_STRICT


def test_a_dialled_connection_belongs_to_its_lifeline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as port, lifeline(0.3) as line:
        network = Network(NetworkSettings(connect_to={"sip.contoso.com:5061": f"127.0.0.1:{port.getsockname()[1]}"}))
        with network.dial("sip.contoso.com", 5061, line) as connection:
            assert connection.recv(1) == b""
        assert line.stage is Stage.CONNECT


def test_every_address_of_a_name_is_tried() -> None:
    with socket.create_server(("127.0.0.1", 0)) as port, lifeline() as line:
        # ::1 comes first where IPv6 is up, and nobody listens there.
        Network(NetworkSettings()).dial("localhost", port.getsockname()[1], line).close()


def test_a_refused_connection_says_so() -> None:
    with refused_port() as (host, port), lifeline() as line, pytest.raises(ConnectionRefusedError):
        Network(NetworkSettings()).dial(host, port, line)


@pytest.mark.parametrize("host", ["no..name", "x" * 64 + ".contoso.com", "nul\0.contoso.com"])
def test_what_is_no_name_is_not_found(host: str) -> None:
    with lifeline() as line, pytest.raises(socket.gaierror) as caught:
        Network(NetworkSettings()).dial(host, 443, line)
    assert outcome(unreached(caught.value, line.stage, host)) == "unreachable name-not-found"


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (NotMapped(), "unreachable not-mapped"),
        (socket.gaierror(socket.EAI_NONAME, ""), "unreachable name-not-found"),
        (socket.gaierror(socket.EAI_AGAIN, ""), "unreachable name-lookup-failed"),
        (ConnectionRefusedError(), "unreachable connection-refused"),
        (ConnectionResetError(), "unreachable connection-reset"),
        (ConnectionAbortedError(), "unreachable connection-reset"),
        (BrokenPipeError(), "unreachable connection-reset"),
        (ssl.SSLEOFError(), "unreachable connection-reset"),
        (OSError(errno.ENETUNREACH, ""), "unreachable no-route"),
        (OSError(errno.EHOSTUNREACH, ""), "unreachable no-route"),
        (OSError(errno.EMFILE, ""), "unreachable network-error"),
        (TimeoutError(), "timed-out handshake-timeout"),
        (OSError(errno.ETIMEDOUT, ""), "timed-out handshake-timeout"),
    ],
)
def test_each_way_of_not_reaching_a_server_has_a_code(error: OSError, expected: str) -> None:
    assert outcome(unreached(error, Stage.HANDSHAKE, "sip.contoso.com:5061")) == expected


@pytest.mark.parametrize("verify", [True, False])
def test_a_session_cannot_switch_verification_off(tmp_path: Path, verify: bool) -> None:
    certificate = Authority("Unknown Root").issue("fe01.contoso.com")
    with WebServer(lambda request: WebReply(), certificate.context()) as server, lifeline() as line:
        network = Network(NetworkSettings(connect_to={"fe01.contoso.com:443": "{}:{}".format(*server.address)}))
        with requests.Session() as foreign:
            foreign.mount("https://", network.adapter(line))
            for _ in range(2):  # the second time too: the context is shared
                with pytest.raises(requests.exceptions.SSLError):
                    foreign.get("https://fe01.contoso.com/", verify=verify)
        assert server.requests == []


def test_a_session_ignores_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nonexistent")
    with WebServer(lambda request: WebReply(200, (), b"direct")) as server, lifeline() as line:
        network = Network(NetworkSettings(connect_to={"fe01.contoso.com:80": "{}:{}".format(*server.address)}))
        with network.session(line) as session:
            assert session.get("http://fe01.contoso.com/").text == "direct"
