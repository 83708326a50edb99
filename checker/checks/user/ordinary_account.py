"""The account is that of a person: no common area phone, no meeting room, no hybrid application endpoint.

Such accounts have SIP addresses like users, and cmdlets of their own; in the cloud they become resource accounts, which
are made anew and not moved. Analog devices and contacts of trusted applications are not looked for. Take them out of
the batch.
"""

from collections.abc import Callable

from checker import sources
from checker.model.checks import Confidence, Impact, Remediation, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings.cloud_users import NOT_FOUND
from checker.readings.other_accounts import other_accounts
from checker.readings.powershell_text import quoted
from checker.readings.users import must_be_read

EXPECTED = "an ordinary user"
ORDINARY = Verdict.when(True, expected=EXPECTED, observed="in none of the other lists")


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    others = evidence.derive(other_accounts)
    kinds = others.kinds
    if others.gap and not kinds:
        raise others.gap.with_traceback(None)

    def judge(row: UserRow) -> Verdict:
        user = row.user
        names = (user.sip_address, user.dn) if user else (row.asked_as,)
        for name in names:
            if name in kinds:
                fill = (("identity", quoted(row.subject)),)
                return Verdict.when(False, expected=EXPECTED, observed=kinds[name], fill=fill)
        if must_be_read(row) is None:
            return NOT_FOUND
        if others.gap:
            raise others.gap.with_traceback(None)
        return ORDINARY

    return judge


CHECK = UserCheck(
    id="user.ordinary-account",
    title="The account is an ordinary user",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.MEDIUM,
    bind=bind,
    remediation=Remediation(
        run="leave {identity} out of the batch",
        where="the list of users",
        role="whoever runs the move",
        verify="Get-CsCommonAreaPhone, Get-CsMeetingRoom and Get-CsHybridApplicationEndpoint show what is left",
    ),
    sources=(sources.DDECOM,),
    page=__doc__,
)
