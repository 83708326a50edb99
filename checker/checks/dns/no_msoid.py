"""No msoid record is left in the public zone of the SIP domain.

The record once led sign-in to a cloud of its own; only the one in China, run by 21Vianet, still uses it. Elsewhere a
leftover can send clients that look for it to a place that no longer answers. Delete the record.
"""

from checker import sources
from checker.model.axes import Cloud
from checker.model.checks import Applies, Confidence, Impact, SipDomainCheck, Worst
from checker.model.evidence import Evidence
from checker.model.probes import Vantage
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.dns_records import alias, by_resolver
from checker.readings.remedies import public_dns, zone_names


def judge(target: Target, evidence: Evidence, domain: str) -> Verdict:
    name = f"msoid.{domain}"
    answer = evidence.answer(alias(Vantage.DNS_EXTERNAL, name))
    found = [record.data for record in answer.records if record.record == "CNAME"]
    said = rows.named(found, f"no record ({answer.rcode})")
    return Verdict.when(
        not found,
        expected=f"no CNAME record of {name}",
        observed=f"CNAME {said}{by_resolver(answer.server)}",
        fill=zone_names(name, domain),
    )


CHECK = SipDomainCheck(
    id="dns.no-msoid",
    title="No msoid record is left",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.MEDIUM,
    applies=Applies(clouds=frozenset(Cloud) - {Cloud.CHINA}),
    judge=judge,
    remediation=public_dns("delete {owner}.", verify="Resolve-DnsName -Name {name} -Type CNAME -Server 8.8.8.8"),
    sources=(sources.XDNS,),
    page=__doc__,
)
