"""Each user has the plans Teams and Skype for Business Online, both turned on.

Without the Skype for Business plan Move-CsUser stops with HostedMigration fault 507, years after that service was
retired; that a missing Teams plan gives the same fault is inferred. A plan turned off inside its SKU is missing. A plan
takes half an hour and more to reach the migration service. What that service makes of plan 1 and of the plans of
government clouds is written nowhere. Assign the licence, or put the user into the group that does, and wait.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from checker import sources
from checker.model.checks import Confidence, Impact, Remediation, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings.licences import Plans, PlanState, licences
from checker.readings.powershell_text import quoted
from checker.readings.users import must_be_read

EXPECTED = "Teams and Skype for Business Online (Plan 2), both enabled"
LICENSED = Verdict.when(True, expected=EXPECTED, observed="both enabled")
NOBODY = "There is nobody to license: first bring the account into the scope of directory synchronisation."
NOT_FOUND = Verdict.not_applicable("the user was not found on-premises (user.found-and-enabled)")

# Names as Get-CsOnlineUser and as Microsoft Graph give them, in lower case; the patterns are those of public scripts.
TEAMS = ("teams", "teams_gcc", "teams1")
SKYPE = ("mcoprofessional", "mcostandard")
UNSOURCED_TEAMS = re.compile(r"teams1?_(ar_)?(gov|gcc|dod)\w*")
UNSOURCED_SKYPE = re.compile(r"mcoimp\w*|mcostandard_\w+|mcoprofessional_\w+")
NOT_YET = {PlanState.FRESH: "assigned less than 30 minutes before", PlanState.PENDING: "not active yet"}


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    known = evidence.derive(licences)
    look = lru_cache(maxsize=1 << 12)(look_for)  # most users have the plans of many others

    def judge(row: UserRow) -> Verdict:
        if row.found == ():
            return NOT_FOUND
        plans = known.of(row)
        if plans is None:
            must_be_read(row)  # without it the operator's name for the user may be one that only the directory knows
            return Verdict.when(
                False, expected=EXPECTED, observed="no cloud account", summary=NOBODY, fill=fill(row), inferred=True
            )
        has_teams, teams = look("Teams", plans, TEAMS, UNSOURCED_TEAMS)
        has_skype, skype = look("Skype for Business Online", plans, SKYPE, UNSOURCED_SKYPE)
        if not teams and not skype:
            return LICENSED
        observed = ", ".join(filter(None, (teams, skype)))
        if has_teams and has_skype:
            return Verdict.mind(expected=EXPECTED, observed=observed, fill=fill(row))
        return Verdict.when(False, expected=EXPECTED, observed=observed, fill=fill(row), inferred=has_skype)

    return judge


def fill(row: UserRow) -> tuple[tuple[str, str], ...]:
    return (("identity", quoted((row.user and row.user.upn) or row.subject)),)


def look_for(product: str, plans: Plans, names: tuple[str, ...], unsourced: re.Pattern[str]) -> tuple[bool, str]:
    """Whether the user has it in some way, and what is to be said of it; nothing when it is simply enabled.

    Raises ``Unreadable`` where it is missing among the plans with names, and there are others.
    """
    state = plans.best(names)
    if state is PlanState.ENABLED:
        return True, ""
    if state in NOT_YET:
        return True, f"{product} {NOT_YET[state]}"
    if variants := plans.matching(unsourced):
        return True, f"{product} only as {', '.join(variants)}"
    if plans.unnamed:
        raise Unreadable(f"{product} may be among the plans whose ids are in no subscribed SKU")
    return False, f"{product} missing"


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
    remediation=Remediation(
        run='Set-MgUserLicense -UserId {identity} -AddLicenses @{SkuId="<sku id>"} -RemoveLicenses @()',
        where="Microsoft Graph PowerShell, after Connect-MgGraph; Get-MgSubscribedSku lists the SKU ids",
        role="License Administrator",
        verify="Get-MgUserLicenseDetail -UserId {identity} | Select-Object -ExpandProperty ServicePlans",
        rollback='Set-MgUserLicense -UserId {identity} -AddLicenses @() -RemoveLicenses @("<sku id>")',
        wait="30 minutes and more",
    ),
    sources=(sources.S507, sources.MOVE, sources.MOVET, sources.PLAN, sources.BMT, sources.CAYO),
    page=__doc__,
)
