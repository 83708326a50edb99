"""The SIP addresses that proxyAddresses holds of a user: as Active Directory shows it, else as the cloud does."""

from collections.abc import Callable

from checker.model.answers import Objects
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.users import UserRow
from checker.readings import rows
from checker.readings.alternatives import first_read
from checker.readings.cloud_users import GRAPH_USERS, ONLINE_USERS, CloudUsers, joined, must_hold
from checker.readings.directory_users import DIRECTORY_USERS, PROXIES, Accounts, accounts, sip_entries

_IN_CLOUD = {
    ONLINE_USERS: ("ShadowProxyAddresses",),
    GRAPH_USERS: ("proxyAddresses", "ProxyAddresses"),
}


def sip_entries_of(target: Target, evidence: Evidence) -> Callable[[UserRow], set[str] | None]:
    """Reads one user's addresses, without ``sip:``; ``None``: the user has no account there.

    Raises ``Unanswered`` naming all three ways when none is open.
    """
    probe, _ = first_read(
        evidence,
        (DIRECTORY_USERS, _must_show_proxies),
        (ONLINE_USERS, lambda answer: must_hold(answer, ONLINE_USERS, _IN_CLOUD[ONLINE_USERS])),
        (GRAPH_USERS, lambda answer: must_hold(answer, GRAPH_USERS, _IN_CLOUD[GRAPH_USERS])),
    )
    if probe is DIRECTORY_USERS:
        return _in_directory(accounts(target, evidence))
    return _in_cloud(evidence.derive(joined(target, probe)), _IN_CLOUD[probe])


def _in_directory(found: Accounts) -> Callable[[UserRow], set[str] | None]:
    def read(user: UserRow) -> set[str] | None:
        account = found.must_be_there(user)
        return None if account is None else set(sip_entries(found.index.value(account, PROXIES)))

    return read


def _in_cloud(users: CloudUsers, names: tuple[str, ...]) -> Callable[[UserRow], set[str] | None]:
    def read(user: UserRow) -> set[str] | None:
        account = users.of(user)
        return None if account is None else set(sip_entries(rows.raw(account, *names)))

    return read


def _must_show_proxies(directory: Objects) -> None:
    if not any(rows.has(row, PROXIES) for row in directory.rows):
        raise Unreadable(f"Get-ADUser shows {PROXIES} of nobody: it was not asked for")
