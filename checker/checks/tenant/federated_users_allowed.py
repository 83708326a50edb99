"""The tenant federates at all: AllowFederatedUsers is True.

While it is not, users in the cloud reach nobody outside the tenant, and the two sides of a hybrid deployment do not
treat partners alike. Look at the allowed and blocked domains before switching it on: it opens the tenant to whatever
the lists say.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import remedies, rows
from checker.readings.tenant_federation import federation_row


def judge(target: Target, evidence: Evidence) -> Verdict:
    allowed = rows.flag(federation_row(evidence), "AllowFederatedUsers")
    return Verdict.when(allowed, expected="AllowFederatedUsers True", observed=f"AllowFederatedUsers {allowed}")


CHECK = DeploymentCheck(
    id="tenant.federated-users-allowed",
    title="The tenant allows federated users",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    judge=judge,
    remediation=remedies.tenant(
        "Set-CsTenantFederationConfiguration -AllowFederatedUsers $true",
        verify="(Get-CsTenantFederationConfiguration).AllowFederatedUsers",
        rollback="Set-CsTenantFederationConfiguration -AllowFederatedUsers $false",
    ),
    sources=(sources.PLAN, sources.STF),
    page=__doc__,
)
