"""What changed between two reports, as data: the JSON of ``csready diff``, and what its pages draw.

Every key is always there, ``null`` or empty where there is nothing to say. ``old`` and ``new`` are the two reports.
"""

from datetime import date
from enum import Enum
from typing import Generic, TypeVar

import msgspec

from checker.model.axes import Cloud, Direction, Phase
from checker.model.facts import Moment
from checker.model.findings import FaultStatus
from checker.model.report import CheckCount, SubjectEntry, WaiverState
from checker.model.report import RunVerdict as Verdict
from checker.model.undecided import Reason
from checker.model.verdicts import Status
from checker.whatif.comparing import UserCounts

T = TypeVar("T")


class Change(Enum):
    """What became of a finding; the order is that of the pages.

    ``REGRESSED``: looked at both times, and the status is worse. ``WAIVER_LAPSED``: accepted in the old report, not in
    the new one, and no better. ``NEW``, ``GONE``: its subject or its check is in one report only, or it applies in one
    only. ``NOT_COMPARABLE``: not looked at in one of the two, or not in the same way. ``VALUE_CHANGED``: the same
    status for another value. ``FIXED``: looked at both times, and the status is better. ``SAME``: no better and no
    worse; that nobody could look at it either time counts here too.
    """

    REGRESSED = "regressed"
    WAIVER_LAPSED = "waiver-lapsed"
    NEW = "new"
    NOT_COMPARABLE = "not-comparable"
    VALUE_CHANGED = "value-changed"
    FIXED = "fixed"
    GONE = "gone"
    SAME = "same"


class Pair(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    old: T
    new: T


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two reports. ``redacted``: the fingerprint of the key of its pseudonyms, ``null`` where names stand as
    they are.
    """

    deployment: str
    cloud: Cloud
    direction: Direction
    phase: Phase
    tool_version: str
    as_of: Moment
    valid_until: Moment
    interrupted: bool
    redacted: str | None
    exit_code: int


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """Counts checks."""

    applicable: int
    looked_at: int


class UsersChange(msgspec.Struct, frozen=True, kw_only=True):
    """``joined`` and ``left`` count users of one batch only, ``null`` where the reports do not tell who was in it.
    ``by_fault``: users hit by each fault that hits another number of them.
    """

    old: UserCounts
    new: UserCounts
    joined: int | None
    left: int | None
    by_fault: dict[str, Pair[int]]


class FaultChange(msgspec.Struct, frozen=True, kw_only=True):
    """A fault whose status changed; ``null`` where that version of csready does not know it."""

    id: str
    title: str
    old: FaultStatus | None
    new: FaultStatus | None
    users_affected: Pair[int]


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A finding as one report has it. ``observed``: what was seen, or why nobody could say."""

    status: Status
    observed: str
    expected: str
    reason: Reason | None
    accepted: bool
    fingerprint: str


class FindingChange(msgspec.Struct, frozen=True, kw_only=True):
    """``old`` or ``new`` is ``null`` where that report has no finding of this id; of a user it also has none when the
    check passes or does not apply. ``why``: what the class rests on, where the two do not say it themselves.
    """

    id: str
    check: str
    subject: SubjectEntry
    change: Change = msgspec.field(name="class")
    old: Seen | None
    new: Seen | None
    why: str


class UserCheckChange(msgspec.Struct, frozen=True, kw_only=True):
    """A check of users compared by its counts, because the reports do not name all whom it concerns."""

    check: str
    change: Change = msgspec.field(name="class")
    old: CheckCount
    new: CheckCount
    why: str


class WaiverChange(msgspec.Struct, frozen=True, kw_only=True):
    """A waiver whose state changed; ``null`` where the report was made without it. ``because``: why it lapsed."""

    check: str
    subject: str
    owner: str
    ticket: str
    expires: date
    old: WaiverState | None
    new: WaiverState | None
    because: str


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """``comparable``: ``false`` where no finding can be compared, ``why_not`` says why. ``notes``: what bears on the
    comparison besides. ``stale``: the new report counts no longer; ``null`` where nobody said what time it is.

    ``findings``: all of both reports, but for those of users whose check stands in ``user_checks``. ``summary`` counts
    both by class. ``fixes`` counts the steps of the plans. ``regressed``: a finding that nobody accepted is worse, or
    one that fails is accepted no longer; what is ``new`` does not count.
    """

    old: Side
    new: Side
    comparable: bool
    why_not: tuple[str, ...]
    notes: tuple[str, ...]
    stale: bool | None
    verdict: Pair[Verdict]
    coverage: Pair[Looked]
    users: UsersChange
    fixes: Pair[int]
    faults: tuple[FaultChange, ...]
    findings: tuple[FindingChange, ...]
    user_checks: tuple[UserCheckChange, ...]
    waivers: tuple[WaiverChange, ...]
    summary: dict[str, int]
    regressed: bool
