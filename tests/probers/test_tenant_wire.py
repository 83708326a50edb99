"""The tenant wire against a real HTTPS server under the cloud's names: answers, refusals, pages and odd bodies."""

import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from checker.lab.certificates import Authority
from checker.lab.listener import refused_port
from checker.lab.web_server import WebBehaviour, WebReply, WebRequest, WebServer
from checker.model.answers import Json, Objects
from checker.model.axes import Cloud
from checker.model.facts import NoAnswer
from checker.model.probes import CmdletProbe, Vantage
from checker.probers.connections import Connections, NetworkSettings, TenantEndpoint
from checker.probers.network import Network
from checker.probers.powershell_wire import PowerShellWire
from checker.probers.tenant_routes import HOSTS
from checker.probers.tenant_wire import TenantWire
from tests.probers.asking import ask, outcome

CONFIG_HOST, GRAPH_HOST = "api.interfaces.records.teams.microsoft.com", "graph.microsoft.com"
TOKEN, GRAPH_TOKEN = "eyJ.secret-one", "eyJ.secret-two"
FEDERATION = CmdletProbe(vantage=Vantage.TENANT, cmdlet="Get-CsTenantFederationConfiguration")
USERS = CmdletProbe(vantage=Vantage.TENANT, cmdlet="Get-MgUser")
SKUS = CmdletProbe(vantage=Vantage.TENANT, cmdlet="Get-MgSubscribedSku")
GLOBAL = {"Identity": "Global", "SharedSipAddressSpace": False}


def saying(value: Json) -> WebReply:
    return WebReply(body=json.dumps(value).encode())


def tenant_wire(network: Network, endpoint: TenantEndpoint | None) -> TenantWire:
    """Without a workstation to ask."""
    return TenantWire(network, endpoint, PowerShellWire(network, Connections()))


class Cloudlet:
    """A server that stands for all of the cloud; what it says next is put into ``replies``, the last one stays."""

    def __init__(self, authority: Authority) -> None:
        self.replies: list[WebReply] = [saying(GLOBAL)]
        self.asked: list[WebRequest] = []
        self.server = WebServer(self._reply, authority.issue(CONFIG_HOST, GRAPH_HOST).context())

    def _reply(self, request: WebRequest) -> WebReply:
        self.asked.append(request)
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@pytest.fixture
def cloudlet(tmp_path: Path) -> Iterator[Cloudlet]:
    authority = Authority("Lab root")
    (tmp_path / "root.pem").write_bytes(authority.pem)
    cloudlet = Cloudlet(authority)
    with cloudlet.server:
        yield cloudlet


@pytest.fixture
def network(cloudlet: Cloudlet, tmp_path: Path) -> Network:
    host, port = cloudlet.server.address
    connect_to = {f"{name}:443": f"{host}:{port}" for name in (CONFIG_HOST, GRAPH_HOST)} | {"*": "refuse"}
    return Network(NetworkSettings(ca_bundle=tmp_path / "root.pem", connect_to=connect_to))


