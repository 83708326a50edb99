import pytest

from checker.checks.dns.edge_resolves_front_ends import CHECK
from checker.model.answers import AnyAnswer, DnsAnswer, Json, Objects
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, Vantage
from checker.readings.dns_records import address
from checker.readings.topology import EDGE_SERVICES, POOLS
from tests.judging import DENIED, NXDOMAIN, SILENT, contoso, finding, judged, objects, records

EDGE, POOL, ONE, TWO = "edge01.contoso.com", "fe.contoso.com", "fe01.contoso.com", "fe02.contoso.com"
POOLS_SEEN = objects(
    {"Fqdn": "edge.contoso.com", "Computers": [EDGE], "Services": ["EdgeServer:edge.contoso.com"]},
    {"Fqdn": POOL, "Computers": [ONE, TWO], "Services": ["Registrar:fe.contoso.com"]},
)


def service(**more: Json) -> Objects:
    row = {"PoolFqdn": "edge.contoso.com", "AccessEdgeExternalFqdn": "sip.contoso.com"}
    return objects({**row, "AccessEdgeExternalSipPort": 5061, **more})


def at(name: str, *addresses: str) -> dict[AnyProbe, AnyAnswer | NoAnswer]:
    return {address(Vantage.DNS_EDGE, name, EDGE): records(name, "A", *addresses)}


KNOWN: dict[AnyProbe, AnyAnswer | NoAnswer] = {
    POOLS: POOLS_SEEN,
    EDGE_SERVICES: service(Registrar="Registrar:FE.contoso.com"),
    **at(POOL, "10.0.0.11", "10.0.0.12"),
    **at(ONE, "10.0.0.11"),
    **at(TWO, "10.0.0.12"),
}
PUBLIC = "203.0.113.7"


@pytest.mark.parametrize(
    ("verdict", "seen"),
    [
        ("pass", records(TWO, "A", "192.168.7.1")),
        ("fail", NXDOMAIN),
        ("unknown: timed-out", SILENT),
        ("unknown: no-access", DENIED),
        ("unknown: malformed", records(TWO, "A", "nonsense")),
    ],
)
@pytest.mark.parametrize("name", [POOL, TWO])
def test_pool_and_computers_need_an_address(verdict: str, seen: DnsAnswer | NoAnswer, name: str) -> None:
    assert judged(CHECK, contoso(), {**KNOWN, address(Vantage.DNS_EDGE, name, EDGE): seen}) == verdict


@pytest.mark.parametrize(
    ("verdict", "inside"),
    [
        ("pass", records(TWO, "A", PUBLIC)),  # public addresses are used inside
        ("fail", records(TWO, "A", "10.0.0.12")),  # a wildcard record of the internet answered
        ("fail", NXDOMAIN),
        ("unknown: timed-out", SILENT),
    ],
)
def test_a_public_address_is_right_only_where_internal_dns_gives_it(verdict: str, inside: DnsAnswer | NoAnswer) -> None:
    assert judged(CHECK, contoso(), {**KNOWN, **at(TWO, PUBLIC), address(Vantage.DNS_INTERNAL, TWO): inside}) == verdict


def test_a_missing_address_is_not_hidden_by_silence() -> None:
    answers: dict[AnyProbe, AnyAnswer | NoAnswer] = {
        address(Vantage.DNS_EDGE, ONE, EDGE): NXDOMAIN,
        address(Vantage.DNS_EDGE, TWO, EDGE): SILENT,
    }
    found = finding(CHECK, contoso(), {**KNOWN, **answers})
    assert found.status.value == "fail"
    assert f"add {ONE} with" in found.remediation.run


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("not-applicable", service(Registrar=None)),
        ("unknown: malformed", service()),  # without the property nobody knows
        ("unknown: malformed", service(Registrar="Registrar:other.contoso.com")),
        ("unknown: malformed", objects()),
        ("unknown: no-access", DENIED),
    ],
)
def test_the_next_hop_comes_from_the_topology(verdict: str, answer: Objects | NoAnswer) -> None:
    assert judged(CHECK, contoso(), {**KNOWN, EDGE_SERVICES: answer}) == verdict


def test_a_configured_edge_is_found_in_the_topology() -> None:
    assert judged(CHECK, contoso(edges=(EDGE,)), KNOWN) == "pass"
