"""The accounts of the batch in the cloud: each user joined once with an object of Get-MgUser or of Get-CsOnlineUser.

Names of properties differ between versions of the MicrosoftTeams module; a reader gives them all. Get-CsOnlineUser
(Microsoft Learn), the resource user (Microsoft Graph), read 2026-11-22.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from checker.model.answers import Objects
from checker.model.evidence import Evidence
from checker.model.probes import CmdletProbe, Vantage
from checker.model.target import Target
from checker.model.undecided import Reason, Undecided, Unreadable
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.alternatives import first_read
from checker.readings.directory_users import sip_entries
from checker.readings.names import sip_address
from checker.readings.powershell_text import quoted
from checker.readings.users import batch, must_be_read

GRAPH_USERS = CmdletProbe(
    vantage=Vantage.TENANT,
    cmdlet="Get-MgUser",
    properties=(
        "UserPrincipalName",
        "ProxyAddresses",
        "ImAddresses",
        "AssignedPlans",
        "AccountEnabled",
        "UsageLocation",
        "OnPremisesSyncEnabled",
        "OnPremisesProvisioningErrors",
        "ServiceProvisioningErrors",
    ),
)

# Of Get-CsOnlineUser, as versions of the module name it.
IS_SYNCED = ("UserDirSyncEnabled", "DirSyncEnabled")
_IS_SYNCED_ANYWHERE = (*IS_SYNCED, "onPremisesSyncEnabled", "OnPremisesSyncEnabled")
VALIDATION_ERRORS = ("UserValidationErrors", "MCOValidationErrors", "MCOValidationError")

# For a policy of the servers those that rule the same in Teams, as Get-CsOnlineUser names them. The likeness is a
# reading of the policies' descriptions; UserServicesPolicy has none, for it rules contacts that Exchange keeps.
CLOUD_POLICIES = {
    "ConferencingPolicy": ("TeamsMeetingPolicy", "ConferencingPolicy"),
    "ExternalAccessPolicy": ("ExternalAccessPolicy",),
    "HostedVoicemailPolicy": ("OnlineVoicemailPolicy", "HostedVoicemailPolicy"),
    "DialPlan": ("TenantDialPlan", "DialPlan"),
    "VoicePolicy": ("TeamsCallingPolicy", "OnlineVoiceRoutingPolicy", "VoicePolicy"),
}

ONLINE_USERS = CmdletProbe(
    vantage=Vantage.TENANT,
    cmdlet="Get-CsOnlineUser",
    properties=(
        "UserPrincipalName",
        "SipAddress",
        "AssignedPlan",
        *IS_SYNCED,
        "OnPremHostingProvider",
        "HostingProvider",
        "OnPremSipAddress",
        "ShadowProxyAddresses",
        *VALIDATION_ERRORS,
        "InterpretedUserType",
        "SoftDeletionTimestamp",
        "TeamsUpgradePolicy",
        "TeamsUpgradeEffectiveMode",
        *dict.fromkeys(name for names in CLOUD_POLICIES.values() for name in names),
    ),
)

NOT_FOUND = Verdict.not_applicable("the user was not found on-premises (user.found-and-enabled)")
NO_ACCOUNT = Verdict.not_applicable("the user has no account in the cloud (user.synced)")


class CloudUsers:
    """The objects of one list that belong to users of the batch."""

    def __init__(
        self, users: tuple[UserRow, ...], accounts: Objects, addresses: Callable[[rows.Row], set[str]]
    ) -> None:
        """``addresses``: the SIP addresses of an object."""
        self._users = users  # what they are keyed by is theirs only while they live
        self._complete = accounts.complete
        self._rows: dict[int, rows.Row] = {}
        asked = {name for user in users for name in _names(user)}
        by_sip: dict[str, rows.Row] = {}
        by_upn: dict[str, rows.Row] = {}
        for row in accounts.rows:
            for address in addresses(row) & asked:
                _take(by_sip, address, row)
            if (upn := rows.text(row, "userPrincipalName", "UserPrincipalName").lower()) in asked:
                _take(by_upn, upn, row)
        for user in users:
            sip, upn = _names(user)
            if (found := by_sip.get(sip) or by_upn.get(upn) or by_upn.get(sip)) is not None:
                self._rows[id(user)] = found

    def of(self, user: UserRow) -> rows.Row | None:
        """By SIP address, then UPN, then as the operator named the user; ``None``: has no account in the cloud.

        ``user`` is of the batch. Raises ``Undecided`` where only a part of the accounts was read, or where the
        operator's name for the user may be one that only the directory knows.
        """
        found = self._rows.get(id(user))
        if found is None:
            if not self._complete:
                raise Undecided(
                    Reason.NO_ACCESS, "the user is not among the cloud users that were read", needs="all users"
                )
            must_be_read(user)
        return found


@dataclass(frozen=True, slots=True)
class _Joined:
    """Hashable by batch and list, which is what ``derive`` keys on."""

    batch: Callable[[Evidence], tuple[UserRow, ...]]
    probe: CmdletProbe

    def __call__(self, evidence: Evidence) -> CloudUsers:
        accounts = evidence.answer(self.probe)
        addresses = _graph_addresses if self.probe is GRAPH_USERS else _online_addresses
        return CloudUsers(evidence.derive(self.batch), accounts, addresses)


def joined(target: Target, probe: CmdletProbe) -> Callable[[Evidence], CloudUsers]:
    """The batch and ``GRAPH_USERS`` or ``ONLINE_USERS``; for ``evidence.derive``, so each list is gone through once."""
    return _Joined(batch(target), probe)


def online_users(target: Target, evidence: Evidence) -> CloudUsers:
    return evidence.derive(joined(target, ONLINE_USERS))


def graph_users(target: Target, evidence: Evidence, name: str) -> CloudUsers:
    """For a check that reads the property ``name``. Raises ``Unreadable`` where it was not asked for."""
    must_hold(evidence.answer(GRAPH_USERS), GRAPH_USERS, (name,))
    return evidence.derive(joined(target, GRAPH_USERS))


def users_with(
    target: Target, evidence: Evidence, *, online: Sequence[str], graph: Sequence[str]
) -> tuple[CmdletProbe, CloudUsers]:
    """Of the two lists the first that was read with one of these properties in it.

    Raises ``Unanswered`` naming both when nobody could say, ``Unreadable`` where neither list has the property.
    """
    probe, _ = first_read(
        evidence,
        (ONLINE_USERS, lambda answer: must_hold(answer, ONLINE_USERS, online)),
        (GRAPH_USERS, lambda answer: must_hold(answer, GRAPH_USERS, graph)),
    )
    return probe, evidence.derive(joined(target, probe))


def must_hold(accounts: Objects, probe: CmdletProbe, names: Sequence[str]) -> None:
    """Raises ``Unreadable`` where none of the properties was read.

    Get-MgUser has every property of its class and fills those that it was asked for: null for one user is a value, null
    for all is a property that was not read.
    """
    is_graph = probe is GRAPH_USERS
    for row in accounts.rows:
        if rows.has(row, *names) and not (is_graph and rows.raw(row, *names) is None):
            return
    raise Unreadable(f"{probe.cmdlet} shows {names[0]} of no user")


def is_deleted(row: rows.Row) -> bool:
    """Whether an object of Get-CsOnlineUser waits to be removed for good."""
    return bool(rows.text_or_empty(row, "SoftDeletionTimestamp"))


def own_policy(row: rows.Row, name: str) -> str:
    """The name of the user's own policy; empty where Global rules. Raises ``Unreadable`` where it was not read."""
    value = rows.raw(row, name)
    policy = rows.text(value, "Name") if isinstance(value, dict) and "Name" in value else rows.scalar(value, name)
    policy = policy.removeprefix("Tag:")
    return "" if policy.casefold() == "global" else policy


