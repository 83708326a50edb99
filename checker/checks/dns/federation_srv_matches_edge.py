"""The target of the federation SRV record is the Access Edge of the topology, has an address, and the port is right.

A record that names a host which is gone, or another one, leads partners and the cloud into nothing: federation and
presence between moved and not yet moved users end there. Another name is fine where public DNS gives it the addresses
of the Access Edge. Both sides are read from public DNS, never from a network card, so address translation on the way
to the Edge makes no difference. Correct the target, its address record, or the port.
"""

from checker import sources
from checker.model.checks import Confidence, Impact, SipDomainCheck, Worst
from checker.model.evidence import Evidence
from checker.model.probes import Vantage
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings.dns_records import Host, Srv, best_srv, federation_name, federation_srv, host, shown_srv
from checker.readings.remedies import public_dns, zone_names
from checker.readings.topology import EDGE_SERVICES, EdgeService, edge_services


def judge(target: Target, evidence: Evidence, domain: str) -> Verdict:
    answer, services = evidence.answers(federation_srv(domain), EDGE_SERVICES)
    records = [record for record in best_srv(answer) if record.target]
    if not records:
        return Verdict.not_applicable("no federation SRV record names a target (dns.federation-srv)")
    edges = [edge for edge in edge_services(services) if edge.federation_port]
    if not edges:
        return Verdict.not_applicable("no Edge of the topology carries federation (topology.federation-edge-present)")
    hosts = {record.target: host(evidence, Vantage.DNS_EXTERNAL, record.target) for record in records}
    wanted = " or ".join(f"{edge.external_fqdn}:{edge.federation_port}" for edge in edges)
    return Verdict.when(
        all(any(leads_to(evidence, record, hosts[record.target], edge) for edge in edges) for record in records),
        expected=f"{wanted}, or a name with the same addresses",
        observed="\n".join([shown_srv(tuple(records), answer), *map(str, hosts.values())]),
        fill=(*zone_names(federation_name(domain), domain), ("edge", wanted)),
    )


def leads_to(evidence: Evidence, record: Srv, found: Host, edge: EdgeService) -> bool:
    if record.port != edge.federation_port or not found.addresses:
        return False
    if edge.external_fqdn in (found.name, *found.chain):
        return True
    return found.addresses <= host(evidence, Vantage.DNS_EXTERNAL, edge.external_fqdn).addresses


CHECK = SipDomainCheck(
    id="dns.federation-srv-matches-edge",
    title="The SRV target is the Access Edge and resolves",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    judge=judge,
    remediation=public_dns(
        "point {owner}. at a name in {domain} that has the public addresses of the Access Edge, with its port: {edge}",
        verify="Resolve-DnsName -Name {name} -Type SRV -Server 8.8.8.8",
    ),
    sources=(sources.PLAN,),
    page=__doc__,
)