@pytest.fixture
def wire(network: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[TenantWire]:
    monkeypatch.setenv("CSREADY_TENANT_TOKEN", TOKEN)
    monkeypatch.setenv("CSREADY_GRAPH_TOKEN", GRAPH_TOKEN)
    wire = tenant_wire(network, TenantEndpoint(cloud=Cloud.WORLDWIDE))
    yield wire
    wire.close()


def test_federation_configuration_is_one_row(cloudlet: Cloudlet, wire: TenantWire) -> None:
    reply = ask(wire, FEDERATION)

    path = "/Skype.Policy/configurations/TenantFederationSettings/configuration/Global"
    assert reply.answer == Objects(rows=(GLOBAL,))
    assert reply.source == f"https://{CONFIG_HOST}{path}"
    (request,) = cloudlet.asked
    assert (request.method, request.host, request.path) == ("GET", CONFIG_HOST, path)
    assert request.headers["Authorization"] == f"Bearer {TOKEN}"
    assert request.headers["User-Agent"].startswith("csready/")


def test_users_are_united_from_all_pages(cloudlet: Cloudlet, wire: TenantWire) -> None:
    link = f"https://{GRAPH_HOST}/v1.0/users?$skiptoken=abc"
    cloudlet.replies = [saying({"value": [{"id": "1"}], "@odata.nextLink": link}), saying({"value": [{"id": "2"}]})]

    assert ask(wire, USERS).answer == Objects(rows=({"id": "1"}, {"id": "2"}))
    assert cloudlet.asked[0].query["$top"] == "999"
    assert set(cloudlet.asked[0].query["$select"].split(",")) == {
        *("userPrincipalName", "proxyAddresses", "imAddresses", "assignedPlans", "accountEnabled", "usageLocation"),
        *("onPremisesSyncEnabled", "onPremisesProvisioningErrors", "serviceProvisioningErrors"),
    }
    assert cloudlet.asked[1].query == {"$skiptoken": "abc"}
    assert {request.headers["Authorization"] for request in cloudlet.asked} == {f"Bearer {GRAPH_TOKEN}"}


def test_an_empty_list_is_the_answer_none(cloudlet: Cloudlet, wire: TenantWire) -> None:
    cloudlet.replies = [saying({"value": []})]

    assert ask(wire, SKUS).answer == Objects(rows=())


@pytest.mark.parametrize(
    "link", ["https://evil.example/v1.0/users", f"http://{GRAPH_HOST}/v1.0/users", "//evil.example/", "https://[x", 7]
)
def test_the_token_is_not_taken_to_another_host(cloudlet: Cloudlet, wire: TenantWire, link: Json) -> None:
    cloudlet.replies = [saying({"value": [{"id": "1"}], "@odata.nextLink": link})]

    assert outcome(ask(wire, USERS).answer) == "malformed not-json"
    assert len(cloudlet.asked) == 1


def test_pages_that_run_in_a_circle_end(cloudlet: Cloudlet, wire: TenantWire) -> None:
    cloudlet.replies = [saying({"value": [], "@odata.nextLink": f"https://{GRAPH_HOST}/v1.0/users?a"})]

    assert outcome(ask(wire, USERS).answer) == "malformed not-json"


def test_a_page_that_fails_makes_the_whole_list_no_answer(cloudlet: Cloudlet, wire: TenantWire) -> None:
    link = f"https://{GRAPH_HOST}/v1.0/users?$skiptoken=abc"
    cloudlet.replies = [saying({"value": [{"id": "1"}], "@odata.nextLink": link}), WebReply(503)]

    assert outcome(ask(wire, USERS).answer) == "refused http-503"


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (WebReply(401), "no-access http-401"),
        (WebReply(403, body=b'{"code": 40301}'), "no-access http-403"),
        (WebReply(404, body=b"{}"), "refused http-404"),
        (WebReply(500), "refused http-500"),
        (WebReply(503), "refused http-503"),
        (WebReply(302, (("Location", "https://evil.example/"),)), "refused http-302"),
        (WebReply(204), "refused http-204"),
        (WebReply(429, (("Retry-After", "3600"),)), "refused http-429"),
        (WebReply(body=b""), "malformed not-json"),
        (WebReply(body=b"<html>sign in</html>"), "malformed not-json"),
        (WebReply(body=b'{"SharedSipAddressSpace": tr'), "malformed not-json"),
        (WebReply(body=b"[" * 100_000), "malformed not-json"),
        (WebReply(body=b"[]"), "malformed not-json"),
        (WebReply(body=b'"\xff"'), "malformed not-json"),
        (WebReply(behaviour=WebBehaviour.RESET), "unreachable connection-reset"),
        (WebReply(behaviour=WebBehaviour.SILENT), "timed-out read-timeout"),
        (WebReply(body=b"{}", behaviour=WebBehaviour.DRIP), "timed-out read-timeout"),
        (WebReply(body=b"{}", behaviour=WebBehaviour.DRIP_BODY), "timed-out read-timeout"),
    ],
)
def test_what_is_no_answer_is_told_apart(cloudlet: Cloudlet, wire: TenantWire, reply: WebReply, expected: str) -> None:
    cloudlet.replies = [reply]

    assert outcome(ask(wire, FEDERATION, within_s=0.7).answer) == expected
    assert len(cloudlet.asked) == 1


@pytest.mark.parametrize("body", [b'{"value": {}}', b'{"value": ["a"]}', b"{}", b'{"value": null}'])
def test_a_list_that_is_none_is_malformed(cloudlet: Cloudlet, wire: TenantWire, body: bytes) -> None:
    cloudlet.replies = [WebReply(body=body)]

    assert outcome(ask(wire, SKUS).answer) == "malformed not-json"


