"""A user with voice mail of Exchange has somewhere to take it.

Unified Messaging of Exchange does not serve users in the cloud: there Cloud Voicemail does, which keeps messages in a
mailbox in Exchange Online and knows nothing of greetings recorded before. Users without Exchange voice mail have
nothing to plan. Move the mailbox, or plan Cloud Voicemail before the user.
"""

from collections.abc import Callable

from checker import sources
from checker.model.checks import Confidence, Impact, Remediation, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings.cloud_users import NOT_FOUND
from checker.readings.mailboxes import mailboxes_if_read, nobody_knows
from checker.readings.powershell_text import quoted
from checker.readings.users import batch, must_be_read

EXPECTED = "no voice mail of Exchange, or a mailbox in Exchange Online"
NONE = Verdict.when(True, expected=EXPECTED, observed="HostedVoiceMail False, ExUmEnabled False")
ONLINE = Verdict.when(True, expected=EXPECTED, observed="mailbox in Exchange Online")


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    switches = {
        (user.hosted_voicemail, user.exchange_um) for row in evidence.derive(batch(target)) if (user := row.user)
    }
    has_some = any(True in each for each in switches)
    if switches and not has_some and all(None in each for each in switches):
        raise Unreadable("Get-CsUser shows HostedVoiceMail and ExUmEnabled of nobody")  # once, and not of every user
    is_online = mailboxes_if_read(target, evidence) if has_some else nobody_knows

    def judge(row: UserRow) -> Verdict:
        user = must_be_read(row)
        if user is None:
            return NOT_FOUND
        switches = (user.hosted_voicemail, user.exchange_um)
        if True not in switches:
            if None in switches:
                raise Unreadable("Get-CsUser does not show both of HostedVoiceMail and ExUmEnabled")
            return NONE
        is_moved = is_online(row)
        if is_moved:
            return ONLINE
        where = "mailbox on-premises" if is_moved is False else "where the mailbox is was not read"
        seen = f"HostedVoiceMail {user.hosted_voicemail}, ExUmEnabled {user.exchange_um}; {where}"
        return Verdict.when(False, expected=EXPECTED, observed=seen, fill=(("identity", quoted(row.subject)),))

    return judge


CHECK = UserCheck(
    id="user.voicemail",
    title="A voicemail plan exists for Exchange UM users",
    impact=Impact.DEGRADES,
    worst=Worst.WARN,
    confidence=Confidence.MEDIUM,
    bind=bind,
    remediation=Remediation(
        run="move the mailbox of {identity} to Exchange Online, or plan Cloud Voicemail for the user",
        where="Exchange admin center, migration batches; Teams admin center, voicemail policies",
        role="Exchange Administrator, Teams Administrator",
        verify="Get-CsUser -Identity {identity} | Select-Object HostedVoiceMail, ExUmEnabled",
    ),
    sources=(sources.MOVE,),
    page=__doc__,
)
