"""Each user has an account in the tenant that directory synchronisation keeps, and that shows where the user is homed.

Move-CsUser hands the user to an account that is there already: one made in the cloud with the same name, one that was
deleted, or none at all cannot take it. OnPremHostingProvider SRV: shows that the attributes of Skype for Business came
along; Microsoft Graph does not have it, so from Graph alone only the account is judged. Bring the account into the
scope of directory synchronisation, and let a cycle run.
"""

from collections.abc import Callable

from checker import sources
from checker.model.checks import Confidence, Impact, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.cloud_users import (
    IS_SYNCED,
    NOT_FOUND,
    ONLINE_USERS,
    is_deleted,
    is_synced,
    upn_of,
    users_with,
)
from checker.readings.remedies import directory_sync
from checker.readings.users import HOMED_ON_PREMISES

EXPECTED = f"a synchronised account, OnPremHostingProvider {HOMED_ON_PREMISES}"
SYNCED = Verdict.when(True, expected=EXPECTED, observed=EXPECTED)
ACCOUNT_SYNCED = Verdict.when(
    True, expected="a synchronised account", observed="OnPremisesSyncEnabled True; where it is homed was not read"
)

MOVED = Verdict.when(True, expected=EXPECTED, observed="synchronised; homed in the cloud (user.homed-on-premises)")


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    probe, users = users_with(target, evidence, online=IS_SYNCED, graph=("OnPremisesSyncEnabled",))
    shows_home = probe is ONLINE_USERS

    def judge(row: UserRow) -> Verdict:
        if row.found == ():
            return NOT_FOUND
        account = users.of(row)
        if account is None:
            return does_not_hold(row, "no cloud account")
        if is_deleted(account):
            return does_not_hold(row, "the cloud account was deleted")
        if not is_synced(account):
            return does_not_hold(row, "the cloud account is not synchronised")
        if not shows_home:
            return ACCOUNT_SYNCED
        home = rows.text(account, "OnPremHostingProvider")
        if home.upper() == HOMED_ON_PREMISES:
            return SYNCED
        if home and row.user and home.casefold() == row.user.hosting_provider.casefold():
            return MOVED
        return does_not_hold(row, f"synchronised, OnPremHostingProvider {home or 'empty'}")

    return judge


def does_not_hold(row: UserRow, observed: str) -> Verdict:
    return Verdict.when(False, expected=EXPECTED, observed=observed, fill=upn_of(row))


CHECK = UserCheck(
    id="user.synced",
    title="The user's account is synchronised to the tenant",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    predicts=("not-synced",),
    bind=bind,
    remediation=directory_sync(
        "bring the account into the scope of synchronisation, then: Start-ADSyncSyncCycle -PolicyType Delta",
        verify="Get-CsOnlineUser -Identity {identity} | Select-Object UserDirSyncEnabled, OnPremHostingProvider",
        wait="the cycle, then provisioning in the cloud; a vendor says 6 to 24 hours",
    ),
    sources=(sources.AADC, sources.CONF, sources.S506, sources.SBC),
    page=__doc__,
)
