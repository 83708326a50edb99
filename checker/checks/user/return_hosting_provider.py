"""For a user who is to come back, the cloud and the on-premises directory both say that the user is online.

Where the cloud holds SRV: while the directory holds the cloud's name, it takes the user for one who was made in the
cloud, and the move back stops with HostedMigration fault 506. One such user was made in the cloud and enabled
on-premises later; all of them: directory synchronisation was set up before the schema was extended. Let the attributes
be synchronised, and wait until the value in the cloud changes.
"""

from collections.abc import Callable

from checker import sources
from checker.model.axes import Direction
from checker.model.checks import Applies, Confidence, Impact, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.cloud_users import NOT_FOUND, online_users, upn_of
from checker.readings.remedies import refreshed_schema
from checker.readings.users import HOMED_ON_PREMISES, must_be_read

EXPECTED = f"HostingProvider in the cloud other than {HOMED_ON_PREMISES}"
AGREE = Verdict.when(True, expected=EXPECTED, observed="the cloud's name on both sides")
NOT_ONLINE = Verdict.not_applicable("the user is homed on-premises there (user.return-present-on-premises)")


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    users = online_users(target, evidence)

    def judge(row: UserRow) -> Verdict:
        user = must_be_read(row)
        if user is None:
            return NOT_FOUND
        account = users.of(row)
        if user.hosting_provider.upper() == HOMED_ON_PREMISES:
            return NOT_ONLINE
        if account is None:  # no check of a way back says more of it
            raise Unreadable("the user is homed online, and is not in Get-CsOnlineUser")
        in_cloud = rows.text(account, "HostingProvider")
        if not in_cloud or not user.hosting_provider:
            raise Unreadable(f"HostingProvider is empty {'in the cloud' if user.hosting_provider else 'on-premises'}")
        if in_cloud.upper() != HOMED_ON_PREMISES:
            return AGREE
        observed = f"{HOMED_ON_PREMISES} in the cloud, {user.hosting_provider} on-premises"
        return Verdict.when(False, expected=EXPECTED, observed=observed, fill=upn_of(row))

    return judge


CHECK = UserCheck(
    id="user.return-hosting-provider",
    title="Cloud and AD agree that the user is online",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    predicts=("hms-506",),
    applies=Applies(directions=frozenset({Direction.TO_ONPREM})),
    bind=bind,
    remediation=refreshed_schema("Get-CsOnlineUser -Identity {identity} | Select-Object HostingProvider"),
    sources=(sources.S506,),
    page=__doc__,
)
