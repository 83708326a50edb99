import pytest

from checker.checks.topology.single_federation_edge import CHECK
from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.model.target import Runbook
from checker.readings.topology import EDGE_SERVICES
from tests.checks.topology.edges import NO_PORT, edge
from tests.judging import CONTOSO, DENIED, contoso, judged, objects

ONE, TWO = edge("edge.contoso.com"), edge("edge2.contoso.com")


@pytest.mark.parametrize(
    ("verdict", "services"),
    [
        ("pass", objects(ONE)),
        ("pass", objects(ONE, edge("EDGE.contoso.com"))),  # pools are counted, not servers
        ("pass", objects(ONE, edge("edge2.contoso.com", None))),
        ("fail", objects(ONE, TWO)),
        ("not-applicable", objects()),
        ("unknown: malformed", objects(ONE, NO_PORT)),
        ("unknown: no-access", objects(ONE, complete=False)),  # the second could be in the rest
        ("unknown: no-access", DENIED),
    ],
)
def test_a_second_federated_pool_stops_the_move(verdict: str, services: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {EDGE_SERVICES: services}) == verdict


@pytest.mark.parametrize(("verdict", "proxy_pool"), [("warn", "fe.contoso.com"), ("fail", ""), ("fail", None)])
def test_proxy_pool_in_the_runbook_softens_it(verdict: str, proxy_pool: str | None) -> None:
    target = contoso(runbook=Runbook(proxy_pool=proxy_pool))
    assert judged(CHECK, target, {EDGE_SERVICES: objects(ONE, TWO)}) == verdict
