"""Whether users' accounts are enabled in Active Directory: as Get-ADUser says, else Get-CsAdUser, else Get-MgUser."""

from checker.model.evidence import Evidence
from checker.model.probes import CmdletProbe, Vantage
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.readings import rows
from checker.readings.cloud_users import graph_users
from checker.readings.directory_users import AccountIndex, accounts
from checker.readings.in_turn import State, in_turn
from checker.readings.users import batch

AD_USERS = CmdletProbe(
    vantage=Vantage.ONPREM,
    cmdlet="Get-CsAdUser",
    properties=("Identity", "UserPrincipalName", "SipAddress", "SamAccountName", "UserAccountControl"),
)

_DISABLED = 2  # ADS_UF_ACCOUNTDISABLE of userAccountControl (Active Directory schema, Microsoft Learn)
_IS_DISABLED = {"accountdisabled", "accountdisable"}  # as Get-CsAdUser may name it: from memory


def account_states(target: Target, evidence: Evidence) -> State:
    """What says it of a user of the batch whom Get-CsUser shows. Raises ``Undecided`` as :func:`in_turn` does."""
    return in_turn(
        (user for user in evidence.derive(batch(target)) if user.found != ()),
        lambda: _of_directory(target, evidence),
        lambda: _of_management_shell(evidence),
        lambda: _of_graph(target, evidence),
    )


def _of_directory(target: Target, evidence: Evidence) -> State:
    known = accounts(target, evidence)
    return lambda user: known.index.flag(_there(known.of(user), "Get-ADUser"), "Enabled")


def _of_management_shell(evidence: Evidence) -> State:
    index = AccountIndex(evidence.answer(AD_USERS), AD_USERS.cmdlet, AD_USERS.properties, "Identity", "SipAddress")
    return lambda user: _is_enabled(index.text(_there(index.find(user), "Get-CsAdUser"), "UserAccountControl"))


def _of_graph(target: Target, evidence: Evidence) -> State:
    known = graph_users(target, evidence, "AccountEnabled")
    return lambda user: rows.flag(_there(known.of(user), "Get-MgUser"), "accountEnabled", "AccountEnabled")


def _there(found: rows.Row | None, cmdlet: str) -> rows.Row:
    if found is None:
        raise Unreadable(f"{cmdlet} does not show the user")
    return found


def _is_enabled(control: str) -> bool:
    """``NormalAccount, AccountDisabled``, or the number that Active Directory keeps."""
    if control.isdigit():
        return not int(control) & _DISABLED
    flags = {flag.strip().lower() for flag in control.split(",")} - {""}
    if not flags:
        raise Unreadable("UserAccountControl is empty")
    return not flags & _IS_DISABLED
