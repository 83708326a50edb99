"""A user who is to come back has no own TeamsUpgradePolicy that says TeamsOnly.

Servers older than Skype for Business Server 2015 CU8 do not take that policy away when they move a user back, and who
is TeamsOnly cannot be homed on-premises. Newer ones do it themselves: there nothing is judged. Take the user's own
policy away before the move.
"""

from collections.abc import Callable

from checker import sources
from checker.model.axes import Direction
from checker.model.checks import Applies, Confidence, Impact, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Undecided, Unreadable
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings import remedies, rows
from checker.readings.cloud_users import NO_ACCOUNT, NOT_FOUND, online_users, own_policy, upn_of
from checker.readings.pool_builds import front_end_builds, known

EXPECTED = "no TeamsUpgradePolicy of the user's own with mode TeamsOnly"
NO_OWN = Verdict.when(True, expected=EXPECTED, observed="none of the user's own")
OTHER_MODE = Verdict.when(True, expected=EXPECTED, observed="a policy of the user's own with another mode")
NEWER = Verdict.not_applicable("no server is older than Skype for Business Server 2015 CU8")
CU8 = (6, 0, 9319, 537)  # inferred, as in the table of builds


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    if not evidence.derive(older_servers):
        return lambda row: NEWER
    users = online_users(target, evidence)

    def judge(row: UserRow) -> Verdict:
        if row.found == ():
            return NOT_FOUND
        account = users.of(row)
        if account is None:
            return NO_ACCOUNT
        policy = own_policy(account, "TeamsUpgradePolicy")
        if not policy:
            return NO_OWN
        mode = rows.text(account, "TeamsUpgradeEffectiveMode")
        if not mode:
            raise Unreadable("TeamsUpgradeEffectiveMode is empty")
        if mode.casefold() != "teamsonly":
            return OTHER_MODE
        return Verdict.when(False, expected=EXPECTED, observed=f"{policy}, mode {mode}", fill=upn_of(row))

    return judge


def older_servers(evidence: Evidence) -> bool:
    """Raises ``Undecided`` where no Front End is known to be older, and one is not known."""
    builds = evidence.derive(front_end_builds).values()
    if any(build < CU8 for build in builds if not isinstance(build, Undecided)):
        return True
    return any(known(build) < CU8 for build in builds)


CHECK = UserCheck(
    id="user.return-teams-only",
    title="The returning user is not TeamsOnly by an own policy",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    predicts=("return-teams-only-policy",),
    applies=Applies(directions=frozenset({Direction.TO_ONPREM})),
    bind=bind,
    remediation=remedies.tenant(
        "Grant-CsTeamsUpgradePolicy -Identity {identity} -PolicyName $null",
        verify="Get-CsOnlineUser -Identity {identity} | Select-Object TeamsUpgradePolicy, TeamsUpgradeEffectiveMode",
        rollback="Grant-CsTeamsUpgradePolicy -Identity {identity} -PolicyName UpgradeToTeams",
    ),
    sources=(sources.DBACK,),
    page=__doc__,
)
