"""The tenant reports no error for the user: UserValidationErrors is empty.

The cloud writes there why it cannot provision an account: a SIP address that is missing, not unique, or in a domain
that is not enabled. Such an account receives nobody, so the move fails however right everything on-premises is. From
Microsoft Graph the errors of this service and those of directory synchronisation are taken. The text says what to do;
it is mostly an attribute in Active Directory, and then a cycle of synchronisation.
"""

from collections.abc import Callable

from checker import sources
from checker.model.checks import Confidence, Impact, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings.cloud_users import NO_ACCOUNT, NOT_FOUND, upn_of
from checker.readings.remedies import directory_sync
from checker.readings.validation_errors import errors_of

EXPECTED = "no validation error"
NONE = Verdict.when(True, expected=EXPECTED, observed="none")


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    users, read = errors_of(target, evidence)

    def judge(row: UserRow) -> Verdict:
        if row.found == ():
            return NOT_FOUND
        account = users.of(row)
        if account is None:
            return NO_ACCOUNT
        error = read(account)
        return Verdict.when(False, expected=EXPECTED, observed=error, fill=upn_of(row)) if error else NONE

    return judge


CHECK = UserCheck(
    id="user.validation-errors",
    title="The tenant reports no validation error for the user",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.MEDIUM,
    confidence_note="as a blocker; high as a bad state",
    predicts=("user-validation-error",),
    bind=bind,
    remediation=directory_sync(
        "correct in Active Directory what the error names, then: Start-ADSyncSyncCycle -PolicyType Delta",
        verify="Get-CsOnlineUser -Identity {identity} | Select-Object -ExpandProperty UserValidationErrors",
        wait="the cycle, then provisioning in the cloud",
    ),
    sources=(sources.OPD, sources.SBC, sources.GOU),
    page=__doc__,
)
