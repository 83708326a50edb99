"""Who was in the two batches of users, as far as the reports tell."""

from collections.abc import Set

from checker.model.report import Report
from checker.rendering.hostile_text import plain


class Batches:
    """A report names the first 100 users. Of a larger batch ``old_users`` and ``new_users`` can name all; without them
    two batches count as the same where they are as large and begin with the same users in the same order.
    """

    def __init__(
        self,
        old: Report,
        new: Report,
        old_users: Set[str] | None = None,
        new_users: Set[str] | None = None,
        *,
        names_match: bool = True,
    ) -> None:
        self._old = _members(old, old_users) if names_match else None
        self._new = _members(new, new_users) if names_match else None
        first_old, first_new = ([each.sip_address for each in report.users.outcomes] for report in (old, new))
        self._are_the_same = names_match and old.users.total == new.users.total and first_old == first_new

    @property
    def are_known(self) -> bool:
        return self._are_the_same or (self._old is not None and self._new is not None)

    def in_both(self, user: str) -> bool:
        """Of somebody who is in one of them; ask only where they are known."""
        name = _key(user)
        return self._are_the_same or (name in (self._old or ()) and name in (self._new or ()))

    @property
    def joined(self) -> int | None:
        """How many users are in the new batch only; ``None`` where nobody knows."""
        return self._beyond(self._new, self._old)

    @property
    def left(self) -> int | None:
        """How many users are in the old batch only; ``None`` where nobody knows."""
        return self._beyond(self._old, self._new)

    def _beyond(self, these: frozenset[str] | None, those: frozenset[str] | None) -> int | None:
        if these is not None and those is not None:
            return len(these - those)
        return 0 if self._are_the_same else None


def _members(report: Report, users: Set[str] | None) -> frozenset[str] | None:
    if users is None and len(report.users.outcomes) < report.users.total:
        return None
    return frozenset(map(_key, users if users is not None else (each.sip_address for each in report.users.outcomes)))


def _key(name: str) -> str:
    """As a spreadsheet has it, where nothing unprintable is left of a name."""
    return plain(name).strip().lower()
