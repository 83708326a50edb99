"""The records by which clients inside find their pool are in internal DNS, lead to it, and are in no public zone.

Clients inside ask for lyncdiscoverinternal; clients before 2013 and desk phones ask for two SRV records, which may be
missing where there are none of these. As long as users are on-premises none of them may lead to the cloud. In public
DNS clients outside would be sent to servers that they cannot reach; a wildcard record has the same effect. Correct the
internal zone, and take the names out of the public one. Whether the address is a Front End's is shown, not judged.
"""

from checker import sources
from checker.model.answers import DnsAnswer
from checker.model.checks import Confidence, Impact, Remediation, SipDomainCheck, Worst
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import DnsProbe, Vantage
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings.dns_records import address, all_srv, cloud_of, host, is_wildcard, shown_srv, srv

NAMES = {Vantage.DNS_INTERNAL: "internal", Vantage.DNS_EXTERNAL: "public"}


def judge(target: Target, evidence: Evidence, domain: str) -> Verdict:
    probes = [
        probe
        for vantage in NAMES
        for probe in (
            address(vantage, f"lyncdiscoverinternal.{domain}"),
            srv(vantage, f"_sipinternaltls._tcp.{domain}"),
            srv(vantage, f"_sipinternal._tcp.{domain}"),
        )
    ]
    found = list(zip(probes, evidence.attempts(*probes), strict=True))
    unseen = tuple((probe, answer) for probe, answer in found if isinstance(answer, NoAnswer))
    views = [view(evidence, domain, probe, answer) for probe, answer in found if not isinstance(answer, NoAnswer)]
    if unseen and all(right for right, _ in views):
        raise Unanswered(unseen)
    return Verdict.when(
        all(right for right, _ in views),
        expected="internal: lyncdiscoverinternal has an address, no record leads to the cloud; public: no record",
        observed="\n".join(shown for _, shown in views),
        fill=(("domain", domain),),
    )


def view(evidence: Evidence, domain: str, probe: DnsProbe, answer: DnsAnswer) -> tuple[bool, str]:
    """Whether the record is as it should be there, and in words what is."""
    is_inside = probe.vantage is Vantage.DNS_INTERNAL
    if probe.record == "SRV":
        records = [each for each in all_srv(answer) if each.target]
        right = all(not cloud_of(each.target) for each in records) if is_inside else not records
        if is_inside and probe.name.startswith("_sipinternaltls."):
            right = right and all(each.port == 5061 for each in records)
        return right, f"{NAMES[probe.vantage]}: {probe.name} {shown_srv(all_srv(answer), answer)}"
    found = host(evidence, probe.vantage, probe.name)
    shown = f"{NAMES[probe.vantage]}: {found}"
    if is_inside:
        return bool(found.addresses) and not found.cloud, shown
    return not found.exists, f"{shown}, by a wildcard record" if is_wildcard(evidence, domain, found) else shown


CHECK = SipDomainCheck(
    id="dns.internal-discovery-records",
    title="Internal discovery records are on-premises and not public",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.MEDIUM,
    confidence_note="public exposure is low",
    judge=judge,
    remediation=Remediation(
        run="point lyncdiscoverinternal.{domain} and _sipinternaltls._tcp.{domain} (port 5061) at the pool in internal"
        " DNS; delete them, and _sipinternal._tcp.{domain}, from public DNS",
        where="internal and public DNS zone of the SIP domain",
        role="DNS administrator",
        verify="Resolve-DnsName -Name '<name of the record>'  # inside, and with -Server 8.8.8.8",
        rollback="the zones as they were before",
        wait="the TTL of the records",
    ),
    sources=(sources.DNS,),
    page=__doc__,
)
