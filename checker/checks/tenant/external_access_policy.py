"""The tenant's external access policy for everybody, Global, lets users federate: EnableFederationAccess is True.

A user who has been moved is under the tenant's policies and no longer under those of the servers: while this one
forbids it, contacts of partners are gone with the move. Policies that were granted to single users may differ; they are
not judged here.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Worst
from checker.model.evidence import Evidence
from checker.model.probes import CmdletProbe, Vantage
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import remedies, rows
from checker.readings.tenant import global_instance

TENANT_ACCESS_POLICIES = CmdletProbe(
    vantage=Vantage.TENANT, cmdlet="Get-CsExternalAccessPolicy", properties=("Identity", "EnableFederationAccess")
)


def judge(target: Target, evidence: Evidence) -> Verdict:
    policy = global_instance(evidence.answer(TENANT_ACCESS_POLICIES), TENANT_ACCESS_POLICIES.cmdlet)
    allowed = rows.flag(policy, "EnableFederationAccess")
    observed = f"Global EnableFederationAccess {allowed}"
    return Verdict.when(allowed, expected="Global EnableFederationAccess True", observed=observed)


CHECK = DeploymentCheck(
    id="tenant.external-access-policy",
    title="The tenant's external access policy lets moved users federate",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.MEDIUM,
    judge=judge,
    remediation=remedies.tenant(
        "Set-CsExternalAccessPolicy -Identity Global -EnableFederationAccess $true",
        verify="(Get-CsExternalAccessPolicy -Identity Global).EnableFederationAccess",
        rollback="Set-CsExternalAccessPolicy -Identity Global -EnableFederationAccess $false",
    ),
    sources=(sources.SAE, sources.STF),
    page=__doc__,
)
