"""Where users' mailboxes are, by what Exchange writes to their accounts in Active Directory."""

from collections.abc import Callable
from functools import lru_cache

from checker.model.evidence import Evidence
from checker.model.facts import NoAnswer
from checker.model.target import Target
from checker.model.undecided import Undecided, Unreadable
from checker.model.users import UserRow
from checker.readings import rows
from checker.readings.directory_users import DIRECTORY_USERS, AccountIndex, accounts

# Exchange's RecipientTypeDetails, as field knowledge has them: which numbers mean Exchange Online is unverified.
_ON_PREMISES = {1: "user", 2: "linked", 4: "shared", 8: "legacy", 16: "room", 32: "equipment"}
_ONLINE = {2147483648: "user", 8589934592: "room", 17179869184: "equipment", 34359738368: "shared"}  # "remote"

TYPE = "msExchRecipientTypeDetails"


def is_online(index: AccountIndex, account: rows.Row) -> bool:
    """Raises ``Unreadable`` where Exchange says neither: without a recipient here, a mailbox may be in the cloud
    alone, or nowhere.
    """
    return _is_online(index.text(account, TYPE))


@lru_cache(maxsize=256)
def _is_online(kind: str) -> bool:
    if not kind:
        raise Unreadable(f"{TYPE} is not set: there is no mailbox here, and whether there is one online is not known")
    number = int(kind) if kind.isdigit() else -1
    if number not in _ONLINE and number not in _ON_PREMISES:
        raise Unreadable(f"{TYPE} {kind} says nothing of where the mailbox is")
    return number in _ONLINE


def mailboxes_if_read(target: Target, evidence: Evidence) -> Callable[[UserRow], bool | None]:
    """Whether a user's mailbox is online, for who goes on without: ``None`` where nobody says it."""
    if isinstance(evidence.attempt(DIRECTORY_USERS), NoAnswer):
        return nobody_knows
    known = accounts(target, evidence)

    def said(user: UserRow) -> bool | None:
        try:
            account = known.of(user)
            return None if account is None else is_online(known.index, account)
        except Undecided:
            return None

    return said


def nobody_knows(user: UserRow) -> None:
    return None
