"""A user with own policies on-premises has own policies in the cloud.

Policies do not travel with a user: whoever has one on-premises falls back to Global in the cloud with the move, unless
the policy of Teams was granted before. Compared are the policies of conferencing, external access, voicemail, voice and
the dial plan, and only whether there is one: their names and contents are chosen anew on each side.
"""

from collections.abc import Callable

from checker import sources
from checker.model.checks import Confidence, Impact, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings import remedies
from checker.readings.cloud_users import NO_ACCOUNT, NOT_FOUND, online_users, upn_of
from checker.readings.own_policies import explicit, is_assigned, unread
from checker.readings.users import batch, must_be_read

EXPECTED = "an own policy in the cloud for each one on-premises"
ASSIGNED = Verdict.when(True, expected=EXPECTED, observed="assigned")
NOTHING_TO_ASSIGN = Verdict.when(True, expected=EXPECTED, observed="no own policies on-premises")


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    users = online_users(target, evidence)
    known = {row.user.policies for row in evidence.derive(batch(target)) if row.user}
    if known and all(map(unread, known)):
        explicit(known.pop())  # said once, and not of every user

    def judge(row: UserRow) -> Verdict:
        user = must_be_read(row)
        if user is None:
            return NOT_FOUND
        own = explicit(user.policies)
        if not own:
            return NOTHING_TO_ASSIGN
        account = users.of(row)
        if account is None:
            return NO_ACCOUNT
        missing = [name for name in own if not is_assigned(account, name)]
        if not missing:
            return ASSIGNED
        observed = f"none for {', '.join(missing)}"
        return Verdict.when(False, expected=EXPECTED, observed=observed, fill=upn_of(row))

    return judge


CHECK = UserCheck(
    id="user.cloud-policies",
    title="The user's cloud policies are assigned before the move",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.HIGH,
    bind=bind,
    remediation=remedies.tenant(
        "Grant-Cs<policy> -Identity {identity} -PolicyName <name>",
        verify="Get-CsUserPolicyAssignment -Identity {identity}",
        rollback="Grant-Cs<policy> -Identity {identity} -PolicyName $null",
    ),
    sources=(sources.MOVE,),
    page=__doc__,
)
