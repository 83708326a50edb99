"""The user's account was not changed within the last hour, so that User Replicator has had the time to see it.

Who was just enabled, or just moved between pools, is not yet in the database of the pool; a move between pools then
says that the user is not provisioned. What a move to the cloud says is inferred. whenChanged in Active Directory is the
nearest thing to see from outside; the hour is our limit. Wait, or start the replication with Update-CsUserDatabase.
"""

from collections.abc import Callable
from datetime import timedelta

from checker import sources
from checker.model.checks import Confidence, Impact, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings.cloud_users import NOT_FOUND
from checker.readings.directory_users import DIRECTORY_USERS, accounts
from checker.readings.moments import moment
from checker.readings.powershell_text import quoted
from checker.readings.remedies import on_premises

SETTLED = timedelta(hours=1)
EXPECTED = "whenChanged an hour old at the least"
REPLICATED = Verdict.when(True, expected=EXPECTED, observed="an hour old or more")


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    known = accounts(target, evidence)
    text = known.index.text
    since = evidence.observed_at(DIRECTORY_USERS) - SETTLED

    def judge(row: UserRow) -> Verdict:
        account = known.must_be_there(row)
        if account is None:
            return NOT_FOUND
        changed = moment(text(account, "whenChanged"))
        if changed is None:
            raise Unreadable("whenChanged is empty")
        if changed <= since:
            return REPLICATED
        return Verdict.when(
            False,
            expected=EXPECTED,
            observed=f"whenChanged {changed:%Y-%m-%d %H:%M} UTC",
            fill=(("identity", quoted(row.subject)),),
        )

    return judge


CHECK = UserCheck(
    id="user.replicated-to-pool",
    title="The user is provisioned in the pool's database",
    impact=Impact.BLOCKS,
    worst=Worst.WARN,
    confidence=Confidence.HIGH,
    confidence_note="for pool moves; low for cloud moves",
    predicts=("not-provisioned-in-pool",),
    bind=bind,
    remediation=on_premises(
        "wait an hour before moving {identity}; or Update-CsUserDatabase -Fqdn <pool FQDN>",
        verify="dbanalyze /report:user /user:<SIP address>",
        wait="until User Replicator has gone through the domain (event 30024)",
    ),
    sources=(sources.SMOVE,),
    page=__doc__,
)
