"""The batch: the operator's list, joined with Get-CsUser; or everybody who is homed on-premises."""

import sys
from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache

from checker.model.answers import Json, Objects
from checker.model.axes import Direction
from checker.model.evidence import Evidence
from checker.model.facts import NoAnswer
from checker.model.probes import CmdletProbe, Vantage
from checker.model.target import Target
from checker.model.undecided import Reason, Undecided, Unreadable
from checker.model.users import POLICIES, OnPremisesUser, UserRow
from checker.readings import rows
from checker.readings.names import sip_address

ON_PREMISES_USERS = CmdletProbe(
    vantage=Vantage.ONPREM,
    cmdlet="Get-CsUser",
    properties=(
        "Identity",
        "SipAddress",
        "UserPrincipalName",
        "SamAccountName",
        "Enabled",
        "HostingProvider",
        "RegistrarPool",
        "EnterpriseVoiceEnabled",
        "LineURI",
        "HostedVoiceMail",
        "ExUmEnabled",
        *POLICIES,
    ),
)
HOMED_ON_PREMISES = "SRV:"  # Get-CsUser.HostingProvider; a provider's ProxyFqdn stands there for a user in the cloud


def read_user(row: rows.Row) -> OnPremisesUser:
    """Raises ``Unreadable`` when the object is no user: it has no DN property, or is named by nothing at all."""
    return _reader(tuple(row))(row)


@lru_cache(maxsize=64)
def _reader(properties: tuple[str, ...]) -> Callable[[rows.Row], OnPremisesUser]:
    """For objects with these properties. Their names are looked up here, once, and not for each of 100,000 users."""
    sip, upn, dn, dn_too, enabled, provider, pool, voice, line, voicemail, exchange_um = rows.spelt(
        properties,
        "SipAddress",
        "UserPrincipalName",
        "Identity",
        "DistinguishedName",
        "Enabled",
        "HostingProvider",
        "RegistrarPool",
        "EnterpriseVoiceEnabled",
        "LineURI",
        "HostedVoiceMail",
        "ExUmEnabled",
    )
    dn = dn or dn_too
    policies = rows.spelt(properties, *POLICIES)
    missing = frozenset(name for name, found in (("SipAddress", sip), ("RegistrarPool", pool)) if not found)

    def read(row: rows.Row) -> OnPremisesUser:
        get = row.get
        address, name = _text(get(sip)), _text(get(upn))
        if not dn:
            raise Unreadable("the object has no property Identity")
        distinguished = _text(get(dn))
        if not (address or name or "=" in distinguished):
            raise Unreadable("an object of Get-CsUser has neither a SIP address nor a UPN nor a distinguished name")
        return OnPremisesUser(
            sip_address=sip_address(address),
            upn=name.lower(),
            dn=distinguished.lower(),
            enabled=_switch(get(enabled)),
            # Few values for all users: they share them.
            hosting_provider=sys.intern(_text(get(provider))),
            registrar_pool=sys.intern(_text(get(pool)).lower()),
            enterprise_voice=_switch(get(voice)),
            line_uri=_text(get(line)),
            hosted_voicemail=_switch(get(voicemail)),
            exchange_um=_switch(get(exchange_um)),
            policies=_shared(tuple([_text(get(each)).removeprefix("Tag:") if each else None for each in policies])),
            missing=missing,
        )

    return read


def _text(value: Json) -> str:
    return value.strip() if type(value) is str else rows.scalar(value, "a property of Get-CsUser")


def _switch(value: Json) -> bool | None:
    """``None`` where it is missing, or neither True nor False: that costs this user's verdict and nobody else's."""
    if type(value) is bool:
        return value
    try:
        return None if value is None else rows.flag({"": value}, "")
    except Unreadable:
        return None


@lru_cache(maxsize=4096)
def _shared(policies: tuple[str | None, ...]) -> tuple[str | None, ...]:
    """Few combinations for all users: they share them."""
    return policies


def batch(target: Target) -> Callable[[Evidence], tuple[UserRow, ...]]:
    """The reading to hand to ``evidence.derive``; equal targets give the same reading object, so it is done once."""
    return _Batch(target)


class _Batch:
    """Hashable by target, which is what ``derive`` keys on."""

    def __init__(self, target: Target) -> None:
        self._target = target

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Batch) and other._target == self._target

    def __hash__(self) -> int:
        return hash((_Batch, self._target.users, self._target.direction))

    def __call__(self, evidence: Evidence) -> tuple[UserRow, ...]:
        """Rows in the order of the list, or of the SIP addresses.

        With a list and no answer of Get-CsUser, ``found`` is ``None`` for everybody; without a list that raises
        ``Undecided``, and so does a part of Get-CsUser, for then nobody can say who the batch is.
        """
        if self._target.users is None:
            return _everybody(evidence.answer(ON_PREMISES_USERS), self._target.direction)
        answer = evidence.attempt(ON_PREMISES_USERS)
        return _listed(self._target.users, answer)


def _everybody(users: Objects, direction: Direction) -> tuple[UserRow, ...]:
    wanted_home = direction is Direction.TO_CLOUD
    read = [read_user(row) for row in rows.all_of(users, ON_PREMISES_USERS.cmdlet)]
    # Whose home was not read may be one of them: user.homed-on-premises says so, and nobody is left out unseen.
    movable = [
        user
        for user in read
        if not user.hosting_provider or (user.hosting_provider.upper() == HOMED_ON_PREMISES) is wanted_home
    ]
    movable.sort(key=lambda user: (user.sip_address, user.upn, user.dn))
    return tuple(UserRow(user.sip_address or user.upn or user.dn, (user,)) for user in movable)


def _listed(names: tuple[str, ...], answer: Objects | NoAnswer) -> tuple[UserRow, ...]:
    if isinstance(answer, NoAnswer):
        return tuple(UserRow(sip_address(name), None) for name in names)
    by_name: dict[str, list[OnPremisesUser]] = defaultdict(list)
    for row in answer.rows:
        user = read_user(row)
        account = rows.text_or_empty(row, "SamAccountName").lower()
        for name in {user.sip_address, user.upn, user.dn, account} - {""}:
            by_name[name].append(user)
    keys = [sip_address(name) for name in names]
    # A name that is missing from some of all users proves nothing: only a complete answer makes it "not found".
    return tuple(
        UserRow(key, tuple(by_name[key]) if key in by_name else (() if answer.complete else None)) for key in keys
    )


def must_be_read(row: UserRow) -> OnPremisesUser | None:
    """The user's on-premises object, ``None`` when there is none. Raises ``Undecided`` when nobody could look."""
    if row.found is None:
        raise Undecided(
            Reason.NO_ACCESS, "the user is not in what was read of Get-CsUser", needs="Get-CsUser of all users"
        )
    return row.user
