"""The user's mailbox is in Exchange Online.

With the user the meetings move: they become Teams meetings by way of the calendar. A calendar on the servers of
Exchange on-premises is not reached, so that its meetings stay as they are and end with the Skype for Business Server.
That is a text of 2019. Move the mailbox first, or have the user make the meetings anew.
"""

from collections.abc import Callable

from checker import sources
from checker.model.checks import Confidence, Impact, Remediation, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings.cloud_users import NOT_FOUND
from checker.readings.directory_users import accounts
from checker.readings.mailboxes import is_online
from checker.readings.powershell_text import quoted

EXPECTED = "mailbox in Exchange Online"
ONLINE = Verdict.when(True, expected=EXPECTED, observed=EXPECTED)


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    known = accounts(target, evidence)

    def judge(row: UserRow) -> Verdict:
        account = known.must_be_there(row)
        if account is None:
            return NOT_FOUND
        if is_online(known.index, account):
            return ONLINE
        return Verdict.when(
            False, expected=EXPECTED, observed="mailbox on-premises", fill=(("identity", quoted(row.subject)),)
        )

    return judge


CHECK = UserCheck(
    id="user.mailbox-location",
    title="The user's mailbox is in Exchange Online",
    impact=Impact.LOSES,
    worst=Worst.WARN,
    confidence=Confidence.HIGH,
    confidence_note="a text of 2019",
    bind=bind,
    remediation=Remediation(
        run="move the mailbox of {identity} to Exchange Online first, or have the user make the meetings anew",
        where="Exchange admin center, migration batches",
        role="Exchange Administrator",
        verify="Get-MailUser or Get-RemoteMailbox shows the user on-premises, Get-EXOMailbox online",
    ),
    sources=(sources.DMMS,),
    page=__doc__,
)
