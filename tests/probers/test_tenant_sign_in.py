"""Signing in to the tenant, at the lab's login host, over real HTTPS: each way, each refusal, and no secret seen."""

import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

from checker.lab.certificates import Authority
from checker.lab.login_site import BLOCKED, NO_CONSENT, LoginSite, Refusal, Registration
from checker.lab.naming import CLIENT_ID, CONFIG_API, CONFIG_AUDIENCE, GRAPH, LOGIN, TENANT, TENANT_ID
from checker.lab.web_server import WebBehaviour, WebReply, WebRequest, WebServer
from checker.model.answers import Objects
from checker.model.axes import Cloud
from checker.model.facts import NoAnswer
from checker.model.probes import CmdletProbe, Vantage
from checker.probers.application_certificates import NotUsable, read_application_certificate
from checker.probers.connections import Connections, NetworkSettings, Secret, TenantAuth, TenantEndpoint, Timeouts
from checker.probers.network import Network
from checker.probers.powershell_wire import PowerShellWire
from checker.probers.tenant_routes import Interface, scope
from checker.probers.tenant_sign_in import sign_in_interactively, where_to_sign_in
from checker.probers.tenant_wire import TenantWire
from tests.probers.asking import ask, outcome

SECRET, TEAMS_TOKEN, GRAPH_TOKEN = 's3cr3t~of."the"\\application', "eyJ.teams-token", "eyJ.graph-token"
GRAPH_AUDIENCE = f"https://{GRAPH}"
FEDERATION = CmdletProbe(vantage=Vantage.TENANT, cmdlet="Get-CsTenantFederationConfiguration")
SKUS = CmdletProbe(vantage=Vantage.TENANT, cmdlet="Get-MgSubscribedSku")
DOMAINS = CmdletProbe(vantage=Vantage.TENANT, cmdlet="Get-MgDomain")


class World:
    """The login host and both interfaces; ``instead`` of what the login host would say, by a part of the path."""

    def __init__(self, folder: Path) -> None:
        authority = Authority("Lab root")
        (folder / "root.pem").write_bytes(authority.pem)
        self.folder = folder
        self.instead: dict[str, WebReply] = {}
        self.bearers: list[str] = []
        self.register(Registration(client_id=CLIENT_ID, secret=SECRET, is_public=True))
        tls = authority.issue(LOGIN, GRAPH, CONFIG_API).context()
        self.server = WebServer(self._reply, tls, forms=(LOGIN,))

    def register(self, registration: Registration, lasts_s: int = 900) -> None:
        tokens = {CONFIG_AUDIENCE: TEAMS_TOKEN, GRAPH_AUDIENCE: GRAPH_TOKEN}
        self.login = LoginSite(TENANT, TENANT_ID, registration, tokens, lasts_s=lasts_s)

    def _reply(self, request: WebRequest) -> WebReply:
        if request.host == LOGIN:
            instead = (reply for part, reply in self.instead.items() if part in request.path)
            return next(instead, None) or self.login.reply(request)
        self.bearers.append(request.headers["Authorization"].removeprefix("Bearer "))
        return WebReply(body=json.dumps({"value": [], "host": request.host}).encode())

    def settings(self, **more: Any) -> NetworkSettings:
        host, port = self.server.address
        led = {f"{name}:443": f"{host}:{port}" for name in (LOGIN, GRAPH, CONFIG_API)}
        return NetworkSettings(ca_bundle=self.folder / "root.pem", connect_to={**led, "*": "refuse"}, **more)

    def wire(self, endpoint: TenantEndpoint, **more: Any) -> TenantWire:
        network = Network(self.settings(**more))
        return TenantWire(network, endpoint, PowerShellWire(network, Connections()))

    def signed_in(self, endpoint: TenantEndpoint) -> tuple[TenantEndpoint, list[str]]:
        """By device code, with somebody who enters it at once; the endpoint, and what was shown."""
        shown: list[str] = []

        def enter(sentence: str) -> None:
            shown.append(sentence)
            self.login.enter(sentence.partition("the code ")[2].partition(".")[0])

        connections = sign_in_interactively(Connections(network=self.settings(), tenant=endpoint), enter)
        assert connections.tenant is not None
        return connections.tenant, shown

    @property
    def asked_at_login(self) -> list[str]:
        return [path.rpartition("/")[2] for _, path in self.server.requests if TENANT in path or TENANT_ID in path]


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setenv("CSREADY_TENANT_SECRET", SECRET)
    # What msal would act on, and must not: another host to ask, and a place to keep what it got.
    monkeypatch.setenv("MSAL_FORCE_REGION", "westeurope")
    monkeypatch.setenv("REGION_NAME", "westeurope")
    world = World(tmp_path)
    with world.server:
        yield world


