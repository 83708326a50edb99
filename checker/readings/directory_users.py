"""The accounts behind the users of the batch, from Get-ADUser: one index, and each user looked up once for all checks.

Get-ADUser shows an attribute only of accounts that have it. So what an account lacks is not set, if any account shows
it; what none shows was not asked for.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from checker.model.answers import Json, Objects
from checker.model.evidence import Evidence
from checker.model.probes import CmdletProbe, Vantage
from checker.model.target import Target
from checker.model.undecided import Reason, Undecided, Unreadable
from checker.model.users import UserRow
from checker.readings import rows
from checker.readings.ad_domains import user_domain
from checker.readings.names import sip_address
from checker.readings.users import batch

_ASKED_FOR = (
    "adminCount",
    "proxyAddresses",
    "whenChanged",
    "msRTCSIP-PrimaryUserAddress",
    "msRTCSIP-DeploymentLocator",
    "msRTCSIP-OriginatorSID",
)
# Shown of every account without being asked for.
_OF_ALL = ("DistinguishedName", "ObjectClass", "UserPrincipalName", "SamAccountName", "SID", "Enabled")
# Only read where somebody asked for it: the cmdlet fails as a whole in a forest that Exchange never prepared.
_OF_EXCHANGE = ("msExchRecipientTypeDetails",)

DIRECTORY_USERS = CmdletProbe(
    vantage=Vantage.ONPREM,
    cmdlet="Get-ADUser",
    parameters=(("Filter", "*"), ("Properties", ",".join(_ASKED_FOR))),
    properties=(*_OF_ALL, *_ASKED_FOR, *_OF_EXCHANGE),
)
# Of another forest, which no endpoint of ours speaks for: only a file answers it, Get-ADUser--accounts.
ACCOUNT_FOREST = CmdletProbe(
    vantage=Vantage.ONPREM, cmdlet="Get-ADUser", parameters=(("Filter", "accounts"),), properties=("SID",)
)

ADDRESS, LOCATOR, PROXIES = "msRTCSIP-PrimaryUserAddress", "msRTCSIP-DeploymentLocator", "proxyAddresses"


class AccountIndex:
    """Objects of a cmdlet by DN, then UPN, then SIP address. ``names``: the properties that will be read of them."""

    def __init__(self, users: Objects, cmdlet: str, names: Sequence[str], dn: str, address: str) -> None:
        self.rows = users.rows
        self.complete = users.complete
        self.cmdlet = cmdlet
        shown = {each for row in users.rows for each in row} if users.rows else set()
        self._spellings = {
            name: found for name in names if (found := tuple(each for each in shown if each.lower() == name.lower()))
        }
        self._address = address
        self.by_dn = {text.lower(): row for row in users.rows if (text := rows.text_or_empty(row, dn)) and "=" in text}

    def value(self, row: rows.Row, name: str) -> Json:
        """``None`` where it is not set. Raises ``Unreadable`` for a property that no object shows."""
        for spelling in self._spellings.get(name, ()):
            if (value := row.get(spelling)) is not None:
                return value
        if name not in self._spellings:
            raise Unreadable(f"{self.cmdlet} shows {name} of nobody: it was not asked for")
        return None

    def text(self, row: rows.Row, name: str) -> str:
        """As :meth:`value`, empty where it is not set."""
        value = self.value(row, name)
        return value.strip() if type(value) is str else rows.scalar(value, name)

    def last(self, row: rows.Row, name: str) -> str:
        """Of a list its last element: of ObjectClass the most special one, which the cmdlet gives alone."""
        value = self.value(row, name)
        found = (value,) if type(value) is str else rows.texts({name: value}, name)
        if not found:
            raise Unreadable(f"{self.cmdlet} shows no {name} of the account")
        return found[-1]

    def flag(self, row: rows.Row, name: str) -> bool:
        """A switch. Raises ``Unreadable`` where it is not set, for every account has it on or off."""
        value = self.value(row, name)
        return value if type(value) is bool else rows.flag({name: value}, name)

    def find(self, user: UserRow) -> rows.Row | None:
        """``None``: there is none. Raises ``Undecided`` where it may be among the objects that were not read."""
        found = self._found(user)
        if found is not None:
            return found
        if user.found is None:
            raise Undecided(
                Reason.NO_ACCESS,
                f"Get-CsUser was not read, and no object of {self.cmdlet} is named {user.asked_as}",
                needs="Get-CsUser of all users",
            )
        if not self.complete:
            raise Undecided(
                Reason.NO_ACCESS,
                f"the user is not in what was read of {self.cmdlet}",
                needs=f"{self.cmdlet} of all users",
            )
        domain = user_domain(user.user.dn) if user.user else ""
        if domain and domain not in self.domains:
            raise Undecided(
                Reason.NO_ACCESS,
                f"{self.cmdlet} shows nobody of the domain {domain}",
                needs=f"{self.cmdlet} of the domain {domain}",
            )
        return None

    def _found(self, row: UserRow) -> rows.Row | None:
        user = row.user
        if user is not None and "=" in user.dn:
            # Not by address: with two objects that have it, that could be the other one.
            return self.named(user.dn, user.upn)
        names = (user.upn, user.sip_address) if user is not None else (row.asked_as,)
        for index in (self.by_dn, self._by_upn, self._by_address, self._by_account):
            for name in names:
                if name and (found := index.get(name)) is not None:
                    return found
        return None

    def named(self, dn: str, upn: str) -> rows.Row | None:
        """Both in lower case. The UPN finds an account that was moved between two readings."""
        found = self.by_dn.get(dn)
        return found if found is not None or not upn else self._by_upn.get(upn)

    @cached_property
    def domains(self) -> frozenset[str]:
        """Those of which at least one object was read: Get-ADUser shows one domain of the forest, and not which."""
        return frozenset(map(user_domain, self.by_dn))

    @cached_property
    def _by_upn(self) -> dict[str, rows.Row]:
        return self._by("UserPrincipalName")

    @cached_property
    def _by_account(self) -> dict[str, rows.Row]:
        return self._by("SamAccountName")

    @cached_property
    def _by_address(self) -> dict[str, rows.Row]:
        """By the user's own address first: a stray one of proxyAddresses names nobody who has another."""
        found = {sip_address(text): row for text, row in self._by(self._address).items()}
        for row in self.rows if PROXIES in self._spellings else ():
            for entry in sip_entries(self.value(row, PROXIES)):
                found.setdefault(entry, row)
        return found

    def _by(self, name: str) -> dict[str, rows.Row]:
        return {text.lower(): row for row in self.rows if (text := rows.text_or_empty(row, name))}


