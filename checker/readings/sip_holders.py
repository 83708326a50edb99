"""Who has each SIP address: over all users of Get-CsUser and all of Get-ADUser, and over all accounts in the cloud."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from checker.model.answers import Objects
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, CmdletProbe
from checker.model.undecided import Reason, Undecided, Unreadable
from checker.readings import rows
from checker.readings.ad_domains import user_domain
from checker.readings.cloud_users import ONLINE_USERS, is_deleted, must_hold
from checker.readings.directory_users import ADDRESS, DIRECTORY_USERS, PROXIES, AccountIndex, directory, sip_entries
from checker.readings.names import sip_address
from checker.readings.users import ON_PREMISES_USERS

_LISTS: tuple[CmdletProbe, ...] = (ON_PREMISES_USERS, DIRECTORY_USERS, ONLINE_USERS)


@dataclass(frozen=True, slots=True)
class Holders:
    """``shared``: the objects that have an address, where several have: DNs, in lower case, on-premises; UPNs in the
    cloud. ``gap`` says why others may have one too; ``None``: every list was read whole.
    """

    on_premises: Mapping[str, tuple[str, ...]]
    in_cloud: Mapping[str, tuple[str, ...]]
    gap: Undecided | None


class _Claims:
    """An object may claim the same address as often as it likes."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._several: dict[str, dict[str, None]] = {}

    def add(self, address: str, holder: str) -> None:
        if address and (first := self._first.setdefault(address, holder)) != holder:
            self._several.setdefault(address, {first: None})[holder] = None

    @property
    def shared(self) -> dict[str, tuple[str, ...]]:
        return {address: tuple(holders) for address, holders in self._several.items()}


def sip_holders(evidence: Evidence) -> Holders:
    """For ``evidence.derive``. What is not answered, or cannot be read, is a gap: a conflict that was seen stands."""
    answers = evidence.attempts(*_LISTS)
    users, accounts, online = answers
    gaps = list(_gaps(answers))
    on_premises, in_cloud = _Claims(), _Claims()
    index = evidence.derive(directory) if isinstance(accounts, Objects) else None
    try:
        if isinstance(users, Objects):
            _claim_users(on_premises, users, index)
        if index is not None:
            _claim_accounts(on_premises, index)
            if isinstance(users, Objects) and (elsewhere := _domains(users) - index.domains):
                missing = f"Get-ADUser shows nobody of the domain {min(elsewhere)}"
                gaps.append(Undecided(Reason.NO_ACCESS, missing, needs="Get-ADUser of every domain of the forest"))
        if isinstance(online, Objects):
            _claim_online(in_cloud, online)
    except Unreadable as why:
        gaps.append(why)
    return Holders(on_premises.shared, in_cloud.shared, gaps[0] if gaps else None)


def _gaps(answers: tuple[Objects | NoAnswer, ...]) -> Iterator[Undecided]:
    asked = tuple(zip(_LISTS, answers, strict=True))
    if missing := tuple((cast(AnyProbe, probe), none) for probe, none in asked if isinstance(none, NoAnswer)):
        yield Unanswered(missing)
    for probe, answer in asked:
        if isinstance(answer, Objects) and not answer.complete:
            yield Undecided(Reason.NO_ACCESS, f"{probe.cmdlet} was read in part", needs=f"{probe.cmdlet} of all users")


def _claim_users(claims: _Claims, users: Objects, index: AccountIndex | None) -> None:
    if users.rows and not any(rows.has(row, "SipAddress") for row in users.rows):
        raise Unreadable("Get-CsUser shows SipAddress of nobody")
    for row in users.rows:
        dn, upn = _names(row)
        # Under the DN of its account, where it was moved between the two readings.
        if index is not None and dn not in index.by_dn and (account := index.named(dn, upn)) is not None:
            dn = rows.text(account, "DistinguishedName").lower()
        claims.add(sip_address(rows.text_or_empty(row, "SipAddress")), dn if "=" in dn else upn or dn)


def _claim_accounts(claims: _Claims, index: AccountIndex) -> None:
    for dn, account in index.by_dn.items():
        claims.add(sip_address(index.text(account, ADDRESS)), dn)
        for address in sip_entries(index.value(account, PROXIES)):
            claims.add(address, dn)
    if any("=" not in rows.text_or_empty(row, "DistinguishedName") for row in index.rows):
        raise Unreadable("an object of Get-ADUser has no DistinguishedName")


def _claim_online(claims: _Claims, online: Objects) -> None:
    must_hold(online, ONLINE_USERS, ("SipAddress",))
    for row in online.rows:
        if not is_deleted(row):
            address = sip_address(rows.text_or_empty(row, "SipAddress"))
            claims.add(address, rows.text(row, "UserPrincipalName").lower())


def _names(row: rows.Row) -> tuple[str, str]:
    dn = rows.text(row, "Identity", "DistinguishedName").lower()
    return dn, rows.text_or_empty(row, "UserPrincipalName").lower()


def _domains(users: Objects) -> frozenset[str]:
    return frozenset(user_domain(_names(row)[0]) for row in users.rows) - {""}
