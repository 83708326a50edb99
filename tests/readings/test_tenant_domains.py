import pytest

from checker.model.answers import Json, Objects
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import Fact, NoAnswer
from checker.model.probes import AnyProbe
from checker.model.undecided import Undecided
from checker.readings.tenant import TENANT
from checker.readings.tenant_domains import GRAPH_DOMAINS, verified_domains
from tests.judging import DENIED, NOW, objects

ORIGINAL = {"Name": "contoso.onmicrosoft.com"}


def read(tenant: Objects | NoAnswer, graph: Objects | NoAnswer = DENIED) -> frozenset[str]:
    told: list[tuple[AnyProbe, Objects | NoAnswer]] = [(TENANT, tenant), (GRAPH_DOMAINS, graph)]
    return verified_domains(Evidence({p: Fact(probe=p, answer=answer, observed_at=NOW) for p, answer in told}))


@pytest.mark.parametrize(
    "listed",
    [
        [{"Name": "Contoso.com", "Status": "Enabled"}, ORIGINAL],
        ["contoso.com", "contoso.onmicrosoft.com"],
        ["@{Capabilities=None; Name=contoso.com; Status=Enabled}", "@{Name=contoso.onmicrosoft.com}"],
    ],
)
def test_a_verified_domain_is_read_in_each_form_it_arrives_in(listed: list[Json]) -> None:
    assert read(objects(VerifiedDomains=listed)) == {"contoso.com", "contoso.onmicrosoft.com"}


@pytest.mark.parametrize(
    "listed",
    [
        None,  # every tenant has one
        [],
        ["Microsoft.Rtc.Management.ADConnect.Schema.VerifiedDomain"],  # what ConvertTo-Json leaves below its depth
        ["System.Object"],
        [{"Capabilities": "Email"}],
        ["contoso"],
    ],
)
def test_a_list_that_shows_no_domain_says_nothing(listed: list[Json] | None) -> None:
    with pytest.raises(Undecided):
        read(objects(VerifiedDomains=listed))


def test_of_graph_only_what_was_verified_counts() -> None:
    graph = objects(
        {"id": "contoso.com", "isVerified": "True"},
        {"id": "fabrikam.com", "isVerified": False},
    )
    assert read(DENIED, graph) == {"contoso.com"}
    assert read(objects(TenantId="x"), graph) == {"contoso.com"}


def test_a_part_of_the_domains_denies_none() -> None:
    with pytest.raises(Undecided, match="in part"):
        read(DENIED, objects({"id": "contoso.com", "isVerified": True}, complete=False))


def test_without_either_list_both_are_named() -> None:
    with pytest.raises(Unanswered) as unanswered:
        read(DENIED)
    assert [probe.id for probe, _ in unanswered.value.missing] == ["tenant/Get-CsTenant", "tenant/Get-MgDomain"]
