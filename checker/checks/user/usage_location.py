"""Each user has a usage location in the cloud.

No licence can be assigned to an account without one, for not every service is offered in every country. A user who has
all licences already is not stopped. Set it in Active Directory or in Entra ID, wherever the account is kept.
"""

from collections.abc import Callable

from checker import sources
from checker.model.checks import Confidence, Impact, Remediation, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.cloud_users import NO_ACCOUNT, NOT_FOUND, graph_users, upn_of

EXPECTED = "UsageLocation set"
HAS_ONE = Verdict.when(True, expected=EXPECTED, observed=EXPECTED)


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    users = graph_users(target, evidence, "UsageLocation")

    def judge(row: UserRow) -> Verdict:
        if row.found == ():
            return NOT_FOUND
        account = users.of(row)
        if account is None:
            return NO_ACCOUNT
        if rows.text(account, "usageLocation", "UsageLocation"):
            return HAS_ONE
        return Verdict.when(False, expected=EXPECTED, observed="UsageLocation empty", fill=upn_of(row))

    return judge


CHECK = UserCheck(
    id="user.usage-location",
    title="The user has a usage location",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.LOW,
    confidence_note="common knowledge",
    bind=bind,
    remediation=Remediation(
        run="Update-MgUser -UserId {identity} -UsageLocation <country code>",
        where="Microsoft Graph PowerShell, after Connect-MgGraph",
        role="User Administrator",
        verify="Get-MgUser -UserId {identity} -Property UsageLocation | Select-Object UsageLocation",
    ),
    sources=(sources.FIELD,),
    page=__doc__,
)
