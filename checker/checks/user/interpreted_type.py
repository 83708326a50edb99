"""What the cloud takes the user for shows no trouble: no validation error, missing licence or pending deletion.

The words of InterpretedUserType are documented nowhere; scripts and articles list them, and only parts of them are
looked for here. Before the move HybridOnpremSfBUser and what begins with it is expected. The cause is another check's
matter: user.validation-errors, user.licence-teams-sfb or user.synced.
"""

from collections.abc import Callable
from functools import lru_cache

from checker import sources
from checker.model.checks import Confidence, Impact, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings import remedies, rows
from checker.readings.cloud_users import NO_ACCOUNT, NOT_FOUND, online_users

SIGNS = {
    "withmcovalidationerror": "user.validation-errors",
    "notlicensed": "user.licence-teams-sfb",
    "pendingdeletion": "user.synced",
}


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    users = online_users(target, evidence)

    def judge(row: UserRow) -> Verdict:
        if row.found == ():
            return NOT_FOUND
        account = users.of(row)
        return NO_ACCOUNT if account is None else judge_type(rows.text(account, "InterpretedUserType"))

    return judge


@lru_cache(maxsize=4096)  # a tenant has few of them
def judge_type(interpreted: str) -> Verdict:
    if not interpreted:
        raise Unreadable("InterpretedUserType is empty")
    explained_by = [check for sign, check in SIGNS.items() if sign in interpreted.lower()]
    return Verdict.when(
        not explained_by,
        expected="no sign of trouble in InterpretedUserType",
        observed=f"InterpretedUserType {interpreted}",
        summary=f"See {', '.join(explained_by)}." if explained_by else "",
    )


CHECK = UserCheck(
    id="user.interpreted-type",
    title="The cloud's classification of the user shows no problem",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.MEDIUM,
    confidence_note="undocumented words",
    bind=bind,
    remediation=remedies.tenant(
        "see the check that explains it: user.validation-errors, user.licence-teams-sfb, user.synced"
    ),
    sources=(sources.GIST_GET_ITIPS, sources.MSXI),
    page=__doc__,
)
