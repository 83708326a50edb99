"""Each Edge finds the internal addresses of its next-hop pool and of the pool's servers.

What arrives for users who are still on-premises goes from the Edge to these servers. An Edge that asks DNS servers of
the internet does not know them, and may even be given a public address by a wildcard record. Then federation and
presence between moved and not yet moved users end at the Edge. An address outside of the private ranges is right only
where internal DNS gives the same. Add the names to the Edge's hosts file, or to the zone that it asks.
"""

from checker import sources
from checker.model.checks import Confidence, Impact, Remediation, Server, ServerCheck, ServerRole, Worst
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import Vantage
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.addresses import PRIVATE, lies_within
from checker.readings.dns_records import Host, address, host
from checker.readings.topology import next_hop


def judge(target: Target, evidence: Evidence, server: Server) -> Verdict:
    hop = next_hop(evidence, server)
    if not hop.pool:
        return Verdict.not_applicable("the Edge has no next-hop pool (topology.edge-next-hop)")
    names = tuple(dict.fromkeys((hop.pool, *hop.computers)))
    probes = [address(Vantage.DNS_EDGE, name, server.fqdn) for name in names]
    found = list(zip(probes, evidence.attempts(*probes), strict=True))
    unseen = tuple((probe, answer) for probe, answer in found if isinstance(answer, NoAnswer))
    hosts = [
        host(evidence, Vantage.DNS_EDGE, probe.name, server.fqdn)
        for probe, answer in found
        if not isinstance(answer, NoAnswer)
    ]
    wrong = [each for each in hosts if not is_internal(evidence, each)]
    if unseen and not wrong:
        raise Unanswered(unseen)
    return Verdict.when(
        not wrong,
        expected=f"internal addresses of {rows.named(names)}",
        observed="\n".join(map(str, wrong or hosts)),
        fill=(("names", rows.named(each.name for each in wrong)),),
    )


def is_internal(evidence: Evidence, found: Host) -> bool:
    """In a private range, or else the address that internal DNS gives, where public addresses are used inside."""
    if not found.addresses or all(lies_within(each, PRIVATE) for each in found.addresses):
        return bool(found.addresses)
    return found.addresses <= host(evidence, Vantage.DNS_INTERNAL, found.name).addresses


CHECK = ServerCheck(
    id="dns.edge-resolves-front-ends",
    title="The Edge resolves the Front Ends",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    roles=frozenset({ServerRole.EDGE}),
    judge=judge,
    remediation=Remediation(
        run="add {names} with their internal addresses to the Edge's hosts file, or to the internal zone that it asks",
        where="the Edge, or the DNS zone that it asks",
        role="local administrator",
        verify="Resolve-DnsName -Name '<name of the server>'  # on the Edge",
        rollback="the hosts file or zone as it was before",
    ),
    sources=(sources.OPD, sources.EDGE),
    page=__doc__,
)
