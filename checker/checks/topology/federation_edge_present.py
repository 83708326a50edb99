"""At least one Edge pool carries federation: its Access Edge listens on port 5061.

Hybrid needs an Edge: all that users who have moved and users who have not say to each other passes through it. The port
is the sign in the topology that federation is on for the pool; by itself it does not prove that the Edge works. Deploy
an Edge pool, or turn federation on for the one there is, publish the topology and run the set-up on the Edge.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.topology import EDGE_SERVICES, edge_services, federated_pools


def judge(target: Target, evidence: Evidence) -> Verdict:
    services = evidence.answer(EDGE_SERVICES)
    edges = edge_services(services)
    federated = federated_pools(services)
    ports = rows.named((f"{edge.pool}: {edge.federation_port or 'not set'}" for edge in edges), "no Edge pool")
    return Verdict.when(
        bool(federated),
        expected="AccessEdgeExternalSipPort 5061 on an Edge pool",
        observed=f"the port is set on {rows.named(federated)}" if federated else ports,
    )


CHECK = DeploymentCheck(
    id="topology.federation-edge-present",
    title="An Edge pool carries federation",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    judge=judge,
    remediation=Remediation(
        run="deploy an Edge pool, or enable federation on the one there is; publish; run the set-up on the Edge",
        where="Topology Builder",
        role="RTCUniversalServerAdmins",
        verify="Get-CsService -EdgeServer | Select-Object PoolFqdn, AccessEdgeExternalSipPort",
        rollback="publish the topology as it was before",
    ),
    sources=(sources.PLAN, sources.FEDC, sources.OPD),
    page=__doc__,
)
