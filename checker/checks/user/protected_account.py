"""The account in Active Directory is not protected: adminCount is absent or 0.

Whoever is or was in an administrative group has adminCount 1 and no inherited rights, so that RTCUniversalUserAdmins
may not write to the account. The Control Panel cannot move such a user, and the shell only under an account with rights
on the object itself, such as a Domain Admin's. Former administrators keep the flag: take them out of the group, clear
adminCount, restore inheritance; or move them from the shell with sufficient rights.
"""

from collections.abc import Callable

from checker import sources
from checker.model.checks import Confidence, Impact, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Undecided, Unreadable
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings.cloud_users import NOT_FOUND
from checker.readings.directory_users import accounts
from checker.readings.operator_groups import DOMAIN_ADMINS, operator_groups
from checker.readings.powershell_text import quoted
from checker.readings.remedies import on_premises

EXPECTED = "adminCount absent or 0"
ORDINARY = Verdict.when(True, expected=EXPECTED, observed=EXPECTED)
OPERATOR = {
    True: "Whoever runs the move is a Domain Admin: the Management Shell will do, the Control Panel will not.",
    False: "Whoever runs the move is no Domain Admin: without rights on the object the shell is refused too.",
    None: "Whether whoever runs the move is a Domain Admin is not known: say it in [operator].onprem_groups.",
}


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    known = accounts(target, evidence)
    value = known.index.value
    summary = OPERATOR[is_domain_admin(target, evidence)]

    def judge(row: UserRow) -> Verdict:
        account = known.must_be_there(row)
        if account is None:
            return NOT_FOUND
        count = value(account, "adminCount")
        if count is None or str(count) == "0":
            return ORDINARY
        if not str(count).isdigit():
            raise Unreadable("adminCount is no number")
        dn = known.index.text(account, "DistinguishedName")
        fill = (("identity", quoted(row.subject)), ("target", quoted(target.proxy_fqdn)), ("dn", quoted(dn)))
        return Verdict.when(False, expected=EXPECTED, observed=f"adminCount {count}", summary=summary, fill=fill)

    return judge


def is_domain_admin(target: Target, evidence: Evidence) -> bool | None:
    try:
        return operator_groups(target, evidence).has(DOMAIN_ADMINS)
    except Undecided:  # it changes the advice, not the verdict
        return None


CHECK = UserCheck(
    id="user.protected-account",
    title="The user is not a protected AD account",
    impact=Impact.BLOCKS,
    worst=Worst.WARN,
    confidence=Confidence.HIGH,
    predicts=("access-denied-protected-account",),
    bind=bind,
    remediation=on_premises(
        "run Move-CsUser -Identity {identity} -Target {target} as a Domain Admin, and not from the Control Panel;"
        " or take the account out of the protected group, clear adminCount and restore inheritance",
        verify="Get-ADUser -Identity {dn} -Properties adminCount",
        wait="AdminSDHolder runs hourly, and sets the flag again while the account is in the group",
    ),
    sources=(sources.SACL,),
    page=__doc__,
)
