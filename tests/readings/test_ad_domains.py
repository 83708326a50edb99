import pytest

from checker.model.evidence import Evidence
from checker.model.facts import Fact
from checker.model.undecided import Unreadable
from checker.readings.ad_domains import server_domains, user_domain
from checker.readings.topology import POOLS
from tests.checks.topology.pools import pool_row
from tests.judging import NOW, objects


@pytest.mark.parametrize(
    ("dn", "domain"),
    [
        ("CN=Anna,OU=Staff,DC=Corp,DC=contoso,DC=com", "corp.contoso.com"),
        ("cn=anna, dc=contoso, dc=com", "contoso.com"),
        (r"CN=A\,DC=x,OU=Staff,DC=contoso,DC=com", "contoso.com"),
        (r"CN=A\,DC=x,DC=contoso,DC=com", "contoso.com"),
        ("CN=Anna,DC=odd,OU=Staff,DC=contoso,DC=com", "contoso.com"),
        ("DC=contoso,DC=com", "contoso.com"),
        ("CN=Anna", ""),
        ("contoso.com/Staff/Anna", ""),
        ("", ""),
    ],
)
def test_the_domain_is_what_a_dn_ends_in(dn: str, domain: str) -> None:
    assert user_domain(dn) == domain


def evidence(*pools: dict[str, object]) -> Evidence:
    return Evidence({POOLS: Fact(probe=POOLS, answer=objects(*pools), observed_at=NOW)})


def test_servers_are_in_the_domains_of_their_names_and_edges_do_not_count() -> None:
    edge = pool_row("edge.dmz.test", "edge01.dmz.test", service="EdgeServer")
    pools = pool_row("fe.contoso.com", "fe01.contoso.com"), pool_row("b.contoso.com", "fe02.corp.contoso.com")
    assert server_domains(evidence(*pools, edge)) == {"contoso.com", "corp.contoso.com"}
    with pytest.raises(Unreadable):
        server_domains(evidence(edge))
    with pytest.raises(Unreadable):
        server_domains(evidence(pool_row("fe", "fe01")))
