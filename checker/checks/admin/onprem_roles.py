"""The account that runs the move is in the groups of Active Directory that may move users.

Microsoft's later text asks for CSServerAdministrator, CsUserAdministrator and RTCUniversalUserAdmins; the text of 2021
asked for the first alone, and reports say that it fails. CsAdministrator with RTCUniversalUserAdmins is taken for all
three, which is an inference. No text says that Domain Admins suffice. Rights inside the SQL database of the
configuration store cannot be seen; one report needed them. Add what is missing, and sign in again.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.operator_groups import DOMAIN_ADMINS, operator_groups
from checker.readings.powershell_text import quoted

ASKED_FOR = ("CSServerAdministrator", "CsUserAdministrator", "RTCUniversalUserAdmins")
COVERS_TWO = "CsAdministrator"
_KNOWN = (COVERS_TWO, *ASKED_FOR, DOMAIN_ADMINS)


def judge(target: Target, evidence: Evidence) -> Verdict:
    groups = operator_groups(target, evidence)
    held = [name for name in _KNOWN if name.lower() in groups.names]
    expected, observed = rows.named(ASKED_FOR), rows.named(held, "none of them")
    if set(ASKED_FOR) <= set(held):
        return Verdict.when(True, expected=expected, observed=observed)
    lacked = ASKED_FOR[2:] if groups.has(COVERS_TWO) else ASKED_FOR
    missing = [name for name in lacked if not groups.has(name)]
    if not missing:
        summary = f"That {COVERS_TWO} covers the other two is inferred."
        return Verdict.when(True, expected=expected, observed=observed, summary=summary)
    fill = (("missing", ",".join(map(quoted, missing))),)
    if held:
        summary = f"Missing: {rows.named(missing)}."
        return Verdict.mind(expected=expected, observed=observed, summary=summary, fill=fill)
    return Verdict.when(False, expected=expected, observed=observed, fill=fill)


CHECK = DeploymentCheck(
    id="admin.onprem-roles",
    title="The operator holds the on-premises roles",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="the roles; low for the message",
    predicts=("onprem-role-missing",),
    judge=judge,
    remediation=Remediation(
        run="{missing} | ForEach-Object { Add-ADGroupMember -Identity $_ -Members <account of the operator> }",
        where="Active Directory module for Windows PowerShell; then sign in again",
        role="Domain Admin",
        verify="whoami /groups  # after signing in again, on the machine that runs the move",
        rollback="{missing} | ForEach-Object { Remove-ADGroupMember -Identity $_ -Members <account of the operator> }",
    ),
    sources=(sources.MOVE2, sources.MOVE, sources.I7470, sources.I8219, sources.PR8223),
    page=__doc__,
)
