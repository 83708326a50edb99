"""All Edges of the pool that carries federation show the same certificate outside.

A load balancer, or DNS, sends a connection to any of them. Where one has another certificate, federation and sign-in
work by turns, depending on the Edge that was met, and a change of certificate was not finished. Every Edge of the
pool has to say which one it has: one that was not looked at may be the odd one. Import the same certificate with its
private key on each Edge and assign it.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, ServerRole, Worst
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, Vantage
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.certificates import assigned_certificates, external_certificate
from checker.readings.topology import EDGE_SERVICES, POOLS, federated_pools, read_servers


def judge(target: Target, evidence: Evidence) -> Verdict:
    services, topology = evidence.answers(EDGE_SERVICES, POOLS)
    pools = federated_pools(services)
    if not pools:
        return Verdict.not_applicable("no Edge pool carries federation (topology.federation-edge-present)")
    edges = [each for each in read_servers(topology) if each.role is ServerRole.EDGE and each.pool in pools]
    if without := set(pools) - {edge.pool for edge in edges}:
        raise Unreadable(f"Get-CsPool names no Edge of {rows.named(sorted(without))}")
    probes = [assigned_certificates(Vantage.EDGE, edge.fqdn) for edge in edges]
    missing: list[tuple[AnyProbe, NoAnswer]] = []
    shown: dict[str, str] = {}
    seen: dict[str, set[str]] = {pool: set() for pool in pools}
    for edge, probe, answer in zip(edges, probes, evidence.attempts(*probes), strict=True):
        if isinstance(answer, NoAnswer):
            missing.append((probe, answer))
            continue
        certificate = external_certificate(evidence, edge.fqdn)
        shown[edge.fqdn] = certificate.thumbprint if certificate else "none"
        seen[edge.pool].add(shown[edge.fqdn])
    same = all(len(each) < 2 and "none" not in each for each in seen.values())
    if missing and same:
        raise Unanswered(tuple(missing))
    return Verdict.when(
        same,
        expected="one thumbprint on all Edges of the pool",
        observed=", ".join(f"{edge}: {thumbprint}" for edge, thumbprint in shown.items()),
    )


CHECK = DeploymentCheck(
    id="certificate.edge-same-on-all",
    title="All Edges of the pool present the same external certificate",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    judge=judge,
    remediation=Remediation(
        run="import the same certificate with its private key;"
        " Set-CsCertificate -Type AccessEdgeExternal -Thumbprint <thumbprint>",
        where="each Edge of the pool",
        role="local administrator",
        verify="Get-CsCertificate -Type AccessEdgeExternal | Select-Object Thumbprint",
        rollback="Set-CsCertificate -Type AccessEdgeExternal -Thumbprint <the old one of that Edge>",
    ),
    sources=(sources.OPD, sources.CONS),
    page=__doc__,
)