def tenant(auth: TenantAuth, **more: Any) -> TenantEndpoint:
    known = {"cloud": Cloud.WORLDWIDE, "tenant_id": TENANT, "client_id": CLIENT_ID, **more}
    return TenantEndpoint(auth=auth, **known)


BY_SECRET = tenant(TenantAuth.CLIENT_SECRET)
BY_DEVICE = tenant(TenantAuth.DEVICE_CODE)


def certificate(key: rsa.RSAPrivateKey, *, ended: bool = False) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "csready")])
    end = datetime.now(UTC) + timedelta(days=-1 if ended else 30)
    return (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(end - timedelta(days=60))
        .not_valid_after(end)
        .sign(key, hashes.SHA256())
        .public_bytes(Encoding.PEM)
    )


def key_pem(
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, encryption: KeySerializationEncryption | None = None
) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption())


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def test_a_client_secret_gives_a_token_for_each_interface(world: World) -> None:
    wire = world.wire(BY_SECRET)

    assert isinstance(ask(wire, FEDERATION).answer, Objects)
    assert isinstance(ask(wire, SKUS).answer, Objects)
    assert world.bearers == [TEAMS_TOKEN, GRAPH_TOKEN]
    assert [form["scope"] for form in world.login.asked] == [
        f"{CONFIG_AUDIENCE}/.default",
        f"{GRAPH_AUDIENCE}/.default",
    ]
    assert [run.what for run in wire.commands_run()] == [
        "sign-in for the configuration interface",
        "sign-in for the graph interface",
    ]
    wire.close()


def test_questions_that_wait_for_one_token_cause_one_request(world: World) -> None:
    wire = world.wire(BY_SECRET)
    done = threading.Semaphore(0)
    for probe in (SKUS, DOMAINS, SKUS, DOMAINS):
        wire.send(probe, time.monotonic() + 5, lambda reply: done.release())
    assert all(done.acquire(timeout=5) for _ in range(4))

    assert world.asked_at_login == ["openid-configuration", "token"]
    assert world.bearers == [GRAPH_TOKEN] * 4
    wire.close()


def test_a_certificate_signs_an_assertion_that_the_login_host_can_verify(world: World, key: rsa.RSAPrivateKey) -> None:
    path = world.folder / "app.pem"
    path.write_bytes(certificate(rsa.generate_private_key(65537, 2048)) + certificate(key) + key_pem(key))
    world.register(Registration(client_id=CLIENT_ID, certificate=certificate_in_use(path)))
    wire = world.wire(tenant(TenantAuth.CERTIFICATE, certificate=path))

    assert isinstance(ask(wire, FEDERATION).answer, Objects)
    assert world.bearers == [TEAMS_TOKEN]
    assert "client_secret" not in world.login.asked[0]
    wire.close()


def certificate_in_use(path: Path) -> bytes:
    return read_application_certificate(path).certificate_pem.encode()


