"""Which policies a user has of his own on-premises, and whether the cloud has a counterpart for them."""

from functools import lru_cache

from checker.model.undecided import Unreadable
from checker.model.users import POLICIES
from checker.readings import rows
from checker.readings.cloud_users import CLOUD_POLICIES, own_policy


@lru_cache(maxsize=4096)  # few combinations for all users
def explicit(policies: tuple[str | None, ...]) -> tuple[str, ...]:
    """Those that have a counterpart in the cloud. Raises ``Unreadable`` where one of them was not read."""
    if missing := unread(policies):
        raise Unreadable(f"{', '.join(missing)} of Get-CsUser was not read")
    return tuple(name for name, policy in zip(POLICIES, policies, strict=True) if policy and name in CLOUD_POLICIES)


def unread(policies: tuple[str | None, ...]) -> tuple[str, ...]:
    return tuple(
        name for name, policy in zip(POLICIES, policies, strict=True) if policy is None and name in CLOUD_POLICIES
    )


def is_assigned(account: rows.Row, name: str) -> bool:
    """Raises ``Unreadable`` where no counterpart was read."""
    columns = [each for each in CLOUD_POLICIES[name] if rows.has(account, each)]
    if not columns:
        raise Unreadable(f"Get-CsOnlineUser shows none of {', '.join(CLOUD_POLICIES[name])}")
    return any(own_policy(account, each) for each in columns)
