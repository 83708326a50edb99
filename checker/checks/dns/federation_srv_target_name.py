"""The target of the federation SRV record lies in the SIP domain itself: sip.contoso.com for contoso.com.

A partner, and the cloud, accept the record only if its target bears the name of the domain that was asked for; one
Edge name for all SIP domains does not do. Names are compared label by label: sip.evilcontoso.com does not lie in
contoso.com. Point the record at sip.<SIP domain>, and put that name into the Edge's certificate.
"""

from checker import sources
from checker.model.checks import Confidence, Impact, SipDomainCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings.dns_records import best_srv, federation_name, federation_srv, shown_srv
from checker.readings.names import lies_in
from checker.readings.remedies import public_dns, zone_names


def judge(target: Target, evidence: Evidence, domain: str) -> Verdict:
    answer = evidence.answer(federation_srv(domain))
    records = [record for record in best_srv(answer) if record.target]
    if not records:
        return Verdict.not_applicable("no federation SRV record names a target (dns.federation-srv)")
    return Verdict.when(
        all(lies_in(record.target, domain) for record in records),
        expected=f"a target that is {domain} or lies in it",
        observed=shown_srv(tuple(records), answer),
        fill=zone_names(federation_name(domain), domain),
    )


CHECK = SipDomainCheck(
    id="dns.federation-srv-target-name",
    title="The SRV target lies in the SIP domain",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    judge=judge,
    remediation=public_dns(
        "point {owner}. at sip.{domain}. and add that name to the certificate of the Access Edge",
        verify="Resolve-DnsName -Name {name} -Type SRV -Server 8.8.8.8",
    ),
    sources=(sources.PLAN, sources.DNS, sources.OPD),
    page=__doc__,
)
