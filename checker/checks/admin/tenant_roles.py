"""The cloud account of the move holds a directory role that may move users.

Global Administrator suffices. Teams Administrator and Skype for Business Administrator do by Microsoft's later text;
texts until 2021 ask for User Administrator beside them. It is the account that moves, which need not be the one that
scans. A role that is only eligible has to be activated before the move. Assign what is missing, and sign in again.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.operator_groups import tenant_roles

GLOBAL = "Global Administrator"
MOVING = ("Teams Administrator", "Skype for Business Administrator")
BESIDE = "User Administrator"
_KNOWN = (GLOBAL, *MOVING, BESIDE)


def judge(target: Target, evidence: Evidence) -> Verdict:
    roles = tenant_roles(target, evidence)
    expected = f"{GLOBAL}; or {' or '.join(MOVING)} with {BESIDE}"
    held = [name for name in _KNOWN if name.lower() in roles.names]
    eligible = [name for name in _KNOWN if name.lower() in roles.eligible]
    observed = rows.named([*held, *(f"{name} (eligible)" for name in eligible)], "none of them")
    if GLOBAL in held:
        return Verdict.when(True, expected=expected, observed=observed)
    if any(name in held for name in MOVING):
        if roles.has(BESIDE):
            return Verdict.when(True, expected=expected, observed=observed)
        summary = f"Texts until 2021 ask for {BESIDE} as well, the later one does not."
        return Verdict.mind(expected=expected, observed=observed, summary=summary)
    if any(name in (GLOBAL, *MOVING) for name in eligible):
        return Verdict.mind(expected=expected, observed=observed, summary="Activate the role before the move.")
    return Verdict.when(any(map(roles.has, (GLOBAL, *MOVING))), expected=expected, observed=observed)


CHECK = DeploymentCheck(
    id="admin.tenant-roles",
    title="The cloud account holds a role that may move users",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="the roles; low for the message",
    predicts=("tenant-role-missing",),
    judge=judge,
    remediation=Remediation(
        run="assign Teams Administrator, and User Administrator beside it, to the cloud account of the move; activate a"
        " role that is only eligible",
        where="Microsoft Entra admin center",
        role="Privileged Role Administrator",
        verify="Get-MgUserTransitiveMemberOf -UserId <account of the move>",
        rollback="take the roles away again",
        wait="the next sign-in",
    ),
    sources=(sources.MOVE2, sources.MOVE, sources.PR97, sources.UCG),
    page=__doc__,
)