@pytest.mark.parametrize(
    ("registered", "said"), [("ended", "The key used is expired"), ("other", "The key was not found")]
)
def test_a_certificate_that_is_not_accepted_is_named(
    world: World, key: rsa.RSAPrivateKey, registered: str, said: str
) -> None:
    path = world.folder / "app.pem"
    path.write_bytes(key_pem(key) + certificate(key, ended=True))
    other = certificate(rsa.generate_private_key(65537, 2048))
    world.register(
        Registration(client_id=CLIENT_ID, certificate=certificate_in_use(path) if registered == "ended" else other)
    )
    wire = world.wire(tenant(TenantAuth.CERTIFICATE, certificate=path))
    answer = ask(wire, FEDERATION).answer

    assert outcome(answer) == "refused AADSTS700027"
    assert isinstance(answer, NoAnswer) and said in answer.detail and "[tenant].certificate" in answer.needs
    wire.close()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no private key"),
        (b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "no private key"),
        ("key", "no certificate"),
        ("key, encrypted", "an encrypted key; decrypt it: openssl pkey"),
        ("key of another certificate", "do not belong together"),
        ("elliptic key", "not RSA"),
    ],
)
def test_a_file_that_nobody_can_sign_in_with_says_why_and_shows_nothing(
    tmp_path: Path, key: rsa.RSAPrivateKey, content: str | bytes, why: str
) -> None:
    made = {
        "key": key_pem(key),
        "key, encrypted": key_pem(key, BestAvailableEncryption(b"hunter2")) + certificate(key),
        "key of another certificate": key_pem(key) + certificate(rsa.generate_private_key(65537, 2048)),
        "elliptic key": key_pem(ec.generate_private_key(ec.SECP256R1())) + certificate(key),
    }
    path = tmp_path / "app.pem"
    path.write_bytes(content if isinstance(content, bytes) else made[content])
    with pytest.raises(NotUsable, match=why) as raised:
        read_application_certificate(path)
    assert "PRIVATE" not in str(raised.value)


def test_a_key_is_not_shown(tmp_path: Path, key: rsa.RSAPrivateKey) -> None:
    path = tmp_path / "app.pem"
    path.write_bytes(key_pem(key) + certificate(key))
    assert "PRIVATE" not in repr(read_application_certificate(path))


def test_a_certificate_file_that_went_away_is_no_access(world: World) -> None:
    wire = world.wire(tenant(TenantAuth.CERTIFICATE, certificate=world.folder / "gone.pem"))
    answer = ask(wire, FEDERATION).answer

    assert outcome(answer) == "no-access no-certificate"
    assert isinstance(answer, NoAnswer) and "gone.pem cannot be read (FileNotFoundError)" in answer.detail
    assert world.asked_at_login == []
    wire.close()


@pytest.mark.parametrize(
    ("endpoint", "registration", "expected", "needs"),
    [
        (BY_SECRET, {"secret": "another"}, "refused AADSTS7000215", "CSREADY_TENANT_SECRET"),
        (BY_SECRET, {"client_id": "another"}, "refused AADSTS700016", "[tenant].client_id"),
        (BY_SECRET, {"refused": {GRAPH_AUDIENCE: NO_CONSENT}}, "no-access AADSTS65001", "Domain.Read.All"),
        (BY_SECRET, {"refused": {GRAPH_AUDIENCE: BLOCKED}}, "no-access AADSTS53003", "Conditional Access"),
        (
            BY_SECRET,
            {"refused": {GRAPH_AUDIENCE: Refusal("interaction_required", 50999999, "Something new.")}},
            "no-access AADSTS50999999",
            "multifactor",
        ),
        (
            BY_SECRET,
            {"refused": {GRAPH_AUDIENCE: Refusal("brand_new", 0, "Something new.")}},
            "refused brand_new",
            "",
        ),
        (replace(BY_SECRET, tenant_id="fabrikam.example"), {}, "refused AADSTS90002", "[tenant].id"),
    ],
)
def test_a_refused_sign_in_is_told_by_its_number_and_what_would_cure_it(
    world: World, endpoint: TenantEndpoint, registration: dict[str, Any], expected: str, needs: str
) -> None:
    world.register(Registration(**{"client_id": CLIENT_ID, "secret": SECRET, **registration}))
    wire = world.wire(endpoint)
    reply = ask(wire, SKUS)

    assert outcome(reply.answer) == expected
    assert isinstance(reply.answer, NoAnswer) and needs in reply.answer.needs
    assert not any(word in reply.answer.detail for word in ("Trace", "Correlation", "aaaa0000", SECRET))
    assert f"https://{LOGIN}/{endpoint.tenant_id}: no token for the graph interface: AADSTS" in reply.answer.detail
    wire.close()


