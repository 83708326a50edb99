"""In a resource forest each user is a disabled user object that is linked to the account of the other forest.

The servers' forest holds a disabled user, no contact, whose msRTCSIP-OriginatorSID is the SID of the account that the
person signs in with. Synchronisation joins the two by it: without it the cloud makes two people of one. The trust
between the forests is not judged. Correct msRTCSIP-OriginatorSID, and synchronise both forests.
"""

from collections.abc import Callable

from checker import sources
from checker.model.checks import Applies, Confidence, Impact, Remediation, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target, said
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings.account_forest import account_forest
from checker.readings.cloud_users import NOT_FOUND
from checker.readings.directory_users import AccountIndex, accounts
from checker.readings.powershell_text import quoted
from checker.readings.rows import Row
from checker.readings.sids import sid

EXPECTED = "a disabled user with the SID of its account in msRTCSIP-OriginatorSID"
LINKED = Verdict.when(True, expected=EXPECTED, observed="a disabled user, linked to an account")
USERS = ("user", "inetorgperson")


def no_resource_forest(target: Target) -> str:
    return "[deployment].resource_forest is false" if target.resource_forest is False else ""


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    said(target.resource_forest, "[deployment].resource_forest")
    known, has_account = accounts(target, evidence), account_forest(evidence)

    def judge(row: UserRow) -> Verdict:
        account = known.must_be_there(row)
        if account is None:
            return NOT_FOUND
        if not (observed := what_is_wrong(known.index, account, has_account)):
            return LINKED
        fill = (("identity", quoted(known.index.text(account, "DistinguishedName"))),)
        return Verdict.when(False, expected=EXPECTED, observed=observed, fill=fill)

    return judge


def what_is_wrong(index: AccountIndex, account: Row, has_account: Callable[[str], bool]) -> str:
    """Empty for nothing. Raises ``Undecided`` where it cannot be told."""
    kind = index.last(account, "ObjectClass")
    if kind.lower() not in USERS:
        return f"ObjectClass {kind}"
    if index.flag(account, "Enabled"):
        return "Enabled True"
    origin = sid(index.value(account, "msRTCSIP-OriginatorSID"), "msRTCSIP-OriginatorSID")
    if not origin:
        return "msRTCSIP-OriginatorSID is not set"
    return "" if has_account(origin) else f"no account has the SID {origin}"


CHECK = UserCheck(
    id="topology.resource-forest",
    title="Resource-forest accounts are set up as documented",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    applies=Applies(unless=no_resource_forest),
    bind=bind,
    remediation=Remediation(
        run="Set-ADUser -Identity {identity} -Enabled $false -Replace @{'msRTCSIP-OriginatorSID' = <SID of the"
        " account>}; then synchronise both forests",
        where="Active Directory module for Windows PowerShell, in the forest of the servers",
        role="Account Operators, or rights on the object",
        verify="Get-ADUser -Identity {identity} -Properties msRTCSIP-OriginatorSID",
    ),
    sources=(sources.PLAN, sources.AADC, sources.DMULTI),
    page=__doc__,
)
