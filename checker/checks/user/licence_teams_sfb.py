"""Each user has the plans Teams and Skype for Business Online, both turned on.

Without the Skype for Business plan Move-CsUser stops with HostedMigration fault 507, years after that service was
retired; that a missing Teams plan gives the same fault is inferred. A plan turned off inside its SKU is missing. A plan
takes half an hour and more to reach the migration service. What that service makes of plan 1 and of the plans of
government clouds is written nowhere. Assign the licence, or put the user into the group that does, and wait.
"""

from collections.abc import Callable
from functools import lru_cache

from checker import sources
from checker.model.checks import Confidence, Impact, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings.cloud_users import NOT_FOUND, upn_of
from checker.readings.licences import licences
from checker.readings.plan_judging import SKYPE, TEAMS, look_for
from checker.readings.remedies import licence

EXPECTED = "Teams and Skype for Business Online (Plan 2), both enabled"
LICENSED = Verdict.when(True, expected=EXPECTED, observed="both enabled")
NOBODY = "There is nobody to license: first bring the account into the scope of directory synchronisation."


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    known = evidence.derive(licences(target))
    look = lru_cache(maxsize=1 << 12)(look_for)  # most users have the plans of many others

    def judge(row: UserRow) -> Verdict:
        if row.found == ():
            return NOT_FOUND
        plans = known.of(row)
        if plans is None:
            return Verdict.when(
                False, expected=EXPECTED, observed="no cloud account", summary=NOBODY, fill=upn_of(row), inferred=True
            )
        has_teams, teams = look(TEAMS, plans)
        has_skype, skype = look(SKYPE, plans)
        if not teams and not skype:
            return LICENSED
        observed = ", ".join(filter(None, (teams, skype)))
        if has_teams and has_skype:
            return Verdict.mind(expected=EXPECTED, observed=observed, fill=upn_of(row))
        return Verdict.when(False, expected=EXPECTED, observed=observed, fill=upn_of(row), inferred=has_skype)

    return judge


CHECK = UserCheck(
    id="user.licence-teams-sfb",
    title="The user has Teams and Skype for Business Online plans",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note=(
        "the condition; medium for the literal text today; that a missing Teams plan gives 507 is inferred"
    ),
    predicts=("hms-507",),
    bind=bind,
    remediation=licence(),
    sources=(sources.S507, sources.MOVE, sources.MOVET, sources.PLAN, sources.BMT, sources.CAYO),
    page=__doc__,
)