def test_what_was_refused_is_not_tried_again_and_costs_its_own_interface_only(world: World) -> None:
    world.register(Registration(client_id=CLIENT_ID, secret=SECRET, refused={GRAPH_AUDIENCE: NO_CONSENT}))
    wire = world.wire(BY_SECRET)

    assert outcome(ask(wire, SKUS).answer) == outcome(ask(wire, DOMAINS).answer) == "no-access AADSTS65001"
    assert len(world.login.asked) == 1
    assert isinstance(ask(wire, FEDERATION).answer, Objects)
    wire.close()


def test_without_a_secret_nobody_is_asked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CSREADY_TENANT_SECRET")
    wire = world.wire(BY_SECRET)

    assert outcome(ask(wire, SKUS).answer) == "no-access no-secret"
    assert world.asked_at_login == []
    wire.close()


HTML = WebReply(headers=(("Content-Type", "text/html"),), body=b"<html>sign in to the guest network</html>")
ELSEWHERE = {
    "authorization_endpoint": "https://evil.example/a",
    "token_endpoint": "https://evil.example/tenant/token",
}


@pytest.mark.parametrize(
    ("page", "reply", "expected"),
    [
        ("openid-configuration", HTML, "malformed not-a-sign-in"),
        ("openid-configuration", WebReply(404, body=b"<html>"), "malformed not-a-sign-in"),
        ("openid-configuration", WebReply(302, (("Location", "https://evil.example/"),)), "malformed not-a-sign-in"),
        ("openid-configuration", WebReply(503), "refused http-503"),
        ("openid-configuration", WebReply(body=b"{}"), "malformed not-a-sign-in"),
        ("openid-configuration", WebReply(body=json.dumps(ELSEWHERE).encode()), "refused other-login-host"),
        ("openid-configuration", WebReply(behaviour=WebBehaviour.SILENT), "timed-out read-timeout"),
        ("openid-configuration", WebReply(body=b"{}", behaviour=WebBehaviour.DRIP), "timed-out read-timeout"),
        ("openid-configuration", WebReply(behaviour=WebBehaviour.RESET), "unreachable connection-reset"),
        ("token", HTML, "malformed not-a-sign-in"),
        ("token", WebReply(429, (("Retry-After", "3600"),), b"{}"), "refused http-429"),
        ("token", WebReply(500, body=b"{}"), "refused http-500"),
        ("token", WebReply(body=b"[]"), "malformed not-a-sign-in"),
        ("token", WebReply(body=b"{}"), "refused sign-in-refused"),
        ("token", WebReply(body=b'{"access_token": 7}'), "refused sign-in-refused"),
        ("token", WebReply(body=b'{"access_token": "a b"}'), "refused sign-in-refused"),
        ("token", WebReply(body=b'{"access_token": "a", "expires_in": "soon"}'), "malformed not-a-sign-in"),
        ("token", WebReply(body=b'{"a": "' + b"x" * (2 << 20) + b'"}'), "malformed not-a-sign-in"),
        ("token", WebReply(body=b"{}", behaviour=WebBehaviour.DRIP_BODY), "timed-out read-timeout"),
    ],
)
def test_a_login_host_that_gives_no_answer_ends_in_time_and_is_named(
    world: World, page: str, reply: WebReply, expected: str
) -> None:
    world.instead[page] = reply
    wire = world.wire(BY_SECRET)
    answer = ask(wire, SKUS, within_s=0.7).answer

    assert outcome(answer) == expected
    assert isinstance(answer, NoAnswer) and LOGIN in answer.detail
    assert world.bearers == []
    wire.close()


def test_a_slow_sign_in_has_a_limit_of_its_own(world: World) -> None:
    world.instead["token"] = WebReply(body=b"{}", behaviour=WebBehaviour.DRIP)
    wire = world.wire(BY_SECRET, timeouts=Timeouts(http=0.3))

    assert outcome(ask(wire, SKUS, within_s=1.0).answer) == "timed-out read-timeout"
    wire.close()


