import pytest

from checker.checks.dns.sip_host import CHECK
from checker.model.answers import DnsAnswer, DnsRecord
from checker.model.facts import NoAnswer
from checker.model.probes import DnsProbe, Vantage
from checker.readings.dns_records import address
from tests.judging import CONTOSO, NXDOMAIN, SILENT, finding, judged, records

NAME = "sip.contoso.com"
OUTSIDE, INSIDE = address(Vantage.DNS_EXTERNAL, NAME), address(Vantage.DNS_INTERNAL, NAME)

SIX = DnsProbe(vantage=Vantage.DNS_EXTERNAL, name=NAME, record="AAAA")


def alias(*targets: str, to: str = "203.0.113.9") -> DnsAnswer:
    chain = tuple(
        DnsRecord(owner, "CNAME", 60, target) for owner, target in zip((NAME, *targets), targets, strict=False)
    )
    return DnsAnswer(rcode="NOERROR", records=(*chain, DnsRecord(targets[-1], "A", 60, to)), server="8.8.8.8")


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", records(NAME, "A", "203.0.113.9")),
        ("pass", alias("edge.contoso.com.")),
        ("fail", alias("sipdir.online.lync.com.")),
        ("fail", alias("sipdir.online.lync.com.", "sipdir.online.lync.com.trafficmanager.example.")),
        ("fail", alias("x.contoso.com.", "SIPDIR.online.partner.lync.cn.")),
        ("warn", NXDOMAIN),
        ("warn", records(NAME, "CNAME", "gone.contoso.com.")),  # an alias that ends at no address
        ("fail", records(NAME, "CNAME", "sipdir.online.lync.com.")),
        ("unknown: timed-out", SILENT),
    ],
)
def test_the_public_name_stays_away_from_the_cloud(verdict: str, answer: DnsAnswer | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {OUTSIDE: answer, SIX: records(NAME, "AAAA"), INSIDE: NXDOMAIN}) == verdict


def test_the_internal_view_is_shown_and_not_judged() -> None:
    public = records(NAME, "A", "203.0.113.9")
    found = finding(CHECK, CONTOSO, {OUTSIDE: public, INSIDE: alias("sipdir.online.lync.com.")})
    assert found.status.value == "pass"
    assert found.verdict and "internal DNS: sip.contoso.com -> sipdir.online.lync.com" in found.verdict.observed
    unseen = finding(CHECK, CONTOSO, {OUTSIDE: public, INSIDE: SILENT})
    assert unseen.status.value == "pass"
    assert unseen.verdict and "internal DNS: not seen" in unseen.verdict.observed
