"""The user's account in Active Directory is enabled.

A disabled account mostly is that of somebody who left: to move it costs a licence and serves nobody. In a resource
forest every account is disabled, and rightly so. Take leavers out of the batch.
"""

from collections.abc import Callable

from checker import sources
from checker.model.checks import Confidence, Impact, Remediation, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target, said
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings.account_states import account_states
from checker.readings.cloud_users import NOT_FOUND
from checker.readings.powershell_text import quoted

EXPECTED = "the account is enabled"
ENABLED = Verdict.when(True, expected=EXPECTED, observed="enabled")
RESOURCE_FOREST = Verdict.not_applicable("in a resource forest accounts are disabled, as they should be")


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    is_enabled = account_states(target, evidence)

    def judge(row: UserRow) -> Verdict:
        if row.found == ():
            return NOT_FOUND
        if is_enabled(row):
            return ENABLED
        if said(target.resource_forest, "[deployment].resource_forest"):
            return RESOURCE_FOREST
        return Verdict.when(False, expected=EXPECTED, observed="disabled", fill=(("identity", quoted(row.subject)),))

    return judge


CHECK = UserCheck(
    id="user.ad-account-enabled",
    title="The user's AD account is enabled",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.LOW,
    confidence_note="common knowledge",
    bind=bind,
    remediation=Remediation(
        run="leave {identity} out of the batch, or enable the account if the user is to stay",
        where="the list of users",
        role="whoever runs the move",
        verify="Get-ADUser -Filter <the user> -Properties Enabled",
    ),
    sources=(sources.FIELD,),
    page=__doc__,
)