def test_a_body_beyond_the_bound_is_not_read_to_its_end(
    cloudlet: Cloudlet, wire: TenantWire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checker.probers.tenant_wire.MAX_BODY", 1000)
    cloudlet.replies = [saying({"Name": "x" * 2000})]

    answer = ask(wire, FEDERATION).answer

    assert outcome(answer) == "malformed not-json" and isinstance(answer, NoAnswer) and "larger" in answer.detail


@pytest.mark.parametrize("retry_after", ["0", format_datetime(datetime.now(UTC) - timedelta(days=1))])
def test_throttling_is_waited_out(cloudlet: Cloudlet, wire: TenantWire, retry_after: str) -> None:
    throttled = WebReply(429, (("Retry-After", retry_after),))
    cloudlet.replies = [throttled, throttled, saying(GLOBAL)]

    assert ask(wire, FEDERATION).answer == Objects(rows=(GLOBAL,))


def test_throttling_is_given_up_after_two_retries(cloudlet: Cloudlet, wire: TenantWire) -> None:
    cloudlet.replies = [WebReply(429, (("Retry-After", "0"),))]

    assert outcome(ask(wire, FEDERATION).answer) == "refused http-429"
    assert len(cloudlet.asked) == 3


def test_unknown_authority_is_named(cloudlet: Cloudlet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSREADY_TENANT_TOKEN", TOKEN)
    host, port = cloudlet.server.address
    network = Network(NetworkSettings(connect_to={f"{CONFIG_HOST}:443": f"{host}:{port}"}))
    wire = tenant_wire(network, TenantEndpoint(cloud=Cloud.GCC))

    assert outcome(ask(wire, FEDERATION).answer) == "refused tls-untrusted"
    assert cloudlet.asked == []
    wire.close()


def test_a_proxy_that_does_not_connect_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSREADY_TENANT_TOKEN", TOKEN)
    with refused_port() as (host, port):
        wire = tenant_wire(Network(NetworkSettings(proxy=f"http://{host}:{port}")), TenantEndpoint(cloud=Cloud.GCC))

        assert outcome(ask(wire, FEDERATION).answer) == "unreachable proxy"
    wire.close()


def test_the_role_is_named_where_the_token_does_not_suffice(cloudlet: Cloudlet, wire: TenantWire) -> None:
    cloudlet.replies = [WebReply(403)]
    answer = ask(wire, FEDERATION).answer

    assert isinstance(answer, NoAnswer) and answer.needs == "Global Reader"


@pytest.mark.parametrize(
    ("endpoint", "probe", "expected", "needs"),
    [
        (None, FEDERATION, "no-access no-endpoint", "[tenant]"),
        (TenantEndpoint(cloud=Cloud.WORLDWIDE), FEDERATION, "no-access no-token", "CSREADY_TENANT_TOKEN"),
        (TenantEndpoint(cloud=Cloud.WORLDWIDE), USERS, "no-access no-token", "CSREADY_GRAPH_TOKEN"),
        (TenantEndpoint(cloud=Cloud.DOD), FEDERATION, "no-access no-route", "module_on_workstation"),
        (
            TenantEndpoint(cloud=Cloud.WORLDWIDE),
            CmdletProbe(vantage=Vantage.TENANT, cmdlet="Get-CsOnlineUser"),
            "no-access no-route",
            "module_on_workstation",
        ),
        (
            TenantEndpoint(cloud=Cloud.WORLDWIDE),
            CmdletProbe(vantage=Vantage.TENANT, cmdlet="Get-MgUser", parameters=(("UserId", "ann"),)),
            "no-access no-route",
            "",
        ),
    ],
)
def test_what_is_missing_is_named(
    network: Network,
    monkeypatch: pytest.MonkeyPatch,
    endpoint: TenantEndpoint | None,
    probe: CmdletProbe,
    expected: str,
    needs: str,
) -> None:
    monkeypatch.delenv("CSREADY_TENANT_TOKEN", raising=False)
    monkeypatch.delenv("CSREADY_GRAPH_TOKEN", raising=False)
    wire = tenant_wire(network, endpoint)
    answer = ask(wire, probe).answer

    assert outcome(answer) == expected
    assert isinstance(answer, NoAnswer) and needs in answer.needs
    wire.close()


def test_a_token_with_a_line_break_is_no_token(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSREADY_TENANT_TOKEN", "eyJ0eXAi\nOiJKV1Q")
    wire = tenant_wire(network, TenantEndpoint(cloud=Cloud.WORLDWIDE))
    answer = ask(wire, FEDERATION).answer

    assert outcome(answer) == "no-access no-token"
    assert "eyJ0" not in repr(answer)
    wire.close()


def test_no_token_is_shown_anywhere(
    cloudlet: Cloudlet, wire: TenantWire, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG")
    seen = [repr(wire), repr(ask(wire, FEDERATION))]
    for reply in (WebReply(401), WebReply(body=b"no"), WebReply(behaviour=WebBehaviour.RESET)):
        cloudlet.replies = [reply]
        seen += [repr(ask(wire, FEDERATION)), repr(ask(wire, USERS))]

    everything = f"{seen}{caplog.text}{capfd.readouterr()}"
    assert TOKEN not in everything and GRAPH_TOKEN not in everything


def test_closing_does_not_wait_for_a_throttling_server(cloudlet: Cloudlet, wire: TenantWire) -> None:
    cloudlet.replies = [WebReply(429, (("Retry-After", "20"),))]
    wire.send(FEDERATION, time.monotonic() + 60, lambda reply: pytest.fail(str(reply)))
    while not cloudlet.asked:
        time.sleep(0.01)
    wire.close()
    for thread in threading.enumerate():
        if thread.name.startswith("probe https://"):
            thread.join(timeout=2)
            assert not thread.is_alive()


def test_every_cloud_has_a_graph() -> None:
    assert all(set(hosts) >= set(Cloud) - {Cloud.DOD} for hosts in HOSTS.values())
