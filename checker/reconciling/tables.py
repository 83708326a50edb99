"""A CSV as somebody's tool wrote it: which sign parts its cells, its header, and its rows by line."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from checker.errors import UsageError

_DELIMITERS = ",;\t"
_LOOKED_AT = 200  # rows, to tell a table from a log


class Row(NamedTuple):
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """``header``: the names of the columns; their positions, from 1, where the first row holds an address already.

    Rows of no cells are left out; a row may have fewer or more cells than the header.
    """

    header: tuple[str, ...]
    delimiter: str
    rows: tuple[Row, ...]


def table_of(text: str, name: str) -> Table | None:
    """``None`` for what is no table: a log. Raises ``UsageError`` for a table whose quotes do not pair."""
    head = next((line for line in text.splitlines() if line.strip() and not line.startswith("#TYPE ")), "")
    delimiter = max(_DELIMITERS, key=head.count)
    if not _is_table(text, delimiter):
        return None
    try:
        header, *rows = _rows(text, delimiter, strict=True)
    except csv.Error as exc:
        raise UsageError(
            f"{name}: cannot be read as CSV: {exc}", "Pair the quotes of that row, or export anew."
        ) from exc
    if any("@" in cell for cell in header.cells):
        return Table(tuple(str(place) for place, _ in enumerate(header.cells, 1)), delimiter, (header, *rows))
    names = (cell.strip() or str(place) for place, cell in enumerate(header.cells, 1))
    return Table(tuple(names), delimiter, tuple(rows))


def _is_table(text: str, delimiter: str) -> bool:
    """Whether most of its first rows have as many cells, two at the least, as the very first one."""
    widths = []
    try:
        for row in islice(_rows(text, delimiter, strict=False), _LOOKED_AT):
            widths.append(len(row.cells))
    except csv.Error:  # a cell beyond all bounds: a quote that does not end; what came before it decides
        pass
    return len(widths) > 1 and widths[0] > 1 and widths[1:].count(widths[0]) * 2 >= len(widths) - 1


def _rows(text: str, delimiter: str, *, strict: bool) -> Iterator[Row]:
    """Raises ``csv.Error`` naming the line."""
    lines = io.StringIO(text, newline="")
    before = 0
    if text.startswith("#TYPE "):  # Windows PowerShell's Export-Csv puts the type before the header
        lines.readline()
        before = 1
    reader = csv.reader(lines, delimiter=delimiter, strict=strict)
    begins_at = before + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(begins_at, tuple(cells))
            begins_at = before + reader.line_num + 1
    except csv.Error as exc:
        raise csv.Error(f"line {begins_at}: {exc}") from exc
