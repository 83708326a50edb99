"""What the tenant's interfaces may say now and then, without a server: throttling, trouble, pages, odd bodies."""

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import responses

from checker.model.answers import Json, Objects
from checker.model.axes import Cloud
from checker.model.facts import NoAnswer
from checker.model.probes import CmdletProbe, Vantage
from checker.probers.connections import Connections, NetworkSettings, Secret, TenantEndpoint
from checker.probers.network import Network
from checker.probers.powershell_wire import PowerShellWire
from checker.probers.tenant_wire import TenantWire
from tests.probers.asking import ask, outcome

GRAPH = "https://graph.microsoft.com/v1.0"
CONFIGURATION = "https://api.interfaces.records.teams.microsoft.com/Skype.Policy/configurations"
FEDERATION_URL = f"{CONFIGURATION}/TenantFederationSettings/configuration/Global"
TOKENS = {"CSREADY_TENANT_TOKEN": "eyJ.teams", "CSREADY_GRAPH_TOKEN": "eyJ.graph"}


def cmdlet(name: str, **parameters: str) -> CmdletProbe:
    return CmdletProbe(vantage=Vantage.TENANT, cmdlet=name, parameters=tuple(parameters.items()))


ORGANIZATION = cmdlet("Get-MgOrganization")
FEDERATION = cmdlet("Get-CsTenantFederationConfiguration")


@pytest.fixture
def said() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock() as said:
        yield said


@pytest.fixture
def wire() -> Iterator[TenantWire]:
    network = Network(NetworkSettings(connect_to={"*": "refuse"}))
    endpoint = TenantEndpoint(
        cloud=Cloud.WORLDWIDE,
        token=Secret("CSREADY_TENANT_TOKEN", TOKENS),
        graph_token=Secret("CSREADY_GRAPH_TOKEN", TOKENS),
    )
    wire = TenantWire(network, endpoint, PowerShellWire(network, Connections()))
    yield wire
    wire.close()


@pytest.mark.parametrize(
    ("probe", "url"),
    [
        (ORGANIZATION, f"{GRAPH}/organization"),
        (cmdlet("Get-MgDomain"), f"{GRAPH}/domains"),
        (
            cmdlet("Get-MgDomainServiceConfigurationRecord", DomainId="contoso.com"),
            f"{GRAPH}/domains/contoso.com/serviceConfigurationRecords",
        ),
    ],
)
def test_graph_lists_are_rows(said: responses.RequestsMock, wire: TenantWire, probe: CmdletProbe, url: str) -> None:
    said.get(url, json={"@odata.context": "$metadata", "value": [{"id": "a"}, {"id": "b"}]})

    reply = ask(wire, probe)
    assert reply.answer == Objects(rows=({"id": "a"}, {"id": "b"}))
    assert reply.source == url


def test_an_array_of_the_configuration_interface_is_rows(said: responses.RequestsMock, wire: TenantWire) -> None:
    said.get(f"{CONFIGURATION}/ExternalAccessPolicy", json=[{"Identity": "Global"}, {"Identity": "Tag:A"}])

    assert ask(wire, cmdlet("Get-CsExternalAccessPolicy")).answer == Objects(
        rows=({"Identity": "Global"}, {"Identity": "Tag:A"})
    )


@pytest.mark.parametrize("body", [{"value": []}, ["a"], "a", None])
def test_an_array_that_is_none_is_malformed(said: responses.RequestsMock, wire: TenantWire, body: Json) -> None:
    said.get(f"{CONFIGURATION}/ExternalAccessPolicy", json=body)

    assert outcome(ask(wire, cmdlet("Get-CsExternalAccessPolicy")).answer) == "malformed not-json"


@pytest.mark.parametrize(
    "domain", ["", "contoso", "a b.com", "../users", "contoso.com/x", "contoso.com?x", "CONTOSO.com"]
)
def test_what_is_no_name_of_a_domain_is_not_put_into_a_path(wire: TenantWire, domain: str) -> None:
    probe = cmdlet("Get-MgDomainServiceConfigurationRecord", DomainId=domain)

    assert outcome(ask(wire, probe).answer) == "no-access no-route"


def soon() -> str:
    return format_datetime(datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1), usegmt=True)


@pytest.mark.parametrize("status", [429, 500, 503, 504])
@pytest.mark.parametrize("retry_after", ["0", "date"])
def test_what_says_when_to_come_back_is_asked_again(
    said: responses.RequestsMock, wire: TenantWire, status: int, retry_after: str
) -> None:
    headers = {"Retry-After": soon() if retry_after == "date" else retry_after}
    for _ in range(2):
        said.get(FEDERATION_URL, status=status, headers=headers)
    said.get(FEDERATION_URL, json={"Identity": "Global"})

    assert ask(wire, FEDERATION, within_s=4).answer == Objects(rows=({"Identity": "Global"},))


