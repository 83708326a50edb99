import pytest

from checker.checks.dns.edge_resolves_cloud import CHECK
from checker.model.answers import AnyAnswer, DnsAnswer
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, DnsProbe, Vantage
from checker.readings.dns_records import address
from checker.readings.topology import POOLS
from tests.judging import DENIED, NXDOMAIN, SILENT, contoso, finding, findings, judged, objects, records, word

ONE, TWO, SIPFED = "edge01.contoso.com", "edge02.contoso.com", "sipfed.online.lync.com"
EDGES = objects({"Fqdn": "edge.contoso.com", "Computers": [ONE, TWO], "Services": ["EdgeServer:edge.contoso.com"]})
FOUND = records(SIPFED, "A", "52.112.127.17")
SIX = DnsProbe(vantage=Vantage.DNS_EDGE, host=ONE, name=SIPFED, record="AAAA")


@pytest.mark.parametrize(
    ("verdict", "four", "six"),
    [
        ("pass", FOUND, SILENT),
        ("pass", records(SIPFED, "A"), records(SIPFED, "AAAA", "2603:1063::1")),
        ("fail", NXDOMAIN, SILENT),
        ("fail", records(SIPFED, "A"), records(SIPFED, "AAAA")),
        ("fail", records(SIPFED, "CNAME", "sipfed.tm.lync.com."), NXDOMAIN),  # an alias that ends at no address
        ("unknown: timed-out", SILENT, SILENT),
        ("unknown: no-access", DENIED, DENIED),
    ],
)
def test_an_address_is_needed(verdict: str, four: DnsAnswer | NoAnswer, six: DnsAnswer | NoAnswer) -> None:
    known: dict[AnyProbe, AnyAnswer | NoAnswer] = {
        POOLS: objects(),
        address(Vantage.DNS_EDGE, SIPFED, ONE): four,
        SIX: six,
    }
    assert judged(CHECK, contoso(edges=(ONE,)), known) == verdict


def test_each_edge_speaks_for_itself_and_no_other_resolver_does() -> None:
    known: dict[AnyProbe, AnyAnswer | NoAnswer] = {
        POOLS: EDGES,
        address(Vantage.DNS_EDGE, SIPFED, ONE): FOUND,
        address(Vantage.DNS_EXTERNAL, SIPFED): FOUND,
    }
    words = {name: word(found) for name, found in findings(CHECK, contoso(), known).items()}
    assert words == {ONE: "pass", TWO: "unknown: not-asked"}


def test_what_is_asked_is_the_target_of_the_move() -> None:
    other = "sipfed.online.gov.skypeforbusiness.us"
    known: dict[AnyProbe, AnyAnswer | NoAnswer] = {
        POOLS: objects(),
        address(Vantage.DNS_EDGE, other, ONE): records(other, "A", "52.127.88.1"),
    }
    found = finding(CHECK, contoso(edges=(ONE,), proxy_fqdn=other), known)
    assert found.verdict and found.verdict.observed == f"{other} -> 52.127.88.1 (says 8.8.8.8)"
