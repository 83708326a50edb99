import pytest

from checker.checks.dns.internal_discovery_records import CHECK
from checker.model.answers import AnyAnswer, DnsAnswer
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, DnsProbe, Vantage
from checker.readings.dns_records import address, srv
from tests.judging import CONTOSO, NXDOMAIN, SILENT, finding, judged, records

DISCOVER, TLS, TCP = (
    f"{name}.contoso.com" for name in ("lyncdiscoverinternal", "_sipinternaltls._tcp", "_sipinternal._tcp")
)
INSIDE, OUTSIDE = Vantage.DNS_INTERNAL, Vantage.DNS_EXTERNAL
SOUND: dict[AnyProbe, AnyAnswer | NoAnswer] = {
    address(INSIDE, DISCOVER): records(DISCOVER, "A", "10.0.0.11"),
    srv(INSIDE, TLS): records(TLS, "SRV", "0 0 5061 fe.contoso.com."),
    srv(INSIDE, TCP): NXDOMAIN,
    address(OUTSIDE, DISCOVER): NXDOMAIN,
    srv(OUTSIDE, TLS): NXDOMAIN,
    srv(OUTSIDE, TCP): NXDOMAIN,
}


@pytest.mark.parametrize(
    ("verdict", "probe", "answer"),
    [
        ("pass", srv(INSIDE, TLS), NXDOMAIN),  # only old clients and desk phones need it
        ("pass", srv(INSIDE, TCP), records(TCP, "SRV", "0 0 5060 fe.contoso.com.")),
        ("pass", srv(OUTSIDE, TLS), records(TLS, "SRV", "0 0 0 .")),  # not offered
        ("warn", address(INSIDE, DISCOVER), NXDOMAIN),
        ("warn", srv(INSIDE, TLS), records(TLS, "SRV", "0 0 443 fe.contoso.com.")),
        ("warn", srv(INSIDE, TLS), records(TLS, "SRV", "0 0 5061 sipdir.online.lync.com.")),
        ("warn", srv(INSIDE, TCP), records(TCP, "SRV", "0 0 5061 sipdir.online.lync.com.")),
        ("warn", address(OUTSIDE, DISCOVER), records(DISCOVER, "A", "203.0.113.4")),
        ("warn", srv(OUTSIDE, TLS), records(TLS, "SRV", "0 0 5061 fe.contoso.com.")),
        ("warn", srv(OUTSIDE, TCP), records(TCP, "SRV", "9 0 5060 fe.contoso.com.")),
        ("unknown: timed-out", address(INSIDE, DISCOVER), SILENT),
        ("unknown: timed-out", srv(OUTSIDE, TCP), SILENT),
        ("unknown: malformed", srv(INSIDE, TLS), records(TLS, "SRV", "nonsense")),
    ],
)
def test_each_record_is_judged_where_it_is_seen(verdict: str, probe: DnsProbe, answer: DnsAnswer | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {**SOUND, probe: answer}) == verdict


def test_a_name_inside_that_leads_to_the_cloud_is_seen_by_its_alias() -> None:
    answer = records(DISCOVER, "CNAME", "webdir.online.lync.com.")
    six = DnsProbe(vantage=INSIDE, name=DISCOVER, record="AAAA")
    assert judged(CHECK, CONTOSO, {**SOUND, address(INSIDE, DISCOVER): answer, six: answer}) == "warn"


def test_a_wildcard_record_exposes_the_name_and_is_called_one() -> None:
    other = "csready-wildcard-probe.contoso.com"
    wildcard: dict[AnyProbe, AnyAnswer | NoAnswer] = {
        address(OUTSIDE, DISCOVER): records(DISCOVER, "A", "203.0.113.4"),
        address(OUTSIDE, other): records(other, "A", "203.0.113.4"),
    }
    found = finding(CHECK, CONTOSO, {**SOUND, **wildcard})
    assert found.status.value == "warn"
    assert found.verdict and "203.0.113.4 (says 8.8.8.8), by a wildcard record" in found.verdict.observed


def test_what_is_public_is_not_hidden_by_a_silent_resolver_inside() -> None:
    public = records(TLS, "SRV", "0 0 5061 fe.contoso.com.")
    inside = (address(INSIDE, DISCOVER), srv(INSIDE, TLS), srv(INSIDE, TCP))
    silent: dict[AnyProbe, AnyAnswer | NoAnswer] = dict.fromkeys(inside, SILENT)
    assert judged(CHECK, CONTOSO, {**SOUND, **silent, srv(OUTSIDE, TLS): public}) == "warn"
