import pytest

from checker.checks.topology.edge_next_hop import CHECK
from checker.model.answers import Json, Objects
from checker.model.facts import NoAnswer
from checker.readings.topology import EDGE_SERVICES, POOLS
from tests.checks.topology.edges import edge
from tests.checks.topology.pools import pool_row
from tests.judging import CONTOSO, DENIED, finding, judged, objects

TOPOLOGY = objects(pool_row("fe.contoso.com", "fe01.contoso.com"), pool_row("dir.contoso.com", service="Director"))


def service(hop: Json, pool: str = "edge.contoso.com", port: Json = 5061) -> dict[str, Json]:
    return edge(pool, port) | {"Registrar": hop}


@pytest.mark.parametrize(
    ("verdict", "services"),
    [
        ("pass", objects(service("Registrar:fe.contoso.com"))),
        ("pass", objects(service("FE.contoso.com."))),
        ("pass", objects(service("Registrar:dir.contoso.com"))),
        ("fail", objects(service("Registrar:gone.contoso.com"))),
        ("fail", objects(service(None))),
        ("fail", objects(service("Registrar:fe.contoso.com"), service("", "edge2.contoso.com"))),
        ("pass", objects(service("Registrar:fe.contoso.com"), service(None, "edge2.contoso.com", None))),
        ("not-applicable", objects(service(None, port=443))),
        ("not-applicable", objects()),
        ("unknown: malformed", objects(edge("edge.contoso.com"))),
        ("unknown: no-access", objects(service("Registrar:fe.contoso.com"), complete=False)),
        ("unknown: no-access", DENIED),
    ],
)
def test_the_next_hop_is_a_pool_of_the_topology(verdict: str, services: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {EDGE_SERVICES: services, POOLS: TOPOLOGY}) == verdict


@pytest.mark.parametrize("pools", [DENIED, objects(pool_row("x.contoso.com"), complete=False)])
def test_pools_that_were_not_read_are_no_missing_pools(pools: Objects | NoAnswer) -> None:
    services = objects(service("Registrar:fe.contoso.com"))
    assert judged(CHECK, CONTOSO, {EDGE_SERVICES: services, POOLS: pools}) == "unknown: no-access"


def test_it_shows_the_hop() -> None:
    found = finding(CHECK, CONTOSO, {EDGE_SERVICES: objects(service("Registrar:gone.contoso.com")), POOLS: TOPOLOGY})
    assert found.verdict and found.verdict.observed == "edge.contoso.com: gone.contoso.com is no pool"
