import pytest

from checker.checks.certificate.edge_same_on_all import CHECK
from checker.model.answers import AnyAnswer, Objects
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, Vantage
from checker.readings.certificates import assigned_certificates
from checker.readings.topology import EDGE_SERVICES, POOLS
from tests.checks.certificate.edges import EDGE, ONE, OTHER, SERVICE, TWO, certificate, pool, without
from tests.checks.topology.edges import edge as service
from tests.judging import CONTOSO, DENIED, finding, judged, objects

FIRST, SECOND = objects(certificate()), objects(certificate(Thumbprint=TWO))


def known(first: Objects | NoAnswer, second: Objects | NoAnswer) -> dict[AnyProbe, AnyAnswer | NoAnswer]:
    return {
        POOLS: objects(pool(EDGE, OTHER)),
        EDGE_SERVICES: objects(SERVICE),
        assigned_certificates(Vantage.EDGE, EDGE): first,
        assigned_certificates(Vantage.EDGE, OTHER): second,
    }


@pytest.mark.parametrize(
    ("verdict", "first", "second"),
    [
        ("pass", FIRST, FIRST),
        ("pass", FIRST, objects(certificate(Thumbprint=ONE.lower()))),
        ("fail", FIRST, SECOND),
        ("fail", FIRST, objects()),
        ("unknown: no-access", FIRST, DENIED),  # one of two is not all
        ("unknown: no-access", DENIED, DENIED),
        ("unknown: malformed", FIRST, objects(without("Thumbprint"))),
        ("unknown: malformed", FIRST, objects(certificate(Thumbprint="[a byte array]"))),
    ],
)
def test_both_edges_show_one_thumbprint(verdict: str, first: Objects | NoAnswer, second: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, known(first, second)) == verdict


def test_a_difference_among_those_that_answered_is_enough() -> None:
    third = "edge03.contoso.com"
    answers = known(FIRST, SECOND) | {POOLS: objects(pool(EDGE, OTHER, third))}
    assert judged(CHECK, CONTOSO, answers | {assigned_certificates(Vantage.EDGE, third): DENIED}) == "fail"


def test_a_pool_without_federation_is_left_out() -> None:
    elsewhere = {**pool(OTHER), "Fqdn": "edge2.contoso.com"}
    answers = known(FIRST, SECOND) | {POOLS: objects(pool(EDGE), elsewhere)}
    answers[EDGE_SERVICES] = objects(SERVICE, service("edge2.contoso.com", None))
    assert judged(CHECK, CONTOSO, answers) == "pass"
    answers[EDGE_SERVICES] = objects(SERVICE, service("edge2.contoso.com"))
    assert judged(CHECK, CONTOSO, answers) == "pass"  # each pool has its own
    answers[EDGE_SERVICES] = objects(service("edge.contoso.com", None))
    assert judged(CHECK, CONTOSO, answers) == "not-applicable"


@pytest.mark.parametrize(("verdict", "pools"), [("unknown: malformed", objects()), ("unknown: no-access", DENIED)])
def test_edges_that_the_topology_does_not_name_are_unknown(verdict: str, pools: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, known(FIRST, FIRST) | {POOLS: pools}) == verdict


def test_it_shows_who_has_which() -> None:
    found = finding(CHECK, CONTOSO, known(FIRST, SECOND))
    assert found.verdict and found.verdict.observed == f"{EDGE}: {ONE}, {OTHER}: {TWO}"
