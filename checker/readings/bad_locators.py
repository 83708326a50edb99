"""Accounts that say they are homed on-premises and have no SIP address; Get-CsUser shows such users no more."""

from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.users import UserRow
from checker.readings.directory_users import ADDRESS, LOCATOR, accounts
from checker.readings.in_turn import State, in_turn
from checker.readings.users import HOMED_ON_PREMISES, batch
from checker.readings.validation_errors import errors_of

# "The value of the msRTCSIP-DeploymentLocator property ... is set to [SRV:] but the value of the
# msRTCSIP-PrimaryUserAddress property is NULL": SBC Connect's documentation, read 2026-11-22.
_SIGNS = ("msrtcsip-deploymentlocator", "msrtcsip-primaryuseraddress", "null")


def bad_locators(target: Target, evidence: Evidence) -> State:
    """What says it of a user of the batch whom Get-CsUser does not show: by Active Directory, else by the error that
    the tenant reports. Raises ``Undecided`` as :func:`in_turn` does.
    """
    return in_turn(
        (user for user in evidence.derive(batch(target)) if user.found == ()),
        lambda: _of_directory(target, evidence),
        lambda: _of_tenant(target, evidence),
    )


def _of_directory(target: Target, evidence: Evidence) -> State:
    known = accounts(target, evidence)
    text = known.index.text

    def is_bad(user: UserRow) -> bool:
        account = known.of(user)
        if account is None:
            return False
        return text(account, LOCATOR).upper() == HOMED_ON_PREMISES and not text(account, ADDRESS)

    return is_bad


def _of_tenant(target: Target, evidence: Evidence) -> State:
    users, read = errors_of(target, evidence)

    def is_bad(user: UserRow) -> bool:
        account = users.of(user)
        if account is None:
            raise Unreadable("the user has no account in the cloud")
        error = read(account).lower()
        return all(sign in error for sign in _SIGNS)

    return is_bad
