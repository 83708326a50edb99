import pytest

from checker.checks.network.edge_internal_5061 import CHECK
from checker.model.answers import AnyAnswer, Json, Objects
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, CmdletProbe, Vantage
from checker.readings.connections import connection
from checker.readings.topology import EDGE_SERVICES, POOLS
from tests.judging import DENIED, SILENT, contoso, finding, judged, objects

EDGE, ONE, TWO = "edge01.contoso.com", "fe01.contoso.com", "fe02.contoso.com"
SERVICE: dict[str, Json] = {
    "PoolFqdn": "edge.contoso.com",
    "AccessEdgeExternalFqdn": "sip.contoso.com",
    "AccessEdgeExternalSipPort": 5061,
}
TOPOLOGY: dict[AnyProbe, AnyAnswer | NoAnswer] = {
    POOLS: objects(
        {"Fqdn": "edge.contoso.com", "Computers": [EDGE], "Services": ["EdgeServer:edge.contoso.com"]},
        {"Fqdn": "fe.contoso.com", "Computers": [ONE, TWO], "Services": ["Registrar:fe.contoso.com"]},
        {"Fqdn": "other.contoso.com", "Computers": ["fe09.contoso.com"], "Services": ["Registrar:other.contoso.com"]},
    ),
    EDGE_SERVICES: objects({**SERVICE, "Registrar": "Registrar:fe.contoso.com"}),
}
OUT = {name: connection(Vantage.ONPREM, name, EDGE, 5061) for name in (ONE, TWO)}
IN = {name: connection(Vantage.EDGE, EDGE, name, 5061) for name in (ONE, TWO)}


def row(probe: CmdletProbe, succeeded: Json) -> Objects:
    asked = dict(probe.parameters)
    return objects(ComputerName=asked["ComputerName"], RemotePort=5061, TcpTestSucceeded=succeeded)


OPEN: dict[AnyProbe, AnyAnswer | NoAnswer] = {probe: row(probe, True) for probe in (*OUT.values(), *IN.values())}


def test_all_of_the_next_hop_pool_in_both_directions() -> None:
    found = finding(CHECK, contoso(), {**TOPOLOGY, **OPEN})
    assert found.status.value == "pass" and found.subject.name == EDGE
    assert found.verdict and "TCP only" in found.verdict.observed


@pytest.mark.parametrize("probe", OPEN)
@pytest.mark.parametrize(
    ("verdict", "succeeded"),
    [("pass", "True"), ("fail", False), ("unknown: malformed", None)],
)
def test_one_direction_of_one_server_is_enough_to_fail(probe: CmdletProbe, verdict: str, succeeded: Json) -> None:
    assert judged(CHECK, contoso(), {**TOPOLOGY, **OPEN, probe: row(probe, succeeded)}) == verdict


@pytest.mark.parametrize("probe", OPEN)
@pytest.mark.parametrize(("verdict", "none"), [("unknown: no-access", DENIED), ("unknown: timed-out", SILENT)])
def test_one_side_does_not_speak_for_the_other(probe: CmdletProbe, verdict: str, none: NoAnswer) -> None:
    assert judged(CHECK, contoso(), {**TOPOLOGY, **OPEN, probe: none}) == verdict


def test_what_failed_is_not_hidden_by_what_is_unseen_and_is_named_with_its_direction() -> None:
    shut = row(IN[TWO], False)
    found = finding(CHECK, contoso(), {**TOPOLOGY, **OPEN, OUT[ONE]: DENIED, IN[TWO]: shut})
    assert found.status.value == "fail"
    assert found.verdict and found.verdict.observed == f"TcpTestSucceeded False: {EDGE} to {TWO}:5061"


@pytest.mark.parametrize(
    ("verdict", "services"),
    [
        ("not-applicable", objects({**SERVICE, "Registrar": ""})),
        ("unknown: malformed", objects(SERVICE)),
        ("unknown: no-access", DENIED),
    ],
)
def test_without_a_next_hop_there_is_nobody_to_reach(verdict: str, services: Objects | NoAnswer) -> None:
    assert judged(CHECK, contoso(), {**TOPOLOGY, **OPEN, EDGE_SERVICES: services}) == verdict
