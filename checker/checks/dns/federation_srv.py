"""Every SIP domain has one federation SRV record in public DNS: _sipfederationtls._tcp, port 5061.

Whoever federates with this domain, the cloud included, finds the Access Edge by it; without it users who have moved
and users who have not see no presence of each other and cannot write. Every SIP domain needs its own. Several records
of equal priority make it a matter of chance which Edge is asked. Publish one that names the Access Edge.
"""

from checker import sources
from checker.model.checks import Confidence, Impact, SipDomainCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings.dns_records import best_srv, federation_name, federation_srv, shown_srv
from checker.readings.remedies import public_dns, zone_names


def judge(target: Target, evidence: Evidence, domain: str) -> Verdict:
    answer = evidence.answer(federation_srv(domain))
    records = best_srv(answer)
    expected = "SRV, one target of best priority, port 5061"
    observed = shown_srv(records, answer)
    fill = zone_names(federation_name(domain), domain)
    usable = bool(records) and all(record.target and record.port == 5061 for record in records)
    if usable and len({record.target for record in records}) > 1:
        return Verdict.mind(
            expected=expected, observed=observed, summary="Several targets of best priority.", fill=fill
        )
    return Verdict.when(usable, expected=expected, observed=observed, fill=fill)


CHECK = SipDomainCheck(
    id="dns.federation-srv",
    title="The federation SRV record exists",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    judge=judge,
    remediation=public_dns(
        "publish {owner}. SRV 0 0 5061 sip.{domain}. (the name of the Access Edge), and no other record of that name",
        verify="Resolve-DnsName -Name {name} -Type SRV -Server 8.8.8.8",
    ),
    sources=(sources.PLAN, sources.DNS, sources.XDNS, sources.OPD),
    page=__doc__,
)