def sip_entries(proxies: Json) -> Iterator[str]:
    """The SIP addresses among proxyAddresses, without ``sip:``, lower case. Raises ``Unreadable`` for what is no list
    of addresses with their kind, such as the name of a collection's type.
    """
    if proxies is None:
        return
    for entry in proxies if type(proxies) is list else rows.items({PROXIES: proxies}, PROXIES):
        text = entry if type(entry) is str else rows.scalar(entry, PROXIES)
        if ":" not in text:
            raise Unreadable(f"{PROXIES} cannot be read as a list of addresses")
        if " " in text:  # a list that was cut off by -Depth, and joined with blanks; or an X.500 address
            yield from (sip_address(word) for word in text.split() if word[:4].lower() == "sip:")
        elif text[:4].lower() == "sip:":
            yield sip_address(text)


def directory(evidence: Evidence) -> AccountIndex:
    """For ``evidence.derive``. Raises :class:`Unanswered` when nobody could ask Get-ADUser."""
    answer = evidence.answer(DIRECTORY_USERS)
    return AccountIndex(answer, DIRECTORY_USERS.cmdlet, DIRECTORY_USERS.properties, "DistinguishedName", ADDRESS)


class Accounts:
    """The objects of the batch: each user is looked up once, however many checks ask."""

    def __init__(self, index: AccountIndex, users: tuple[UserRow, ...]) -> None:
        self.index = index
        self._users = users  # kept, so that no other object can have their ids
        self._found = {id(user): _or_why_not(index, user) for user in users}

    def of(self, user: UserRow) -> rows.Row | None:
        """``None``: there is none. Raises ``Undecided`` where it may be among the objects that were not read."""
        found = self._found[id(user)]
        if isinstance(found, Undecided):
            raise found.with_traceback(None)  # raised by many checks, it would grow with each
        return found

    def must_be_there(self, user: UserRow) -> rows.Row | None:
        """As :meth:`of`; ``None`` only for a user whom Get-CsUser does not show either. Raises ``Unreadable`` where
        one source shows the user and the other denies it.
        """
        found = self.of(user)
        if found is None and user.found:
            raise Unreadable(f"Get-CsUser shows the user, and {self.index.cmdlet} does not")
        return found


def _or_why_not(index: AccountIndex, user: UserRow) -> rows.Row | Undecided | None:
    try:
        return index.find(user)
    except Undecided as why:
        return why.with_traceback(None)


@dataclass(frozen=True)
class _Joined:
    """Equal for equal batches, which is what ``derive`` keys on."""

    batch: Callable[[Evidence], tuple[UserRow, ...]]
    reading: Callable[[Evidence], AccountIndex]

    def __call__(self, evidence: Evidence) -> Accounts:
        return Accounts(evidence.derive(self.reading), evidence.derive(self.batch))


def accounts(target: Target, evidence: Evidence, reading: Callable[[Evidence], AccountIndex] = directory) -> Accounts:
    """The accounts of the batch, once per run. Raises :class:`Unanswered` when nobody could ask."""
    return evidence.derive(_Joined(batch(target), reading))