def is_synced(row: rows.Row) -> bool:
    """Whether directory synchronisation keeps the account. Raises ``Unreadable`` where it is not said; null is "never
    synchronised" for Graph, and nothing for Get-CsOnlineUser.
    """
    for name in _IS_SYNCED_ANYWHERE:
        if type(value := row.get(name)) is bool:  # nearly always, and asked of every user
            return value
    if rows.has(row, *IS_SYNCED):
        return rows.flag(row, *IS_SYNCED)
    return rows.raw(row, *_IS_SYNCED_ANYWHERE) is not None and rows.flag(row, *_IS_SYNCED_ANYWHERE)


def address_of(user: UserRow) -> str | None:
    """The user's SIP address on-premises, ``None`` for a user who was not found there. Raises ``Undecided`` where it is
    not known.
    """
    found = must_be_read(user)
    if found is not None and not found.sip_address:
        raise Unreadable("SipAddress is empty or was not read")
    return found.sip_address if found else None


def upn_of(user: UserRow) -> tuple[tuple[str, str], ...]:
    """Fills ``{identity}`` with what a cmdlet of the cloud finds the user by."""
    return (("identity", quoted((user.user and user.user.upn) or user.subject)),)


def _names(user: UserRow) -> tuple[str, str]:
    found = user.user
    return (found.sip_address, found.upn) if found else (user.asked_as, user.asked_as)


def _take(index: dict[str, rows.Row], name: str, row: rows.Row) -> None:
    """The first one of a name counts; an account that lives, before one that was deleted."""
    if name and (name not in index or (is_deleted(index[name]) and not is_deleted(row))):
        index[name] = row


def _online_addresses(row: rows.Row) -> set[str]:
    return {sip_address(rows.text_or_empty(row, "SipAddress"))}


def _graph_addresses(row: rows.Row) -> set[str]:
    """``imAddresses``, and what ``proxyAddresses`` begins with ``sip:``."""
    found: set[str] = set()
    if rows.has(row, "imAddresses", "ImAddresses"):
        found.update(map(sip_address, rows.texts(row, "imAddresses", "ImAddresses")))
    if rows.has(row, "proxyAddresses", "ProxyAddresses"):
        found.update(sip_entries(rows.raw(row, "proxyAddresses", "ProxyAddresses")))
    return found
