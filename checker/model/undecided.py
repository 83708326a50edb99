"""Why something could not be judged: coded reasons, and the exceptions that carry them out of a check.

A check never catches these. The loop alone does, and writes ``unknown`` with the reason, so that "could not look"
cannot be mistaken for "looked fine".
"""

from enum import Enum


class Reason(Enum):
    NOT_ASKED = "not-asked"  # left out on purpose, not said by the operator, or the deadline came before it was sent
    NO_ACCESS = "no-access"  # no credential, file or endpoint; 401, 403, access denied, cmdlet not known there
    UNREACHABLE = "unreachable"  # no address, connection refused or reset, the proxy says no
    TIMED_OUT = "timed-out"  # no answer in time: connect, read, or the run's deadline
    REFUSED = "refused"  # the other side answered and declined: SERVFAIL, 429, 5xx, WSMan fault, bad password
    MALFORMED = "malformed"  # an answer that cannot be read, or lacks a property that it must have
    BUG = "bug"  # our own fault


class Undecided(Exception):
    """Judging ended without a verdict. ``needs`` says what would cure it: a right, a file, a key of the
    configuration.
    """

    def __init__(self, reason: Reason, detail: str, needs: str = "") -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.needs = needs


class Unreadable(Undecided):
    """An answer came, and cannot be read as what it should be, or lacks a property that it must have."""

    def __init__(self, detail: str) -> None:
        super().__init__(Reason.MALFORMED, detail)


class NotSaid(Undecided):
    """Only the operator knows, and has not said. ``key`` is the key of the configuration, ``[move].proxy_pool``."""

    def __init__(self, key: str) -> None:
        super().__init__(Reason.NOT_ASKED, f"{key} is not said", needs=f"{key} in csready.toml")