def test_closing_does_not_wait_for_a_sign_in(world: World) -> None:
    world.instead["token"] = WebReply(behaviour=WebBehaviour.SILENT)
    wire = world.wire(BY_SECRET)
    wire.send(SKUS, time.monotonic() + 60, lambda reply: pytest.fail(str(reply)))
    while "token" not in world.asked_at_login:
        time.sleep(0.01)
    wire.close()
    for thread in threading.enumerate():
        if thread.name.startswith(f"probe https://{LOGIN}"):
            thread.join(timeout=2)
            assert not thread.is_alive()


def test_one_person_with_a_device_code_opens_both_interfaces(world: World) -> None:
    endpoint, shown = world.signed_in(BY_DEVICE)
    wire = world.wire(endpoint)

    assert isinstance(ask(wire, FEDERATION).answer, Objects)
    assert isinstance(ask(wire, SKUS).answer, Objects)
    assert world.bearers == [TEAMS_TOKEN, GRAPH_TOKEN]
    (sentence,) = shown
    assert sentence.startswith(f"To sign in to {TENANT}, open https://microsoft.com/devicelogin in a browser")
    assert [form["grant_type"].rpartition(":")[2] for form in world.login.asked] == ["device_code", "refresh_token"]
    assert len(wire.commands_run()) == 2
    wire.close()


def test_a_code_that_nobody_enters_ends(world: World) -> None:
    world.register(Registration(client_id=CLIENT_ID, is_public=True), lasts_s=2)
    connections = Connections(network=world.settings(), tenant=BY_DEVICE)
    endpoint = sign_in_interactively(connections, lambda sentence: None).tenant
    assert endpoint is not None
    wire = world.wire(endpoint)

    assert outcome(ask(wire, SKUS).answer) == outcome(ask(wire, FEDERATION).answer) == "no-access expired_token"
    assert 1 <= len(world.login.asked) <= 2
    wire.close()


def test_a_refusal_of_the_second_interface_leaves_the_first(world: World) -> None:
    world.register(Registration(client_id=CLIENT_ID, is_public=True, refused={CONFIG_AUDIENCE: NO_CONSENT}))
    endpoint, _ = world.signed_in(BY_DEVICE)
    wire = world.wire(endpoint)

    assert isinstance(ask(wire, SKUS).answer, Objects)
    assert outcome(ask(wire, FEDERATION).answer) == "no-access AADSTS65001"
    wire.close()


@pytest.mark.parametrize(
    ("page", "reply", "expected"),
    [
        ("openid-configuration", WebReply(503), "refused http-503"),
        ("openid-configuration", WebReply(behaviour=WebBehaviour.SILENT), "timed-out read-timeout"),
        ("devicecode", WebReply(body=b"{}", behaviour=WebBehaviour.DRIP), "timed-out read-timeout"),
        ("devicecode", WebReply(body=b"{}"), "refused sign-in-refused"),
        ("devicecode", WebReply(body=b'{"user_code": "AB\\u001b[2J", "verification_uri": "https://x"}'), "malformed"),
        ("devicecode", WebReply(body=b'{"user_code": "ABCDEFG", "verification_uri": "file:///x"}'), "malformed"),
        ("devicecode", WebReply(body=b'{"user_code": "ABCDEFG"}'), "malformed"),
    ],
)
def test_a_device_sign_in_that_fails_is_told_for_both_interfaces(
    world: World, page: str, reply: WebReply, expected: str
) -> None:
    world.instead[page] = reply
    network = world.settings(timeouts=Timeouts(http=0.3))
    shown: list[str] = []
    signed_in = sign_in_interactively(Connections(network=network, tenant=BY_DEVICE), shown.append).tenant

    assert signed_in is not None and shown == []
    for interface in Interface:
        answer = signed_in.signed_in[interface]
        assert isinstance(answer, NoAnswer) and outcome(answer).startswith(expected)


def test_an_application_that_is_not_public_says_what_to_switch_on(world: World) -> None:
    world.register(Registration(client_id=CLIENT_ID))
    endpoint, _ = world.signed_in(BY_DEVICE)

    answer = endpoint.signed_in[Interface.GRAPH]
    assert isinstance(answer, NoAnswer) and outcome(answer) == "refused AADSTS7000218"
    assert "public client flows" in answer.needs


