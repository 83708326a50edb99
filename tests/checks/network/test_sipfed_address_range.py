import pytest

from checker.checks.network.sipfed_address_range import CHECK
from checker.model.answers import AnyAnswer, DnsAnswer, Objects
from checker.model.axes import Cloud
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, Vantage
from checker.readings.dns_records import address
from checker.readings.topology import POOLS
from tests.judging import CONTOSO, DENIED, NXDOMAIN, SILENT, contoso, finding, judged, objects, records

EDGE, SIPFED = "edge01.contoso.com", "sipfed.online.lync.com"
EDGES = objects({"Fqdn": "edge.contoso.com", "Computers": [EDGE], "Services": ["EdgeServer:edge.contoso.com"]})
WITHIN, STRANGE = records(SIPFED, "A", "52.112.127.17"), records(SIPFED, "A", "10.0.0.5")


def known(
    public: DnsAnswer | NoAnswer, edge: DnsAnswer | NoAnswer, pools: Objects | NoAnswer = EDGES
) -> dict[AnyProbe, AnyAnswer | NoAnswer]:
    at_edge = address(Vantage.DNS_EDGE, SIPFED, EDGE)
    return {POOLS: pools, address(Vantage.DNS_EXTERNAL, SIPFED): public, at_edge: edge}


@pytest.mark.parametrize(
    ("verdict", "public", "edge"),
    [
        ("pass", WITHIN, WITHIN),
        ("pass", WITHIN, NXDOMAIN),  # dns.edge-resolves-cloud says it
        ("warn", WITHIN, STRANGE),
        ("warn", STRANGE, WITHIN),
        ("warn", SILENT, STRANGE),
        ("warn", WITHIN, records(SIPFED, "A", "52.112.127.17", "52.128.0.1")),  # one past 52.120.0.0/14 and its like
        ("pass", WITHIN, records(SIPFED, "A", "52.115.255.255", "13.107.64.1", "52.123.0.1")),
        ("not-applicable", NXDOMAIN, NXDOMAIN),
        ("unknown: timed-out", WITHIN, SILENT),
        ("unknown: no-access", DENIED, WITHIN),
        ("unknown: malformed", WITHIN, records(SIPFED, "A", "nonsense")),
    ],
)
def test_every_view_leads_into_the_published_ranges(
    verdict: str, public: DnsAnswer | NoAnswer, edge: DnsAnswer | NoAnswer
) -> None:
    assert judged(CHECK, CONTOSO, known(public, edge)) == verdict


@pytest.mark.parametrize(("verdict", "pools"), [("pass", objects()), ("unknown: no-access", DENIED)])
def test_there_may_be_edges_that_nobody_knows_of(verdict: str, pools: Objects | NoAnswer) -> None:
    assert judged(CHECK, contoso(edges=(EDGE,)), known(WITHIN, WITHIN, pools)) == verdict


@pytest.mark.parametrize(
    ("verdict", "cloud", "found"),
    [
        ("pass", Cloud.CHINA, "42.159.34.9"),
        ("pass", Cloud.CHINA, "42.159.162.254"),
        ("warn", Cloud.CHINA, "52.112.0.1"),
        ("pass", Cloud.GCC, "52.112.0.1"),
        ("pass", Cloud.GCC_HIGH, "104.212.47.255"),
        ("warn", Cloud.GCC_HIGH, "52.112.0.1"),
        ("not-applicable", Cloud.DOD, "52.112.0.1"),
    ],
)
def test_each_cloud_has_its_ranges(verdict: str, cloud: Cloud, found: str) -> None:
    seen = records(SIPFED, "A", found)
    assert judged(CHECK, contoso(cloud=cloud), known(seen, seen)) == verdict


def test_the_strange_view_is_named() -> None:
    found = finding(CHECK, CONTOSO, known(WITHIN, STRANGE))
    assert found.verdict and found.verdict.observed == f"dns-edge--{EDGE}: {SIPFED} -> 10.0.0.5 (says 8.8.8.8)"
