from collections.abc import Mapping

import pytest

from checker.checks.dns.federation_srv_matches_edge import CHECK
from checker.model.answers import AnyAnswer, DnsAnswer, DnsRecord, Json
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, DnsProbe, Vantage
from checker.readings.dns_records import address, federation_srv
from checker.readings.topology import EDGE_SERVICES
from tests.judging import CONTOSO, DENIED, NXDOMAIN, SILENT, finding, judged, objects, records

EDGE: Mapping[str, Json] = {
    "Identity": "EdgeServer:edge.contoso.com",
    "PoolFqdn": "edge.contoso.com",
    "AccessEdgeExternalFqdn": "sip.contoso.com",
    "AccessEdgeExternalSipPort": 5061,
}
SRV = federation_srv("contoso.com")


def a(name: str, *addresses: str) -> dict[AnyProbe, AnyAnswer | NoAnswer]:
    return {address(Vantage.DNS_EXTERNAL, name): records(name, "A", *addresses)}


def aaaa(name: str, answer: AnyAnswer | NoAnswer) -> dict[AnyProbe, AnyAnswer | NoAnswer]:
    return {DnsProbe(vantage=Vantage.DNS_EXTERNAL, name=name, record="AAAA"): answer}


def to(target: str, port: int = 5061) -> DnsAnswer:
    return records(SRV.name, "SRV", f"0 0 {port} {target}.")


ALIAS = {
    address(Vantage.DNS_EXTERNAL, "sip2.contoso.com"): DnsAnswer(
        rcode="NOERROR",
        records=(
            DnsRecord("sip2.contoso.com", "CNAME", 60, "SIP.contoso.com."),
            DnsRecord("sip.contoso.com", "A", 60, "203.0.113.9"),
        ),
    )
}


@pytest.mark.parametrize(
    ("verdict", "srv", "hosts"),
    [
        ("pass", to("sip.contoso.com"), a("sip.contoso.com", "203.0.113.9")),
        ("pass", to("SIP.Contoso.com"), a("sip.contoso.com", "203.0.113.9")),
        ("pass", to("fed.contoso.com"), a("fed.contoso.com", "203.0.113.9") | a("sip.contoso.com", "203.0.113.9")),
        ("pass", to("sip2.contoso.com"), ALIAS),
        ("fail", to("fed.contoso.com"), a("fed.contoso.com", "203.0.113.1") | a("sip.contoso.com", "203.0.113.9")),
        ("fail", to("sip.contoso.com"), {address(Vantage.DNS_EXTERNAL, "sip.contoso.com"): NXDOMAIN}),
        ("fail", to("sip.contoso.com"), a("sip.contoso.com") | aaaa("sip.contoso.com", records("x", "AAAA"))),
        (
            "pass",
            to("sip.contoso.com"),
            a("sip.contoso.com") | aaaa("sip.contoso.com", records("sip.contoso.com", "AAAA", "2001:db8::9")),
        ),
        ("unknown: timed-out", to("sip.contoso.com"), a("sip.contoso.com") | aaaa("sip.contoso.com", SILENT)),
        ("fail", to("sip.contoso.com", 443), a("sip.contoso.com", "203.0.113.9")),  # not the Access Edge's port
        ("not-applicable", NXDOMAIN, {}),
        ("unknown: timed-out", SILENT, {}),
        ("unknown: timed-out", to("sip.contoso.com"), {address(Vantage.DNS_EXTERNAL, "sip.contoso.com"): SILENT}),
    ],
)
def test_the_record_leads_to_the_access_edge(
    verdict: str, srv: DnsAnswer | NoAnswer, hosts: dict[AnyProbe, AnyAnswer | NoAnswer]
) -> None:
    assert judged(CHECK, CONTOSO, {SRV: srv, EDGE_SERVICES: objects(EDGE), **hosts}) == verdict


def test_the_fix_keeps_the_target_within_the_sip_domain() -> None:
    """The Access Edge may bear the name of another SIP domain, and a target that does would break another check."""
    services = objects({**EDGE, "AccessEdgeExternalFqdn": "access.fabrikam.com"})
    answers = {SRV: to("x.contoso.com"), EDGE_SERVICES: services, **a("x.contoso.com"), **a("access.fabrikam.com")}
    run = finding(CHECK, CONTOSO, {**answers, **aaaa("x.contoso.com", NXDOMAIN)}).remediation.run
    assert "at a name in contoso.com that has" in run and run.endswith("access.fabrikam.com:5061")


@pytest.mark.parametrize(
    ("verdict", "services"),
    [
        ("not-applicable", objects()),
        ("not-applicable", objects({**EDGE, "AccessEdgeExternalSipPort": None})),  # federation is off there
        ("fail", objects({**EDGE, "AccessEdgeExternalSipPort": 443})),
        ("unknown: malformed", objects({k: v for k, v in EDGE.items() if k != "AccessEdgeExternalFqdn"})),
        ("unknown: no-access", DENIED),
    ],
)
def test_the_topology_says_what_the_access_edge_is(verdict: str, services: AnyAnswer | NoAnswer) -> None:
    answers = {SRV: to("sip.contoso.com"), EDGE_SERVICES: services, **a("sip.contoso.com", "203.0.113.9")}
    assert judged(CHECK, CONTOSO, answers) == verdict