def test_ctrl_c_ends_the_waiting(world: World) -> None:
    def interrupt(sentence: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sign_in_interactively(Connections(network=world.settings(), tenant=BY_DEVICE), interrupt)


def test_a_device_code_without_a_person_is_no_access(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSREADY_TENANT_TOKEN", TEAMS_TOKEN)
    wire = world.wire(BY_DEVICE)
    answer = ask(wire, FEDERATION).answer

    assert outcome(answer) == "no-access no-sign-in"
    assert isinstance(answer, NoAnswer) and "client-secret" in answer.needs
    assert world.server.requests == []
    wire.close()


@pytest.mark.parametrize("endpoint", [None, BY_SECRET, TenantEndpoint(cloud=Cloud.GCC)])
def test_nobody_is_bothered_who_signs_in_another_way(endpoint: TenantEndpoint | None) -> None:
    connections = Connections(tenant=endpoint)
    assert sign_in_interactively(connections, lambda sentence: pytest.fail(sentence)) is connections


def test_no_secret_is_shown_anywhere(
    world: World, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], key: rsa.RSAPrivateKey
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("urllib3").setLevel(logging.DEBUG)
    path = world.folder / "app.pem"
    path.write_bytes(key_pem(key) + certificate(key))
    registration = Registration(
        client_id=CLIENT_ID, secret=SECRET, certificate=certificate_in_use(path), is_public=True
    )
    world.register(registration)
    device, _ = world.signed_in(BY_DEVICE)
    seen: list[object] = [device]
    for endpoint in (BY_SECRET, tenant(TenantAuth.CERTIFICATE, certificate=path), device):
        wire = world.wire(endpoint)
        seen += [wire, endpoint, ask(wire, FEDERATION), ask(wire, SKUS), wire.commands_run()]
        wire.close()
    assert len(world.bearers) == 6
    posted = {name: value for form in world.login.asked for name, value in form.items()}
    hidden = [SECRET, "s3cr3t", TEAMS_TOKEN, GRAPH_TOKEN, *key_pem(key).decode().splitlines()[1:-1]]
    hidden += [posted[name] for name in ("client_assertion", "device_code", "refresh_token")]

    # A login host that repeats what it was sent: in a refusal, in what is no object, in what msal cannot read.
    refused = {"error": "invalid_client", "error_description": f"AADSTS7000215: wrong: {SECRET}"}
    for said in (refused, SECRET, {"access_token": GRAPH_TOKEN, "expires_in": SECRET}):
        world.instead["token"] = WebReply(401 if said is refused else 200, body=json.dumps(said).encode())
        wire = world.wire(BY_SECRET)
        seen.append(ask(wire, SKUS))
        wire.close()

    everything = f"{seen!r}{caplog.text}{capfd.readouterr()}"
    assert "wrong: (not shown)" in everything
    assert [secret for secret in hidden if secret in everything] == []


def test_a_secret_in_memory_is_named_and_not_shown() -> None:
    assert "eyJ" not in repr(Secret("a token", {"a token": "eyJ.x"}))


@pytest.mark.parametrize(
    ("cloud", "login", "graph"),
    [
        (Cloud.WORLDWIDE, "login.microsoftonline.com", "graph.microsoft.com"),
        (Cloud.GCC, "login.microsoftonline.com", "graph.microsoft.com"),
        (Cloud.GCC_HIGH, "login.microsoftonline.us", "graph.microsoft.us"),
        (Cloud.DOD, "login.microsoftonline.us", "dod-graph.microsoft.us"),
        (Cloud.CHINA, "login.partner.microsoftonline.cn", "microsoftgraph.chinacloudapi.cn"),
    ],
)
def test_each_cloud_has_its_own_login_host_and_graph_audience(cloud: Cloud, login: str, graph: str) -> None:
    assert where_to_sign_in(tenant(TenantAuth.DEVICE_CODE, cloud=cloud)) == f"https://{login}/{TENANT}"
    assert scope(Interface.GRAPH, cloud) == f"https://{graph}/.default"
    assert scope(Interface.CONFIGURATION, cloud) == f"{CONFIG_AUDIENCE}/.default"


def test_msal_is_imported_when_somebody_signs_in_and_not_before() -> None:
    code = "import sys, checker.probers.dispatch; sys.exit('msal' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
