"""The four public records of the SIP domain lead to the cloud once nobody is left on-premises.

After the last move federation partners and clients have to find the cloud by these records. One that is missing, or
still names the Access Edge, ends federation and sign-in when the servers are switched off. What the tenant itself says
it wants for the domain counts before the cloud's usual names. Publish the records as shown; priority and weight decide
nothing where there is one record. meet and dialin may go, too.
"""

from checker import sources
from checker.model.answers import DnsAnswer
from checker.model.axes import Phase
from checker.model.checks import Applies, Confidence, Impact, SipDomainCheck, Worst
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.target import Target
from checker.model.verdicts import Claim, Verdict
from checker.readings.cloud_names import CLOUD_NAMES
from checker.readings.dns_records import all_srv, read_host, shown_srv
from checker.readings.public_records import public_records
from checker.readings.remedies import public_dns, zone_names
from checker.readings.service_records import OnlineTargets, online_targets, service_records


def judge(target: Target, evidence: Evidence, domain: str) -> Verdict:
    probes = public_records(domain)
    found = evidence.attempts(*probes)
    records = evidence.attempt(service_records(domain))
    own = OnlineTargets() if isinstance(records, NoAnswer) else online_targets(records)
    usual = CLOUD_NAMES[target.cloud]
    sipfed, sipdir, webdir = own.sipfed or usual.sipfed, own.sipdir or usual.sipdir, own.webdir or usual.webdir
    wanted = (f"SRV 100 1 5061 {sipfed}", f"SRV 100 1 443 {sipdir}", f"CNAME {sipdir}", f"CNAME {webdir}")
    views = [
        (f"{probe.name}. {record}.", *view(probe.name, record, answer))
        for probe, record, answer in zip(probes, wanted, found, strict=True)
        if isinstance(answer, DnsAnswer)
    ]
    unseen = tuple((probe, each) for probe, each in zip(probes, found, strict=True) if isinstance(each, NoAnswer))
    claims = {claim for _, claim, _ in views}
    if unseen and Claim.DOES_NOT_HOLD not in claims:
        raise Unanswered(unseen)
    return Verdict(
        next(claim for claim in (Claim.DOES_NOT_HOLD, Claim.MIND, Claim.HOLDS) if claim in claims),
        expected="\n".join(f"{probe.name}: {record}" for probe, record in zip(probes, wanted, strict=True)),
        observed="\n".join(shown for _, _, shown in views),
        fill=(
            *zone_names(f"lyncdiscover.{domain}", domain),
            ("records", "; ".join(record for record, claim, _ in views if claim is not Claim.HOLDS)),
        ),
    )


def view(name: str, wanted: str, answer: DnsAnswer) -> tuple[Claim, str]:
    """What the record is worth, and in words what there is."""
    if wanted.startswith("CNAME"):
        found = read_host(name, answer)
        leads = wanted.removeprefix("CNAME ") in found.chain
        return (Claim.HOLDS if leads else Claim.DOES_NOT_HOLD), str(found)
    records = all_srv(answer)
    shown = f"{name}: {shown_srv(records, answer)}"
    if {f"SRV {each}" for each in records} == {wanted}:
        return Claim.HOLDS, shown
    leads = {f"{each.port} {each.target}" for each in records} == {wanted.removeprefix("SRV 100 1 ")}
    return (Claim.MIND if leads else Claim.DOES_NOT_HOLD), shown


CHECK = SipDomainCheck(
    id="dns.online-records",
    title="The four public records point to the cloud",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    applies=Applies(phases=frozenset({Phase.DECOMMISSION})),
    judge=judge,
    remediation=public_dns(
        "publish, instead of what stands there: {records}",
        verify="Resolve-DnsName -Name {name} -Server 8.8.8.8",
    ),
    sources=(sources.DDNS, sources.DISH, sources.XDNS),
    page=__doc__,
)
