"""The cloud's federation name leads to addresses that the cloud publishes, in public DNS and for each Edge.

Another address means that somebody answers in the cloud's place, a zone of the inside or a device on the way, or that
the cloud has newer addresses than the list that csready knows. The first breaks federation, the second is harmless:
look at who answers. The list of the cloud for the US Department of Defense is not known here.
"""

from checker import sources
from checker.model.axes import Cloud
from checker.model.checks import Applies, Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, Vantage
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.addresses import lies_within
from checker.readings.cloud_names import PUBLISHED_RANGES
from checker.readings.dns_records import address, read_host
from checker.readings.powershell_text import quoted
from checker.readings.topology import POOLS, edge_hosts


def judge(target: Target, evidence: Evidence) -> Verdict:
    ranges = PUBLISHED_RANGES[target.cloud]
    asked = [
        address(Vantage.DNS_EXTERNAL, target.proxy_fqdn),
        *(address(Vantage.DNS_EDGE, target.proxy_fqdn, edge) for edge in edge_hosts(target, evidence)),
    ]
    answers = evidence.attempts(*asked)
    found = [
        (probe.place, read_host(probe.name, answer))
        for probe, answer in zip(asked, answers, strict=True)
        if not isinstance(answer, NoAnswer)
    ]
    strange = [(place, host) for place, host in found if not all(lies_within(each, ranges) for each in host.addresses)]
    # Which Edges there are is a question too.
    probes: tuple[AnyProbe, ...] = (POOLS, *asked)
    looked = (evidence.attempt(POOLS), *answers)
    unseen = tuple((probe, each) for probe, each in zip(probes, looked, strict=True) if isinstance(each, NoAnswer))
    if unseen and not strange:
        raise Unanswered(unseen)
    if not any(host.addresses for _, host in found):
        return Verdict.not_applicable("the name has no IPv4 address (dns.edge-resolves-cloud)")
    return Verdict.when(
        not strange,
        expected=f"within {rows.named(map(str, ranges))}",
        observed="\n".join(f"{place}: {host}" for place, host in strange or found),
        fill=(("sipfed", quoted(asked[0].name)),),
    )


CHECK = DeploymentCheck(
    id="network.sipfed-address-range",
    title="The federation name resolves into the published ranges",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.MEDIUM,
    applies=Applies(clouds=frozenset(Cloud) - {Cloud.DOD}),
    judge=judge,
    remediation=Remediation(
        run="look at who answers for the name, and compare the address with today's list of Microsoft 365 endpoints",
        where="the DNS server that gave the address",
        role="DNS administrator",
        verify="Resolve-DnsName -Name {sipfed} -Type A  # on the Edge, and with -Server 8.8.8.8",
    ),
    sources=(sources.EPW, sources.EPW_2026),
    page=__doc__,
)
