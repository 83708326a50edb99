"""The tenant half of split domain: SharedSipAddressSpace is True.

While it is not, Move-CsUser stops with fault 510 for every user of the batch; off is the documented default, and it
is off again where hybrid was disabled and a user was forgotten. Turn it on before the first move, and leave it on
until nobody is left on premises. With another forest in hybrid with the same tenant, take that one out first. It is not
the hosting provider's EnabledSharedAddressSpace, which is the on-premises half.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.tenant_federation import federation_row


def judge(target: Target, evidence: Evidence) -> Verdict:
    shared = rows.flag(federation_row(evidence), "SharedSipAddressSpace")
    return Verdict.when(shared, expected="SharedSipAddressSpace True", observed=f"SharedSipAddressSpace {shared}")


CHECK = DeploymentCheck(
    id="tenant.shared-sip-address-space",
    title="The tenant shares its SIP address space with the on-premises deployment",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    predicts=("hms-510",),
    judge=judge,
    remediation=Remediation(
        run="Set-CsTenantFederationConfiguration -SharedSipAddressSpace $true",
        where="MicrosoftTeams PowerShell module, after Connect-MicrosoftTeams",
        role="Teams Administrator",
        verify="(Get-CsTenantFederationConfiguration).SharedSipAddressSpace",
        rollback="Set-CsTenantFederationConfiguration -SharedSipAddressSpace $false  # when nobody is left on-premises",
    ),
    sources=(sources.S510, sources.FEDC, sources.STF, sources.SEED),
    page=__doc__,
)
