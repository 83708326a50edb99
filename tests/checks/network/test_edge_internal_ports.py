import pytest

from checker.checks.network.edge_internal_ports import CHECK
from checker.model.answers import AnyAnswer, Json, Objects
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, Vantage
from checker.readings.connections import connection
from checker.readings.topology import EDGE_SERVICES, POOLS
from tests.judging import DENIED, SILENT, contoso, finding, judged, objects

EDGE, ONE, TWO = "edge01.contoso.com", "fe01.contoso.com", "fe02.contoso.com"
SERVICE: dict[str, Json] = {
    "PoolFqdn": "edge.contoso.com",
    "AccessEdgeExternalFqdn": "sip.contoso.com",
    "AccessEdgeExternalSipPort": 5061,
    "Registrar": "Registrar:fe.contoso.com",
}
TOPOLOGY: dict[AnyProbe, AnyAnswer | NoAnswer] = {
    POOLS: objects(
        {"Fqdn": "edge.contoso.com", "Computers": [EDGE], "Services": ["EdgeServer:edge.contoso.com"]},
        {"Fqdn": "fe.contoso.com", "Computers": [ONE, TWO], "Services": ["Registrar:fe.contoso.com"]},
    ),
    EDGE_SERVICES: objects(SERVICE),
}


def tried(port: int, succeeded: Json, *hosts: str) -> dict[AnyProbe, AnyAnswer | NoAnswer]:
    answer = objects(ComputerName=EDGE, RemotePort=port, TcpTestSucceeded=succeeded)
    return {connection(Vantage.ONPREM, host, EDGE, port): answer for host in hosts or (ONE, TWO)}


def unseen(port: int, none: NoAnswer, *hosts: str) -> dict[AnyProbe, AnyAnswer | NoAnswer]:
    return {connection(Vantage.ONPREM, host, EDGE, port): none for host in hosts or (ONE, TWO)}


OPEN = {**TOPOLOGY, **tried(443, True), **tried(5062, True), **tried(8057, True), **tried(4443, True)}


@pytest.mark.parametrize(
    ("verdict", "answers"),
    [
        ("pass", {}),  # nobody looked at the ports of logging
        ("fail", tried(5062, False, TWO)),
        ("fail", {**tried(8057, False, ONE), **unseen(443, DENIED)}),
        ("unknown: no-access", unseen(443, DENIED, TWO)),
        ("unknown: malformed", tried(443, None, TWO)),
        ("pass", tried(4443, False, ONE)),  # the other one holds the Central Management Store
        ("pass", unseen(4443, SILENT, ONE)),
        ("unknown: no-access", tried(4443, False)),  # it may be in a pool that was not asked
        ("unknown: timed-out", {**tried(4443, False, ONE), **unseen(4443, SILENT, TWO)}),
        ("pass", tried(50002, True)),
        ("warn", tried(50002, False, TWO)),
        ("fail", {**tried(50002, False), **tried(443, False)}),
    ],
)
def test_each_port_from_whom_it_is_needed(verdict: str, answers: dict[AnyProbe, AnyAnswer | NoAnswer]) -> None:
    assert judged(CHECK, contoso(), {**OPEN, **answers}) == verdict


def test_the_store_may_be_in_another_pool_than_the_next_hop() -> None:
    central = {"Fqdn": "cms.contoso.com", "Computers": ["cms01.contoso.com"], "Services": ["Registrar:cms.contoso.com"]}
    pools = TOPOLOGY[POOLS]
    assert isinstance(pools, Objects)
    two_pools = {**OPEN, **tried(4443, False), POOLS: objects(*pools.rows, central)}
    assert judged(CHECK, contoso(), {**two_pools, **tried(4443, True, "cms01.contoso.com")}) == "pass"
    assert judged(CHECK, contoso(), {**two_pools, **unseen(4443, DENIED, "cms01.contoso.com")}) == "unknown: no-access"


def test_a_finding_says_what_does_not_reach_what() -> None:
    found = finding(CHECK, contoso(), {**OPEN, **tried(5062, False, TWO)})
    assert found.verdict and found.verdict.observed == f"TcpTestSucceeded False: {TWO} to {EDGE}:5062"
    assert f"-ComputerName '{EDGE}'" in found.remediation.verify


@pytest.mark.parametrize(
    ("verdict", "services"),
    [
        ("not-applicable", objects({**SERVICE, "Registrar": None})),
        ("unknown: malformed", objects()),
        ("unknown: no-access", DENIED),
    ],
)
def test_without_a_next_hop_there_is_nobody_to_ask(verdict: str, services: Objects | NoAnswer) -> None:
    assert judged(CHECK, contoso(), {**OPEN, EDGE_SERVICES: services}) == verdict
