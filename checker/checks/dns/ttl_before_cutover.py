"""The four public records have a short time to live before they are changed to the cloud.

At the cut-over these records are pointed to the cloud. Until the old ones expire in the caches of the world, clients
and partners still go to servers that nobody is left on. Lower the TTL to an hour or less, at least one old TTL ahead.
The authoritative server decides: in a cache a TTL counts down, so that a long one is seen there, and a short one proves
nothing. Give the address of the zone's own name server as [dns].external to have it judged.
"""

from checker import sources
from checker.model.answers import DnsAnswer
from checker.model.axes import Phase
from checker.model.checks import Applies, Confidence, Impact, SipDomainCheck, Worst
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import DnsProbe
from checker.model.target import Target
from checker.model.undecided import Reason, Undecided
from checker.model.verdicts import Verdict
from checker.readings.dns_records import by_resolver
from checker.readings.public_records import public_records
from checker.readings.remedies import public_dns

LONGEST_S = 3600  # Decommissioning: manage DNS entries


def judge(target: Target, evidence: Evidence, domain: str) -> Verdict:
    probes = public_records(domain)
    found = list(zip(probes, evidence.attempts(*probes), strict=True))
    unseen = tuple((probe, answer) for probe, answer in found if isinstance(answer, NoAnswer))
    seen = [(probe, answer, ttl(probe, answer)) for probe, answer in found if not isinstance(answer, NoAnswer)]
    too_long = any(seconds > LONGEST_S for _, _, seconds in seen)
    shown = "\n".join(f"{probe.name}: {described(answer, seconds)}" for probe, answer, seconds in seen)
    if not too_long and unseen:
        raise Unanswered(unseen)
    if not too_long and not all(answer.authoritative for _, answer, seconds in seen if seconds >= 0):
        needs = f"the address of the name server of {domain} as [dns].external"
        raise Undecided(Reason.NO_ACCESS, f"a cache may have counted down: {shown}".replace("\n", "; "), needs)
    if not too_long and all(seconds < 0 for _, _, seconds in seen):
        return Verdict.not_applicable("none of the four public records exists")
    return Verdict.when(
        not too_long,
        expected=f"TTL at most {LONGEST_S} s, by the authoritative server",
        observed=shown,
        value=too_long,  # the seconds that a cache has left change with every look
        fill=(("domain", domain),),
    )


def ttl(probe: DnsProbe, answer: DnsAnswer) -> int:
    """The longest of the name's own records, in seconds; -1 where it has none. Those an alias leads to are not ours."""
    return max((record.ttl for record in answer.records if record.name == probe.name), default=-1)


def described(answer: DnsAnswer, seconds: int) -> str:
    said = "authoritative" if answer.authoritative else "a cache, as far as it shows"
    return f"{seconds} s, {said}{by_resolver(answer.server)}" if seconds >= 0 else f"no record ({answer.rcode})"


CHECK = SipDomainCheck(
    id="dns.ttl-before-cutover",
    title="TTLs are short before the cut-over",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.MEDIUM,
    applies=Applies(phases=frozenset({Phase.CUTOVER})),
    judge=judge,
    remediation=public_dns(
        "lower the TTL of _sipfederationtls._tcp, _sip._tls, sip and lyncdiscover in {domain} to 3600 or less,"
        " at least one old TTL ahead",
        verify="Resolve-DnsName -Name '<name of the record>' -Server '<name server of the zone>'",
    ),
    sources=(sources.DDNS,),
    page=__doc__,
)
