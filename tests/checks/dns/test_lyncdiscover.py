import json

import pytest

from checker.checks.dns.lyncdiscover import CHECK
from checker.model.answers import AnyAnswer, DnsAnswer, DnsRecord
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, DnsProbe, HttpProbe, Vantage
from checker.readings.dns_records import address
from tests.judging import CONTOSO, NXDOMAIN, SILENT, finding, http, judged, records

NAME = "lyncdiscover.contoso.com"
ASKED = address(Vantage.DNS_EXTERNAL, NAME)
RANDOM = address(Vantage.DNS_EXTERNAL, "csready-wildcard-probe.contoso.com")
SIX = DnsProbe(vantage=Vantage.DNS_EXTERNAL, name=NAME, record="AAAA")
HTTPS = HttpProbe(vantage=Vantage.HERE, url=f"https://{NAME}/")
HTTP = HttpProbe(vantage=Vantage.HERE, url=f"http://{NAME}/")
OWN = records(NAME, "A", "203.0.113.10")
CLOUD = DnsAnswer(
    rcode="NOERROR",
    records=(
        DnsRecord(NAME, "CNAME", 60, "webdir.online.lync.com."),
        DnsRecord("webdir.online.lync.com", "CNAME", 60, "webdir.example.net."),
        DnsRecord("webdir.example.net", "A", 60, "192.0.2.1"),
    ),
)


def links(host: str) -> str:
    return json.dumps({"_links": {"self": {"href": f"https://{host}/Autodiscover/AutodiscoverService.svc/root"}}})


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", OWN),
        ("fail", CLOUD),
        ("fail", records(NAME, "CNAME", "webdir.online.lync.com.")),
        ("warn", records(NAME, "CNAME", "gone.contoso.com.")),  # an alias that ends at no address
        ("warn", NXDOMAIN),
        ("unknown: timed-out", SILENT),
    ],
)
def test_the_record_decides(verdict: str, answer: DnsAnswer | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {ASKED: answer, SIX: records(NAME, "AAAA")}) == verdict


@pytest.mark.parametrize(
    ("verdict", "replies"),
    [
        ("pass", {HTTPS: http(200, links("lyncweb.contoso.com"))}),
        ("pass", {HTTPS: http(200, headers={"x-ms-server-fqdn": "fe01.contoso.com"})}),
        ("pass", {HTTPS: SILENT, HTTP: SILENT}),  # no reply changes nothing
        ("warn", {HTTPS: http(200, links("webdir.online.lync.com"))}),
        ("warn", {HTTPS: http(200, links("webdir.online.lync.com").replace("/", r"\/"))}),
        ("warn", {HTTPS: http(404, "<html>parked</html>")}),
        ("warn", {HTTPS: http(0, tls_error="wrong name"), HTTP: http(200, "<html>parked</html>")}),
        ("pass", {HTTPS: http(0, tls_error="wrong name"), HTTP: http(200, links("lyncweb.contoso.com"))}),
    ],
)
def test_another_reply_is_a_warning(verdict: str, replies: dict[AnyProbe, AnyAnswer | NoAnswer]) -> None:
    assert judged(CHECK, CONTOSO, {ASKED: OWN, **replies}) == verdict


@pytest.mark.parametrize(
    ("is_wildcard", "random"),
    [(True, records("x", "A", "203.0.113.10")), (False, records("x", "A", "203.0.113.99")), (False, NXDOMAIN)],
)
def test_a_wildcard_counts_and_is_called_one(is_wildcard: bool, random: DnsAnswer) -> None:
    found = finding(CHECK, CONTOSO, {ASKED: OWN, RANDOM: random})
    assert found.status.value == "pass"
    assert found.verdict and ("by a wildcard record" in found.verdict.observed) is is_wildcard
