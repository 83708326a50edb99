"""What an outcome file says: of whom, which errors, and whether the move worked."""

from dataclasses import dataclass

import msgspec

from checker.explaining.recognising import Meaning


@dataclass(frozen=True)
class MetError:
    """``meanings``: what it is recognised as, several where one sentence stands for several faults; none for an error
    that no source documents. ``text``: as it was printed, on one line, bounded.
    """

    meanings: tuple[Meaning, ...]
    text: str


@dataclass(frozen=True)
class Said:
    """One row of a table, or one error of a log. ``user`` is a user of the report where the file names one; else the
    name as it stands there, empty where it names nobody.

    ``unread``: text that is neither an error nor known to mean success; then nobody can say what became of the user.
    """

    user: str
    errors: tuple[MetError, ...] = ()
    moved: bool = False
    unread: str = ""


class TakenColumn(msgspec.Struct, frozen=True, kw_only=True):
    """``role``: ``sip`` names the users, ``text`` holds what became of them."""

    role: str
    name: str
    why: str


class BadRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a table that says nothing of anybody; it begins on ``line``."""

    line: int
    why: str


@dataclass(frozen=True)
class OutcomeFile:
    """``columns`` is empty for a log. ``empty_is_moved``: rows with no text at all were taken for moves that worked."""

    name: str
    said: tuple[Said, ...]
    columns: tuple[TakenColumn, ...] = ()
    bad_rows: tuple[BadRow, ...] = ()
    empty_is_moved: bool = False
