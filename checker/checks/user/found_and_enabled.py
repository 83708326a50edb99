"""Each user of the batch is exactly one on-premises object that is enabled for Skype for Business.

Move-CsUser takes a user from the on-premises directory; a name that answers to nobody, or to two, stops there. Enabled
is the switch of Skype for Business, not that of the account in Active Directory. Correct the list; or enable the user
on-premises first, for a user is made there and then moved: Set-CsUser for one that is switched off, Enable-CsUser for
one that has no account. Never undo either with Disable-CsUser: it deletes what the user has, contacts and meetings too.
"""

from collections.abc import Callable

from checker import sources
from checker.model.checks import Confidence, Impact, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings.powershell_text import quoted
from checker.readings.remedies import on_premises
from checker.readings.users import must_be_read

EXPECTED = "one object of Get-CsUser, Enabled True"
ENABLED = Verdict.when(True, expected=EXPECTED, observed="Enabled True")


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    return judge


def judge(row: UserRow) -> Verdict:
    user = must_be_read(row)
    if user is None:
        return does_not_hold(row, "no such user")
    if row.found is not None and len(row.found) > 1:
        return does_not_hold(row, f"{len(row.found)} objects answer to {row.asked_as}")
    if user.enabled is None:
        raise Unreadable("the object has no property Enabled that is True or False")
    return ENABLED if user.enabled else does_not_hold(row, "Enabled False")


def does_not_hold(row: UserRow, observed: str) -> Verdict:
    return Verdict.when(False, expected=EXPECTED, observed=observed, fill=(("identity", quoted(row.subject)),))


CHECK = UserCheck(
    id="user.found-and-enabled",
    title="The user exists on-premises and is enabled for Skype for Business",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    predicts=("user-not-found",),
    bind=bind,
    remediation=on_premises(
        "correct the list of users; or, for one that is switched off, Set-CsUser -Identity {identity} -Enabled $true;"
        " for one without an account, Enable-CsUser -Identity {identity} -RegistrarPool <pool FQDN>"
        " -SipAddressType UserPrincipalName",
        verify="Get-CsUser -Identity {identity} | Select-Object SipAddress, Enabled",
        rollback="Set-CsUser -Identity {identity} -Enabled $false",
    ),
    sources=(sources.BMT, sources.PLAN),
    page=__doc__,
)
