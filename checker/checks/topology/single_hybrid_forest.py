"""No other forest is in hybrid with the tenant.

One tenant shares its SIP address space with one forest. SIP domains that are enabled online and are none of this
deployment's, with users whom the tenant shows as homed on-premises, are those of another forest: that topology is not
supported, and the move may be refused (inferred). Without such users the domains may be online only. Finish or disable
the hybrid of the other forest first. One forest with several tenants is as unsupported, and cannot be seen.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Worst
from checker.readings import remedies
from checker.readings.foreign_domains import judge_foreign

CHECK = DeploymentCheck(
    id="topology.single-hybrid-forest",
    title="Only this forest is in hybrid with the tenant",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="as unsupported; low as a move error",
    predicts=("unsupported-topology",),
    judge=judge_foreign,
    remediation=remedies.tenant(
        "Finish or disable the hybrid of the other forest first; then"
        " foreach ($d in {domains}) { Disable-CsOnlineSipDomain -Domain $d }",
        verify="Get-CsOnlineSipDomain",
        rollback="foreach ($d in {domains}) { Enable-CsOnlineSipDomain -Domain $d }",
    ),
    sources=(sources.PLAN, sources.CONS, sources.OSD),
    page=__doc__,
)
