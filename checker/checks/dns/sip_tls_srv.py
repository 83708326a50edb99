"""The SRV record by which clients outside sign in, _sip._tls, names the Access Edge on port 443.

While users are on-premises, their clients have to find the Access Edge; a record that names the cloud sends all of
them there, also those who have not moved. A missing record leaves clients with fallback names only. Publish it with
the Access Edge as target; the cloud's name comes after the last user has moved.
"""

from checker import sources
from checker.model.checks import Confidence, Impact, SipDomainCheck, Worst
from checker.model.evidence import Evidence
from checker.model.probes import Vantage
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings.dns_records import best_srv, cloud_of, shown_srv, srv
from checker.readings.remedies import public_dns, zone_names


def judge(target: Target, evidence: Evidence, domain: str) -> Verdict:
    name = f"_sip._tls.{domain}"
    answer = evidence.answer(srv(Vantage.DNS_EXTERNAL, name))
    records = best_srv(answer)
    expected = "SRV, port 443, a target on-premises"
    observed = shown_srv(records, answer)
    fill = zone_names(name, domain)
    if not records:
        return Verdict.mind(expected=expected, observed=observed, fill=fill)
    holds = all(record.port == 443 and record.target and not cloud_of(record.target) for record in records)
    return Verdict.when(holds, expected=expected, observed=observed, fill=fill)


CHECK = SipDomainCheck(
    id="dns.sip-tls-srv",
    title="The client SRV points to the Access Edge",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    judge=judge,
    remediation=public_dns(
        "publish {owner}. SRV 0 0 443 sip.{domain}. (the name of the Access Edge)",
        verify="Resolve-DnsName -Name {name} -Type SRV -Server 8.8.8.8",
    ),
    sources=(sources.DNS, sources.DDNS),
    page=__doc__,
)
