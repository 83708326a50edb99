"""The Edge pool that carries federation has a next hop, and that pool is in the topology.

Everything that comes in from partners and from the cloud is handed to this pool. Without one, or with one that was
removed, users on-premises are not reached from outside, and users who have moved do not reach them. Whether the
services of that pool run is not judged. Set the next hop in Topology Builder and publish.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.topology import EDGE_SERVICES, POOLS, edge_services, federated_pools, pool_names


def judge(target: Target, evidence: Evidence) -> Verdict:
    services, pools = evidence.answers(EDGE_SERVICES, POOLS)
    federated = federated_pools(services)
    if not federated:
        return Verdict.not_applicable("no Edge pool carries federation (topology.federation-edge-present)")
    hops = {edge.pool: edge.next_hop for edge in edge_services(services) if edge.pool in federated}
    known = pool_names(pools)
    lost = [f"{pool}: {hop} is no pool" if hop else f"{pool}: none" for pool, hop in hops.items() if hop not in known]
    return Verdict.when(
        not lost,
        expected="Registrar set to a pool of the topology",
        observed=rows.named(lost or [f"{pool}: {hop}" for pool, hop in hops.items()]),
    )


CHECK = DeploymentCheck(
    id="topology.edge-next-hop",
    title="The federating Edge pool has a next hop",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    judge=judge,
    remediation=Remediation(
        run="set the next hop pool of the Edge pool, and publish",
        where="Topology Builder",
        role="RTCUniversalServerAdmins",
        verify="Get-CsService -EdgeServer | Select-Object PoolFqdn, Registrar",
        rollback="publish the topology as it was before",
    ),
    sources=(sources.OPD,),
    page=__doc__,
)
