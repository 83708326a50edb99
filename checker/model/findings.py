"""A check's verdict on one subject, with the facts it rests on; and what the findings say about each fault."""

import re
from enum import Enum

import msgspec

from checker.model.answers import Json
from checker.model.checks import Check, Remediation, Scope
from checker.model.undecided import Reason
from checker.model.users import UserRow
from checker.model.verdicts import Status, Verdict

_NAME_IN_BRACES = re.compile(r"\{([a-z_]+)\}")


class Unknown(msgspec.Struct, frozen=True):
    """Why nothing could be said: the reason, in words, and what would cure it."""

    reason: Reason
    detail: str
    needs: str = ""


class Subject(msgspec.Struct, frozen=True):
    kind: Scope
    name: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """``evidence`` holds probe ids in the order they were read. ``unknown`` is set exactly when the status is
    UNKNOWN.
    """

    check: Check
    subject: Subject
    status: Status
    verdict: Verdict | None
    unknown: Unknown | None = None
    evidence: tuple[str, ...] = ()
    value: Json = None
    number: int = 1

    @property
    def id(self) -> str:
        suffix = f"#{self.number}" if self.number > 1 else ""
        return f"{self.check.id}@{self.subject.name}{suffix}".lower()

    @property
    def remediation(self) -> Remediation:
        return self.filled(self.check.remediation, self.verdict)

    @staticmethod
    def filled(remedy: Remediation, verdict: Verdict | None) -> Remediation:
        """The check's remedy with what the evidence knows in the place of its ``{names}``."""
        if verdict is None or not verdict.fill:
            return remedy
        known = dict(verdict.fill)

        def fill(text: str) -> str:
            # In one pass: a value that reads like a name in braces must stay what it is, within its own quotes.
            return _NAME_IN_BRACES.sub(lambda found: known.get(found[1], found[0]), text)

        return Remediation(**{name: fill(getattr(remedy, name)) for name in remedy.__struct_fields__})


class UserResult(msgspec.Struct, frozen=True):
    """What one user check said of one user, when that was neither ``pass`` nor ``not-applicable``."""

    check: Check
    status: Status
    verdict: Verdict | None
    unknown: Unknown | None


class AssessedUser(msgspec.Struct, frozen=True):
    """A user of the batch with every result that is kept, in catalogue order. ``number`` tells duplicates
    apart.
    """

    row: UserRow
    results: tuple[UserResult, ...]
    number: int = 1


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """How often a check came out how; passes of users are counted here and stored nowhere."""

    passed: int = 0
    warned: int = 0
    failed: int = 0
    unknown: int = 0
    not_applicable: int = 0


class FaultStatus(Enum):
    PREDICTED = "predicted"
    NOT_RULED_OUT = "not-ruled-out"
    RULED_OUT = "ruled-out"
    NOT_APPLICABLE = "not-applicable"
    NOT_PREDICTABLE = "not-predictable"


class Outcome(Enum):
    BLOCKED = "blocked"
    UNDETERMINED = "undetermined"
    MOVES = "moves"
