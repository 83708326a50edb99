import pytest

from checker.checks.topology.federation_edge_present import CHECK
from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.readings.topology import EDGE_SERVICES
from tests.checks.topology.edges import NO_PORT, edge
from tests.judging import CONTOSO, DENIED, finding, judged, objects


@pytest.mark.parametrize(
    ("verdict", "services"),
    [
        ("pass", objects(edge("edge.contoso.com"))),
        ("pass", objects(edge("edge.contoso.com", "5061"), edge("edge2.contoso.com", None))),
        ("fail", objects()),  # none is not one
        ("fail", objects({"Identity": "Registrar:fe.contoso.com", "PoolFqdn": "fe.contoso.com"})),
        ("fail", objects(edge("edge.contoso.com", None))),
        ("fail", objects(edge("edge.contoso.com", 443))),
        ("unknown: malformed", objects(NO_PORT)),
        ("unknown: malformed", objects(edge("edge.contoso.com", "many"))),
        ("unknown: no-access", DENIED),
    ],
)
def test_one_pool_at_least_has_the_port_of_federation(verdict: str, services: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {EDGE_SERVICES: services}) == verdict


def test_it_claims_no_more_than_it_saw() -> None:
    found = finding(CHECK, CONTOSO, {EDGE_SERVICES: objects(edge("edge.contoso.com"))})
    assert found.verdict and found.verdict.observed == "the port is set on edge.contoso.com"
    found = finding(CHECK, CONTOSO, {EDGE_SERVICES: objects(edge("edge.contoso.com", None))})
    assert found.verdict and found.verdict.observed == "edge.contoso.com: not set"
