"""Not more than one Edge pool carries federation, or the runbook says which way to take.

Move-CsUser looks for the one route to the cloud and stops where it finds several. Pools are counted, not servers, by
port 5061 of the Access Edge. Pass -ProxyPool with a Front End pool whose route is to be used, or leave federation on
one Edge pool.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.topology import EDGE_SERVICES, federated_pools


def judge(target: Target, evidence: Evidence) -> Verdict:
    pools = federated_pools(evidence.answer(EDGE_SERVICES))
    if not pools:
        return Verdict.not_applicable("no Edge pool carries federation (topology.federation-edge-present)")
    expected = "one Edge pool with AccessEdgeExternalSipPort 5061"
    observed = f"the port is set on {rows.named(pools)}"
    if len(pools) > 1 and target.runbook.proxy_pool:
        summary = f"The runbook passes -ProxyPool {target.runbook.proxy_pool}."
        return Verdict.mind(expected=expected, observed=observed, summary=summary)
    return Verdict.when(len(pools) == 1, expected=expected, observed=observed)


CHECK = DeploymentCheck(
    id="topology.single-federation-edge",
    title="No second Edge pool carries federation",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    predicts=("multiple-federated-edges",),
    judge=judge,
    remediation=Remediation(
        run="pass -ProxyPool <Front End pool FQDN> to Move-CsUser; or leave federation on one Edge pool and publish",
        where="the runbook; or Topology Builder",
        role="who runs the move; RTCUniversalServerAdmins for the topology",
        verify="Get-CsService -EdgeServer | Select-Object PoolFqdn, AccessEdgeExternalSipPort",
        rollback="publish the topology as it was before",
    ),
    sources=(sources.MCU, sources.I9464, sources.I9465, sources.PR9676, sources.OPD),
    page=__doc__,
)
