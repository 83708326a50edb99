"""Every Edge sees the federation SRV record that the internet sees.

The Edge looks up this record itself, for its own domains too. Where it asks an internal DNS server that hosts a zone
of the SIP domain's name, only what is in that zone exists for it: a record that was published outside alone is missing
there, and federation with the cloud breaks although every test from outside is fine. Add the record, and the address
of its target, to the internal zone. Target and port have to be the same; the address may differ.
"""

from checker import sources
from checker.model.answers import DnsAnswer
from checker.model.checks import Confidence, Impact, Remediation, SipDomainCheck, Worst
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, Vantage
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.dns_records import Srv, best_srv, federation_name, federation_srv, host, shown_srv, srv
from checker.readings.remedies import zone_names
from checker.readings.topology import POOLS, edge_hosts


def judge(target: Target, evidence: Evidence, domain: str) -> Verdict:
    edges = edge_hosts(target, evidence)
    if not edges:
        return Verdict.not_applicable("the topology has no Edge (topology.federation-edge-present)")
    asked = [srv(Vantage.DNS_EDGE, federation_name(domain), edge) for edge in edges]
    public, *seen = evidence.attempts(federation_srv(domain), *asked)
    if isinstance(public, NoAnswer):
        raise Unanswered(((federation_srv(domain), public),))
    wanted = best_srv(public)
    if not wanted:
        return Verdict.not_applicable("there is no federation SRV record in public DNS (dns.federation-srv)")
    views = [
        view(evidence, wanted, edge, answer)
        for edge, answer in zip(edges, seen, strict=True)
        if not isinstance(answer, NoAnswer)
    ]
    # Which Edges there are is a question too: without the topology those of the configuration may not be all.
    probes: tuple[AnyProbe, ...] = (POOLS, *asked)
    found = (evidence.attempt(POOLS), *seen)
    unseen = tuple((probe, each) for probe, each in zip(probes, found, strict=True) if isinstance(each, NoAnswer))
    if unseen and all(same for same, _ in views):
        raise Unanswered(unseen)
    return Verdict.when(
        all(same for same, _ in views),
        expected=f"public: {shown_srv(wanted, public)}",
        observed="\n".join(shown for _, shown in views),
        fill=(
            *zone_names(federation_name(domain), domain),
            ("record", "; ".join(f"{each}." if each.target else str(each) for each in wanted)),
            ("targets", rows.named(f"{each.target}." for each in wanted if each.target)),
        ),
    )


def view(evidence: Evidence, wanted: tuple[Srv, ...], edge: str, answer: DnsAnswer) -> tuple[bool, str]:
    """Whether this Edge sees what is public, and in words what it sees. The target has to have an address there."""
    found = best_srv(answer)
    shown = f"{edge or 'Edge'}: {shown_srv(found, answer)}"
    if {(each.target, each.port) for each in found} != {(each.target, each.port) for each in wanted}:
        return False, shown
    hosts = [host(evidence, Vantage.DNS_EDGE, each.target, edge) for each in found if each.target]
    return all(each.addresses for each in hosts), "; ".join([shown, *map(str, hosts)])


CHECK = SipDomainCheck(
    id="dns.federation-srv-split-brain",
    title="The Edge sees the same federation SRV as the internet",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    judge=judge,
    remediation=Remediation(
        run="in the internal zone publish what stands outside: {owner}. SRV {record}, and an A record for {targets}",
        where="internal DNS zone that the Edge's resolver hosts",
        role="DNS administrator",
        verify="Resolve-DnsName -Name {name} -Type SRV  # on each Edge",
        rollback="the zone as it was before",
        wait="the time for which the resolver keeps negative answers",
    ),
    sources=(sources.PLAN, sources.XDNS, sources.PR574),
    page=__doc__,
)