@pytest.mark.parametrize(
    "retry_after", ["", "soon", "Mon, 99 Nov 2026", "-1", "Mon, 1 Jan 99999999999999999999 00:00:00 GMT"]
)
def test_trouble_that_does_not_say_when_it_ends_gets_one_more_chance(
    said: responses.RequestsMock, wire: TenantWire, retry_after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checker.probers.tenant_wire._PATIENCE_S", 0.0)
    trouble = said.get(FEDERATION_URL, status=503, headers={"Retry-After": retry_after})

    assert outcome(ask(wire, FEDERATION).answer) == "refused http-503"
    assert trouble.call_count == 2


def test_a_server_that_wants_to_be_asked_after_the_deadline_is_not_waited_for(
    said: responses.RequestsMock, wire: TenantWire
) -> None:
    said.get(FEDERATION_URL, status=503, headers={"Retry-After": "9" * 400})

    assert outcome(ask(wire, FEDERATION).answer) == "refused http-503"


@pytest.mark.parametrize(
    ("url", "probe", "body", "words"),
    [
        (FEDERATION_URL, FEDERATION, b'{"code": "40301", "message": "eyJ.teams"}', "does not allow this (40301)"),
        (FEDERATION_URL, FEDERATION, b'{"code": 40301}', "does not allow this (40301)"),
        (
            f"{GRAPH}/organization",
            ORGANIZATION,
            b'{"error": {"code": "Authorization_RequestDenied", "message": "Insufficient privileges"}}',
            "does not allow this (Authorization_RequestDenied)",
        ),
        (FEDERATION_URL, FEDERATION, b'{"code": "<script>"}', "does not allow this"),
        (FEDERATION_URL, FEDERATION, b"<html>", "does not allow this"),
        (FEDERATION_URL, FEDERATION, b"", "does not allow this"),
        (FEDERATION_URL, FEDERATION, b"[" * 100_000, "does not allow this"),
    ],
)
def test_a_refusal_is_told_with_its_code(
    said: responses.RequestsMock, wire: TenantWire, url: str, probe: CmdletProbe, body: bytes, words: str
) -> None:
    said.get(url, status=403, body=body)
    answer = ask(wire, probe).answer

    assert outcome(answer) == "no-access http-403"
    assert isinstance(answer, NoAnswer) and answer.detail.endswith(words) and "Global Reader" in answer.needs
    assert "eyJ" not in repr(answer)


@pytest.mark.parametrize(
    "link",
    [
        "https://graph.microsoft.com.evil.example/v1.0/organization",
        "https://graph.microsoft.com@evil.example/",
        "https://graph.microsoft.com:8443/v1.0/organization",
        "http://graph.microsoft.com/v1.0/organization",
        {"href": "/v1.0/organization"},
    ],
)
def test_a_next_page_elsewhere_makes_the_list_no_answer(
    said: responses.RequestsMock, wire: TenantWire, link: Json
) -> None:
    first = said.get(f"{GRAPH}/organization", json={"value": [{"id": "a"}], "@odata.nextLink": link})

    assert outcome(ask(wire, ORGANIZATION).answer) == "malformed not-json"
    assert first.call_count == 1


def packed(value: Json) -> bytes:
    return gzip.compress(json.dumps(value).encode())


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (packed({"value": [{"id": "a"}]}), "Objects"),
        (packed({"value": [{"id": "a"}]})[:-12], "malformed not-json"),
        (b'{"value": []}', "malformed not-http"),
        (gzip.compress(b" " * (65 << 20)), "malformed not-json"),
    ],
    ids=["whole", "cut off", "not packed", "too large unpacked"],
)
def test_what_comes_packed(said: responses.RequestsMock, wire: TenantWire, body: bytes, expected: str) -> None:
    said.get(f"{GRAPH}/organization", body=body, headers={"Content-Encoding": "gzip"})

    assert outcome(ask(wire, ORGANIZATION).answer) == expected


def test_a_page_for_people_is_no_answer(said: responses.RequestsMock, wire: TenantWire) -> None:
    said.get(f"{GRAPH}/organization", body="<html>sign in to the guest network</html>", content_type="text/html")

    assert outcome(ask(wire, ORGANIZATION).answer) == "malformed not-json"
