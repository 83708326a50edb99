"""The on-premises external access policies let users federate: EnableFederationAccess is True.

In a split domain a user who stays reaches one who moved by way of federation, and the default of the switch is False.
The policy Global, and one of a site, apply to everybody there who has none of his own; who has a policy for single
users is not looked at, so one of those alone that forbids it may be meant that way. Allow it in the policies of users
who stay.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Worst
from checker.model.evidence import Evidence
from checker.model.probes import CmdletProbe, Vantage
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import remedies, rows
from checker.readings.federated_domains import literals, some
from checker.readings.tenant import global_instance

ACCESS_POLICIES = CmdletProbe(
    vantage=Vantage.ONPREM, cmdlet="Get-CsExternalAccessPolicy", properties=("Identity", "EnableFederationAccess")
)
SINGLE_USERS = "Only policies for single users forbid it: whether users who stay have them was not looked at."
THOSE_OF_STAYERS = "<those that users who stay have, of {}>"  # a blank: such a policy may be meant to forbid it


def judge(target: Target, evidence: Evidence) -> Verdict:
    answer = evidence.answer(ACCESS_POLICIES)
    global_instance(answer, ACCESS_POLICIES.cmdlet)  # the list of a deployment has it
    policies = rows.all_of(answer, ACCESS_POLICIES.cmdlet)
    forbidding = {rows.text(row, "Identity") for row in policies if not rows.flag(row, "EnableFederationAccess")}
    for_everybody = {identity for identity in forbidding if not identity.casefold().startswith("tag:")}
    return Verdict.when(
        not forbidding,
        expected="EnableFederationAccess True in every policy",
        observed=f"EnableFederationAccess False in: {some(forbidding)}",
        summary=SINGLE_USERS if forbidding and not for_everybody else "",
        fill=(("policies", literals(for_everybody) or THOSE_OF_STAYERS.format(literals(forbidding))),),
    )


CHECK = DeploymentCheck(
    id="federation.on-premises-access-policy",
    title="The on-premises external access policies allow federation",
    impact=Impact.DEGRADES,
    worst=Worst.WARN,
    confidence=Confidence.MEDIUM,
    judge=judge,
    remediation=remedies.on_premises(
        "$policies = {policies}; "
        "$policies | ForEach-Object { Set-CsExternalAccessPolicy -Identity $_ -EnableFederationAccess $true }",
        verify="Get-CsExternalAccessPolicy | Select-Object Identity, EnableFederationAccess",
        rollback="Set-CsExternalAccessPolicy -Identity <policy> -EnableFederationAccess $false",
    ),
    sources=(sources.PLAN, sources.SAE),
    page=__doc__,
)
