"""sip.<SIP domain> leads to the Access Edge, as the internet sees it.

It is the target of the SRV records and the name that clients try when they find none. An alias to the cloud sends
clients and partners of users who have not moved to the wrong place. Inside, the same name rightly leads to a Front End
or Director: that view is shown and not judged. A missing record, or an alias that ends at no address, is a warning:
clients that find SRV records do without it. Publish an address record with the Access Edge's external address.
"""

from checker import sources
from checker.model.checks import Confidence, Impact, SipDomainCheck, Worst
from checker.model.evidence import Evidence
from checker.model.facts import NoAnswer
from checker.model.probes import Vantage
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings.dns_records import address, host, read_host
from checker.readings.remedies import public_dns, zone_names


def judge(target: Target, evidence: Evidence, domain: str) -> Verdict:
    name = f"sip.{domain}"
    outside, inside = address(Vantage.DNS_EXTERNAL, name), address(Vantage.DNS_INTERNAL, name)
    _, internal = evidence.attempts(outside, inside)
    found = host(evidence, Vantage.DNS_EXTERNAL, name)
    expected = "public DNS: an address, no alias to the cloud"
    view = "not seen" if isinstance(internal, NoAnswer) else str(read_host(inside.name, internal))
    observed = f"public DNS: {found}\ninternal DNS: {view}"
    fill = zone_names(name, domain)
    if not found.cloud and not found.addresses:
        return Verdict.mind(expected=expected, observed=observed, value=str(found), fill=fill)
    return Verdict.when(not found.cloud, expected=expected, observed=observed, value=str(found), fill=fill)


CHECK = SipDomainCheck(
    id="dns.sip-host",
    title="sip.<domain> points to the Access Edge",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    judge=judge,
    remediation=public_dns(
        "publish {owner}. A with the external address of the Access Edge",
        verify="Resolve-DnsName -Name {name} -Server 8.8.8.8",
    ),
    sources=(sources.DNS, sources.DDNS),
    page=__doc__,
)
