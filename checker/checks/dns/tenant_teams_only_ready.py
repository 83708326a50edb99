"""No public record of the SIP domain would make Microsoft refuse to switch the whole tenant to TeamsOnly.

After the last move the tenant as a whole becomes TeamsOnly. This is refused as long as public DNS shows that servers
are left: a lyncdiscover record, or one of the other three, that leads elsewhere than to the cloud. A wildcard record
answers for lyncdiscover too and has the same effect. Earlier than the last move it is meant to be refused. Point the
records to the cloud or delete them, then grant the policy to everybody.
"""

from checker import sources
from checker.model.axes import Phase
from checker.model.checks import Applies, Confidence, Impact, Remediation, SipDomainCheck, Worst
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import DnsProbe, Vantage
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings.dns_records import all_srv, cloud_of, host, is_wildcard, shown_srv
from checker.readings.online_sip_domains import ONLINE_SIP_DOMAINS, online_sip_domains
from checker.readings.public_records import public_records
from checker.readings.remedies import zone_names


def judge(target: Target, evidence: Evidence, domain: str) -> Verdict:
    if domain not in online_sip_domains(evidence.answer(ONLINE_SIP_DOMAINS)):
        return Verdict.not_applicable("the tenant does not have this SIP domain")
    probes = public_records(domain)
    found = list(zip(probes, evidence.attempts(*probes), strict=True))
    unseen = tuple((probe, answer) for probe, answer in found if isinstance(answer, NoAnswer))
    views = [view(evidence, domain, probe) for probe, answer in found if not isinstance(answer, NoAnswer)]
    if unseen and all(right for right, _ in views):
        raise Unanswered(unseen)
    return Verdict.when(
        all(right for right, _ in views),
        expected="no record, or one that leads to the cloud",
        observed="\n".join(shown for _, shown in views),
        fill=zone_names(f"lyncdiscover.{domain}", domain),
    )


def view(evidence: Evidence, domain: str, probe: DnsProbe) -> tuple[bool, str]:
    """Whether the record stands in nobody's way, and in words what there is."""
    if probe.record == "SRV":
        answer = evidence.answer(probe)
        records = all_srv(answer)
        right = all(not each.target or cloud_of(each.target) for each in records)
        return right, f"{probe.name}: {shown_srv(records, answer)}"
    found = host(evidence, Vantage.DNS_EXTERNAL, probe.name)
    right = not found.exists or found.cloud is not None
    return right, str(found) if right or not is_wildcard(evidence, domain, found) else f"{found}, by a wildcard record"


CHECK = SipDomainCheck(
    id="dns.tenant-teams-only-ready",
    title="Nothing in public DNS would refuse tenant-wide TeamsOnly",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.HIGH,
    applies=Applies(phases=frozenset({Phase.CUTOVER, Phase.DECOMMISSION})),
    judge=judge,
    remediation=Remediation(
        run="point the four public records of {domain} to the cloud (dns.online-records) or delete them, a wildcard"
        " record too; then, in the MicrosoftTeams module:"
        " Grant-CsTeamsUpgradePolicy -Global -PolicyName UpgradeToTeams",
        where="public DNS zone of the SIP domain, then the MicrosoftTeams module",
        role="DNS administrator; Teams Administrator",
        verify="Resolve-DnsName -Name {name} -Server 8.8.8.8",
        rollback="the records as they were before",
        wait="the TTL of the records",
    ),
    sources=(sources.STO, sources.DDNS, sources.I1432),
    page=__doc__,
)
