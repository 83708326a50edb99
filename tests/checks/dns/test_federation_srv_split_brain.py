import pytest

from checker.checks.dns.federation_srv_split_brain import CHECK
from checker.model.answers import AnyAnswer, DnsAnswer
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, Vantage
from checker.readings.dns_records import address, federation_srv, srv
from checker.readings.topology import POOLS
from tests.judging import CONTOSO, DENIED, NXDOMAIN, SILENT, contoso, finding, judged, objects, records

NAME = "_sipfederationtls._tcp.contoso.com"
PUBLIC = records(NAME, "SRV", "0 0 5061 sip.contoso.com.")
ONE, TWO = "edge01.contoso.com", "edge02.contoso.com"
EDGES = objects({"Fqdn": "edge.contoso.com", "Computers": [ONE, TWO], "Services": ["EdgeServer:edge.contoso.com"]})


def seen_by(edge: str, answer: DnsAnswer | NoAnswer, *addresses: str) -> dict[AnyProbe, AnyAnswer | NoAnswer]:
    host = records("sip.contoso.com", "A", *addresses) if addresses else NXDOMAIN
    return {srv(Vantage.DNS_EDGE, NAME, edge): answer, address(Vantage.DNS_EDGE, "sip.contoso.com", edge): host}


SAME = seen_by(ONE, PUBLIC, "203.0.113.9")


@pytest.mark.parametrize(
    ("verdict", "second"),
    [
        (
            "pass",
            seen_by(TWO, records(NAME, "SRV", "10 5 5061 SIP.contoso.com."), "10.0.0.9"),
        ),  # the address may differ
        ("fail", seen_by(TWO, NXDOMAIN)),  # a zone that is hosted inside, without the record
        ("fail", seen_by(TWO, records(NAME, "SRV", "0 0 5061 edge.contoso.com."), "203.0.113.9")),
        ("fail", seen_by(TWO, records(NAME, "SRV", "0 0 443 sip.contoso.com."), "203.0.113.9")),
        ("fail", seen_by(TWO, PUBLIC)),  # the record without its target's address
        ("unknown: malformed", seen_by(TWO, records(NAME, "SRV", "nonsense"))),
        ("unknown: timed-out", seen_by(TWO, SILENT)),
    ],
)
def test_each_edge_sees_what_is_public(verdict: str, second: dict[AnyProbe, AnyAnswer | NoAnswer]) -> None:
    assert judged(CHECK, CONTOSO, {POOLS: EDGES, federation_srv("contoso.com"): PUBLIC, **SAME, **second}) == verdict


def test_a_difference_that_was_seen_is_not_hidden_by_an_edge_that_is_silent() -> None:
    answers = {**seen_by(ONE, NXDOMAIN), **seen_by(TWO, SILENT), federation_srv("contoso.com"): PUBLIC, POOLS: EDGES}
    assert judged(CHECK, CONTOSO, answers) == "fail"


@pytest.mark.parametrize(
    ("verdict", "public"), [("not-applicable", NXDOMAIN), ("unknown: timed-out", SILENT), ("pass", PUBLIC)]
)
def test_public_dns_is_the_measure(verdict: str, public: DnsAnswer | NoAnswer) -> None:
    answers = {POOLS: objects(), federation_srv("contoso.com"): public, **SAME}
    assert judged(CHECK, contoso(edges=(ONE,)), answers) == verdict


def test_configured_edges_may_not_be_all() -> None:
    answers = {POOLS: DENIED, federation_srv("contoso.com"): PUBLIC, **SAME}
    assert judged(CHECK, contoso(edges=(ONE,)), answers) == "unknown: no-access"


def test_without_a_topology_a_difference_in_the_one_view_there_is_stands() -> None:
    answers = {POOLS: DENIED, federation_srv("contoso.com"): PUBLIC, **seen_by("", NXDOMAIN)}
    found = finding(CHECK, CONTOSO, answers)
    assert found.status.value == "fail"
    assert found.verdict and found.verdict.observed == "Edge: SRV no record (NXDOMAIN) (says 8.8.8.8)"
    assert "_sipfederationtls._tcp.contoso.com. SRV 0 0 5061 sip.contoso.com., and an A" in found.remediation.run


def test_a_topology_without_an_edge_is_another_checks_matter() -> None:
    assert judged(CHECK, CONTOSO, {POOLS: objects(), federation_srv("contoso.com"): PUBLIC}) == "not-applicable"
