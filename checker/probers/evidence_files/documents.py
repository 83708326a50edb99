"""Reads the objects out of one evidence file, CLIXML or JSON, one after the other."""

from collections.abc import Callable, Iterator
from enum import Enum
from typing import BinaryIO

from checker.model.answers import Json
from checker.probers.evidence_files.clixml_file import ClixmlFile
from checker.probers.evidence_files.encodings import NotReadable
from checker.probers.evidence_files.json_file import JsonFile

__all__ = ["Kind", "NotReadable", "Rows", "read_rows"]

MAX_ROWS = 2_000_000  # twenty times the largest batch
_COUNTED = 1000  # rows between two calls of ``counted``

# Cmdlets of Microsoft Graph put here what their type has no property for: https://learn.microsoft.com/powershell/microsoftgraph/
_ADDITIONAL = "AdditionalProperties"


class Kind(Enum):
    """What a file is written in."""

    CLIXML = "clixml"
    JSON = "json"


class Rows(Iterator[dict[str, Json]]):
    """``is_complete``, once all are read: whether the file is all there is, and not one page of several."""

    def __init__(
        self, file: ClixmlFile | JsonFile, keep: frozenset[str] | None, counted: Callable[[int], None]
    ) -> None:
        self._file = file
        self._rows = iter(file)
        self._keep = keep
        self._counted = counted
        self._count = 0

    @property
    def is_complete(self) -> bool:
        return self._file.is_complete

    def __next__(self) -> dict[str, Json]:
        row = next(self._rows)
        self._count += 1
        if self._count % _COUNTED == 0:
            if self._count > MAX_ROWS:
                raise NotReadable(f"more than {MAX_ROWS:,} objects")
            self._counted(self._count)
        return self._merged(row) if _ADDITIONAL in row else row

    def _merged(self, row: dict[str, Json]) -> dict[str, Json]:
        """The row with its additional properties as its own, where it has none of that name."""
        merged = {name: value for name, value in row.items() if name != _ADDITIONAL}
        additional = row[_ADDITIONAL]
        if isinstance(additional, dict):
            own = {name.casefold() for name in merged}
            for name, value in additional.items():
                folded = name.casefold()
                if folded not in own and (self._keep is None or folded in self._keep):
                    merged[name] = value
        return merged


def read_rows(
    raw: BinaryIO,
    kind: Kind,
    keep: frozenset[str] | None = None,
    counted: Callable[[int], None] = lambda count: None,
) -> Rows:
    """The objects as :class:`~checker.model.answers.Objects` wants them; ``[]``, null and an empty envelope give none.

    They may be in UTF-8 or UTF-16. ``keep``: the properties that will be read, casefolded; ``None`` keeps all.
    ``counted`` is told every thousand rows how many there were. Raises :class:`NotReadable` while it is iterated over,
    also for a file of no bytes, a DOCTYPE, and what is too deep, too large or cut off.
    """
    wanted = keep if keep is None else keep | {_ADDITIONAL.casefold()}
    return Rows(ClixmlFile(raw, wanted) if kind is Kind.CLIXML else JsonFile(raw, wanted), keep, counted)
