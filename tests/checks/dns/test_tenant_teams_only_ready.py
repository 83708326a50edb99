import pytest

from checker.checks.dns.tenant_teams_only_ready import CHECK
from checker.model.answers import AnyAnswer, DnsAnswer, DnsRecord, Objects
from checker.model.axes import Phase
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, DnsProbe, Vantage
from checker.readings.dns_records import address
from checker.readings.online_sip_domains import ONLINE_SIP_DOMAINS
from checker.readings.public_records import public_records
from tests.judging import DENIED, NXDOMAIN, SILENT, contoso, finding, judged, objects, records

CUTOVER = contoso(phase=Phase.CUTOVER)
FEDERATION, CLIENT, SIP, DISCOVER = public_records("contoso.com")
NOTHING: dict[AnyProbe, AnyAnswer | NoAnswer] = {
    **dict.fromkeys((FEDERATION, CLIENT, SIP, DISCOVER), NXDOMAIN),
    ONLINE_SIP_DOMAINS: objects(Name="Contoso.com", Status="Enabled"),
}
TO_CLOUD = DnsAnswer(
    rcode="NOERROR",
    records=(
        DnsRecord(DISCOVER.name, "CNAME", 60, "webdir.online.lync.com."),
        DnsRecord("webdir.online.lync.com", "A", 60, "52.112.0.1"),
    ),
)
ON_PREMISES = records(DISCOVER.name, "A", "203.0.113.10")


@pytest.mark.parametrize(
    ("verdict", "probe", "answer"),
    [
        ("pass", DISCOVER, NXDOMAIN),
        ("pass", DISCOVER, TO_CLOUD),
        ("warn", DISCOVER, ON_PREMISES),
        ("warn", SIP, records(SIP.name, "A", "203.0.113.9")),
        ("warn", FEDERATION, records(FEDERATION.name, "SRV", "0 0 5061 sip.contoso.com.")),
        ("pass", FEDERATION, records(FEDERATION.name, "SRV", "100 1 5061 sipfed.online.lync.com.")),
        ("pass", CLIENT, records(CLIENT.name, "SRV", "0 0 0 .")),
        (
            "warn",
            CLIENT,
            records(CLIENT.name, "SRV", "100 1 443 sipdir.online.lync.com.", "200 1 443 sip.contoso.com."),
        ),
        ("unknown: timed-out", DISCOVER, SILENT),
        ("unknown: malformed", CLIENT, records(CLIENT.name, "SRV", "nonsense")),
    ],
)
def test_a_record_is_absent_or_leads_to_the_cloud(verdict: str, probe: DnsProbe, answer: DnsAnswer | NoAnswer) -> None:
    assert judged(CHECK, CUTOVER, {**NOTHING, probe: answer}) == verdict


def test_a_wildcard_record_counts_and_is_called_one() -> None:
    other = "csready-wildcard-probe.contoso.com"
    wildcard: dict[AnyProbe, AnyAnswer | NoAnswer] = {
        DISCOVER: ON_PREMISES,
        address(Vantage.DNS_EXTERNAL, other): records(other, "A", "203.0.113.10"),
    }
    found = finding(CHECK, CUTOVER, {**NOTHING, **wildcard})
    assert found.status.value == "warn"
    assert found.verdict and "by a wildcard record" in found.verdict.observed


@pytest.mark.parametrize(
    ("verdict", "domains"),
    [
        ("not-applicable", objects(Name="fabrikam.com", Status="Enabled")),
        ("warn", objects(Name="contoso.com", Status="Disabled")),
        ("unknown: malformed", objects(Name="contoso.com")),
        ("unknown: no-access", DENIED),
    ],
)
def test_the_tenant_says_which_domains_count(verdict: str, domains: Objects | NoAnswer) -> None:
    assert judged(CHECK, CUTOVER, {**NOTHING, DISCOVER: ON_PREMISES, ONLINE_SIP_DOMAINS: domains}) == verdict


@pytest.mark.parametrize(
    ("verdict", "phase"),
    [("not-applicable", Phase.PREPARE), ("not-applicable", Phase.HYBRID), ("warn", Phase.DECOMMISSION)],
)
def test_before_the_last_move_it_is_meant_to_be_refused(verdict: str, phase: Phase) -> None:
    assert judged(CHECK, contoso(phase=phase), {**NOTHING, DISCOVER: ON_PREMISES}) == verdict
