import pytest

from checker.checks.dns.online_records import CHECK
from checker.model.answers import AnyAnswer, DnsAnswer, DnsRecord
from checker.model.axes import Cloud, Phase
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, DnsProbe
from checker.readings.public_records import public_records
from checker.readings.service_records import service_records
from tests.judging import DENIED, NXDOMAIN, SILENT, contoso, finding, judged, objects, records

AFTER = contoso(phase=Phase.DECOMMISSION)
FEDERATION, CLIENT, SIP, DISCOVER = public_records("contoso.com")
GRAPH = service_records("contoso.com")


def leads(probe: DnsProbe, target: str) -> DnsAnswer:
    chain = (DnsRecord(probe.name, "CNAME", 3600, f"{target}."), DnsRecord(target, "A", 60, "52.112.0.1"))
    return DnsAnswer(rcode="NOERROR", records=chain, server="8.8.8.8")


def cloud(lync: str = "online.lync.com") -> dict[AnyProbe, AnyAnswer | NoAnswer]:
    return {
        FEDERATION: records(FEDERATION.name, "SRV", f"100 1 5061 sipfed.{lync}."),
        CLIENT: records(CLIENT.name, "SRV", f"100 1 443 sipdir.{lync}."),
        SIP: leads(SIP, f"sipdir.{lync}"),
        DISCOVER: leads(DISCOVER, f"webdir.{lync}"),
        GRAPH: DENIED,
    }


@pytest.mark.parametrize(
    ("verdict", "probe", "answer"),
    [
        ("pass", FEDERATION, records(FEDERATION.name, "SRV", "100 1 5061 SIPFED.online.lync.com.")),
        ("warn", FEDERATION, records(FEDERATION.name, "SRV", "0 0 5061 sipfed.online.lync.com.")),  # has no effect
        ("fail", FEDERATION, records(FEDERATION.name, "SRV", "100 1 5061 sip.contoso.com.")),
        ("fail", FEDERATION, records(FEDERATION.name, "SRV", "100 1 443 sipfed.online.lync.com.")),
        (
            "fail",  # the Edge is left as a fallback
            FEDERATION,
            records(FEDERATION.name, "SRV", "100 1 5061 sipfed.online.lync.com.", "200 1 5061 sip.contoso.com."),
        ),
        ("fail", FEDERATION, NXDOMAIN),
        ("fail", CLIENT, records(CLIENT.name, "SRV", "100 1 443 sipfed.online.lync.com.")),
        ("fail", SIP, records(SIP.name, "A", "203.0.113.9")),
        ("fail", SIP, NXDOMAIN),
        ("fail", DISCOVER, leads(DISCOVER, "webdir.online.lync.com.evil.test")),
        ("pass", DISCOVER, records(DISCOVER.name, "CNAME", "webdir.online.lync.com.")),
        ("unknown: timed-out", DISCOVER, SILENT),
        ("unknown: malformed", CLIENT, records(CLIENT.name, "SRV", "nonsense")),
    ],
)
def test_each_of_the_four_leads_to_the_cloud(verdict: str, probe: DnsProbe, answer: DnsAnswer | NoAnswer) -> None:
    assert judged(CHECK, AFTER, {**cloud(), probe: answer}) == verdict


def test_a_wrong_record_is_not_hidden_by_a_silent_one_and_both_are_named() -> None:
    found = finding(CHECK, AFTER, {**cloud(), FEDERATION: NXDOMAIN, CLIENT: SILENT})
    assert found.status.value == "fail"
    assert found.remediation.run.endswith("_sipfederationtls._tcp.contoso.com. SRV 100 1 5061 sipfed.online.lync.com.")


def test_the_names_are_those_of_the_cloud() -> None:
    china = contoso(phase=Phase.DECOMMISSION, cloud=Cloud.CHINA)
    assert judged(CHECK, china, cloud("online.partner.lync.cn")) == "pass"
    assert judged(CHECK, china, cloud()) == "fail"


def test_what_the_tenant_wants_counts_before_the_table() -> None:
    wanted = objects(
        {"RecordType": "Srv", "Service": "_sipfederationtls", "Protocol": "_tcp", "NameTarget": "s.cloud.fr"}
    )
    assert judged(CHECK, AFTER, {**cloud(), GRAPH: wanted}) == "fail"
    there = records(FEDERATION.name, "SRV", "100 1 5061 s.cloud.fr.")
    assert judged(CHECK, AFTER, {**cloud(), GRAPH: wanted, FEDERATION: there}) == "pass"
    assert judged(CHECK, AFTER, {**cloud(), GRAPH: objects()}) == "pass"


@pytest.mark.parametrize("phase", [Phase.PREPARE, Phase.HYBRID, Phase.CUTOVER])
def test_before_the_last_move_the_opposite_is_right(phase: Phase) -> None:
    assert judged(CHECK, contoso(phase=phase), cloud()) == "not-applicable"
