import pytest

from checker.model.answers import Objects
from checker.model.checks import ServerRole
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import Fact, NoAnswer
from checker.model.undecided import Unreadable
from checker.readings.subjects import (
    SIP_DOMAINS,
    all_servers,
    configured_servers,
    on_premises_sip_domains,
    sip_domains,
)
from checker.readings.topology import POOLS
from tests.judging import CONTOSO, DENIED, NOW, contoso, objects

EDGE, FRONT_END = frozenset({ServerRole.EDGE}), frozenset({ServerRole.FRONT_END})


def evidence(domains: Objects | NoAnswer = DENIED, pools: Objects | NoAnswer = DENIED) -> Evidence:
    answers = {SIP_DOMAINS: domains, POOLS: pools}
    return Evidence({probe: Fact(probe=probe, answer=answer, observed_at=NOW) for probe, answer in answers.items()})


def test_sip_domains_are_those_of_the_operator_then_those_of_the_topology() -> None:
    found = objects({"Name": "Fabrikam.com"}, {"Identity": "contoso.com"})
    assert sip_domains(CONTOSO, evidence(found)) == ("contoso.com", "fabrikam.com")
    assert on_premises_sip_domains(found) == ("fabrikam.com", "contoso.com")


def test_what_the_operator_named_is_enough_where_the_topology_is_silent() -> None:
    assert sip_domains(CONTOSO, evidence()) == ("contoso.com",)
    with pytest.raises(Unanswered):
        sip_domains(contoso(sip_domains=()), evidence())


def test_configured_edges_are_known_before_anything_is_asked() -> None:
    target = contoso(edges=("edge01.contoso.com",))
    assert [server.fqdn for server in configured_servers(target, EDGE)] == ["edge01.contoso.com"]
    assert configured_servers(target, FRONT_END) == ()


def test_only_the_topology_says_that_these_are_all() -> None:
    pools = objects(
        {"Fqdn": "fe.contoso.com", "Computers": ["fe01.contoso.com"], "Services": ["Registrar:fe"]},
        {"Fqdn": "edge.contoso.com", "Computers": ["edge01.contoso.com"], "Services": ["EdgeServer:edge"]},
    )
    assert [server.fqdn for server in all_servers(evidence(pools=pools), FRONT_END)] == ["fe01.contoso.com"]
    assert len(all_servers(evidence(pools=pools), EDGE | FRONT_END)) == 2
    with pytest.raises(Unanswered):
        all_servers(evidence(), EDGE)


@pytest.mark.parametrize("row", [{"Name": None}, {"Identity": "Office365"}, {"Identity": "CN=Anna,DC=contoso"}])
def test_what_is_no_domain_is_no_sip_domain(row: dict[str, object]) -> None:
    with pytest.raises(Unreadable):
        on_premises_sip_domains(Objects(rows=(row,)))
