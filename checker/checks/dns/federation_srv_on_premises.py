"""The federation SRV record leads to the Access Edge, not to the cloud, as long as users are on-premises.

In a shared SIP address space the Edge is the door of the whole domain. Once the record names the cloud, partners look
for everybody there, and federation dies for all who have not moved. The cloud's name belongs into the record after the
last user has moved and hybrid is taken down, not before. Point it back to the Access Edge.
"""

from checker import sources
from checker.model.checks import Confidence, Impact, SipDomainCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings.dns_records import best_srv, cloud_of, federation_name, federation_srv, shown_srv
from checker.readings.remedies import public_dns, zone_names


def judge(target: Target, evidence: Evidence, domain: str) -> Verdict:
    answer = evidence.answer(federation_srv(domain))
    records = tuple(record for record in best_srv(answer) if record.target)
    if not records:
        return Verdict.not_applicable("no federation SRV record names a target (dns.federation-srv)")
    return Verdict.when(
        not any(cloud_of(record.target) for record in records),
        expected="a target on-premises, the Access Edge",
        observed=shown_srv(records, answer),
        fill=zone_names(federation_name(domain), domain),
    )


CHECK = SipDomainCheck(
    id="dns.federation-srv-on-premises",
    title="The SRV does not point to the cloud while users are on-premises",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    judge=judge,
    remediation=public_dns(
        "point {owner}. back to the Access Edge: SRV 0 0 5061 sip.{domain}.",
        verify="Resolve-DnsName -Name {name} -Type SRV -Server 8.8.8.8",
    ),
    sources=(sources.PLAN, sources.DDNS, sources.XDNS),
    page=__doc__,
)
