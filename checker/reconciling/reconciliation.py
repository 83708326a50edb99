"""The comparison as data: what its pages draw and its JSON holds."""

from datetime import datetime
from enum import Enum

import msgspec

from checker.model.findings import Outcome
from checker.model.report import TrackRecord
from checker.reconciling.outcomes import BadRow, TakenColumn


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Base of everything in it."""


class Became(Enum):
    """Of a user who failed first and was moved later: ``MOVED``."""

    MOVED = "moved"
    FAILED = "failed"
    NOT_KNOWN = "not-known"


class Named(Part, frozen=True, kw_only=True):
    """How many, and the first ten of them."""

    total: int = 0
    first: tuple[str, ...] = ()


class BadRows(Part, frozen=True, kw_only=True):
    total: int
    first: tuple[BadRow, ...]


class FileRead(Part, frozen=True, kw_only=True):
    """``kind``: ``table`` or ``log``; ``says``: how many rows, or errors, were read in it."""

    name: str
    kind: str
    says: int
    columns: tuple[TakenColumn, ...]
    bad_rows: BadRows
    empty_is_moved: bool


class UserCompared(Part, frozen=True, kw_only=True):
    """A user of the report of whom a file says something. Faults by id.

    ``hits``: predicted and met. ``misses``: met, and the report had ruled it out. ``left_open``: met, and the report
    had said that it could not tell. ``false_alarms``: predicted, and the user was moved without meeting anything.
    ``passed_by``: predicted, and the first error the user met is thought to come later: a false alarm, or the order,
    which is inferred, is wrong. ``not_tested``: predicted, and nobody can tell: the move stopped at another error, or
    worked only later, when it may have been fixed.
    """

    sip_address: str
    predicted: Outcome
    became: Became
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    left_open: tuple[str, ...] = ()
    false_alarms: tuple[str, ...] = ()
    passed_by: tuple[str, ...] = ()
    not_tested: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    surprised: bool = False

    @property
    def as_predicted(self) -> bool:
        if self.predicted is Outcome.MOVES:
            return self.became is Became.MOVED and not self.met_something
        return self.predicted is Outcome.BLOCKED and bool(self.hits)

    @property
    def met_something(self) -> bool:
        return bool(self.hits or self.misses or self.left_open or self.related or self.surprised)


class FaultCompared(Part, frozen=True, kw_only=True):
    """Users by what the prediction of one fault came to, as :class:`UserCompared` tells them apart; ``missed``: whom it
    hit unforeseen.
    """

    id: str
    title: str
    hits: int
    misses: int
    left_open: int
    false_alarms: int
    passed_by: int
    not_tested: int
    missed: Named


class Crossing(Part, frozen=True, kw_only=True):
    """Users of one predicted outcome by what became of them."""

    predicted: Outcome
    moved: int
    failed: int
    not_known: int


class Surprise(Part, frozen=True, kw_only=True):
    """An error that no documented fault explains, as it was first printed. ``code``: its number, where it has one that
    no source documents.
    """

    text: str
    code: str | None
    users: Named


class RelatedMet(Part, frozen=True, kw_only=True):
    """A documented error that is explained and never predicted."""

    id: str
    title: str
    users: Named


class Unread(Part, frozen=True, kw_only=True):
    """A text of which nobody can say whether it means success."""

    text: str
    users: int


class Reconciliation(Part, frozen=True, kw_only=True):
    """``known_users``: of the ``in_report`` users, which are its first 100 where ``users.csv`` is missing.
    ``others_moved``: the operator said that who is named in no error was moved. ``compared``: users of the report of
    whom something is known; ``as_predicted`` of them came out as predicted, and ``undetermined`` were not predicted at
    all. ``strangers``: in the files and not in the report; ``absent``: the other way round. ``nameless``: errors that
    name nobody.
    """

    deployment: str
    as_of: datetime
    files: tuple[FileRead, ...]
    in_report: int
    known_users: int
    others_moved: bool
    compared: int
    as_predicted: int
    undetermined: int
    crossings: tuple[Crossing, ...]
    faults: tuple[FaultCompared, ...]
    surprises: tuple[Surprise, ...]
    related: tuple[RelatedMet, ...]
    unread: tuple[Unread, ...]
    nameless: int
    strangers: Named
    absent: Named
    users: tuple[UserCompared, ...]
    track_record: TrackRecord

    @property
    def whole(self) -> bool:
        return self.known_users == self.in_report
