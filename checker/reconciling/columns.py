"""Which columns of a table name the users, and which say what became of them: by what they hold, not by their names.

No document describes the columns of ``Move-CsUser -Report``. The users stand in the one of whose cells most name a user
of the report; what became of them stands where a documented error is recognised, and where a column's name says so.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from itertools import chain

from checker.errors import UsageError
from checker.explaining.normalising import Paste
from checker.explaining.recognising import hits
from checker.reconciling.naming import Names, whom
from checker.reconciling.outcomes import TakenColumn
from checker.reconciling.tables import Row, Table
from checker.rendering.words import counted, first_few

SIP, TEXT = "sip", "text"

_TELLING_NAME = re.compile(
    r"status|result|error|(?<!de)fault|fail(?:ed|ure)|message|detail|reason|exception|outcome"
    r"|fehler|ergebnis|meldung|grund|erreur|résultat|estado|resultado|errore|esito|ошибк|エラー|結果|错误|结果",
    re.IGNORECASE,
)
_MOST_SEARCHED = 1 << 20  # characters of a column in which a documented error is looked for
_MOST_NAMED = 12


class Columns:
    """The positions, from 0, of the column that names the users and of those that say what became of them."""

    def __init__(self, sip: TakenColumn, texts: Sequence[TakenColumn], header: Sequence[str]) -> None:
        self.taken = (sip, *texts)
        self.sip = header.index(sip.name)
        self.texts = tuple(header.index(each.name) for each in texts)


def chosen_columns(table: Table, wanted: Mapping[str, Sequence[str]], names: Names, file: str) -> Columns:
    """``wanted``: by role what the operator said. Raises ``UsageError`` where a column is not there, or none fits."""
    told = {role: [_told(role, name, table.header, file) for name in columns] for role, columns in wanted.items()}
    sip = told[SIP][0] if told.get(SIP) else _sip_column(table, names, file)
    texts = told.get(TEXT) or _text_columns(table, sip.name, file)
    return Columns(sip, texts, table.header)


def _told(role: str, name: str, header: Sequence[str], file: str) -> TakenColumn:
    known = {column.casefold(): column for column in reversed(header)}
    found = known.get(name.strip().casefold())
    if found is None:
        close = get_close_matches(name.strip().casefold(), known, n=1)
        hint = f"Did you mean {known[close[0]]}?" if close else f"It has {_listed(header)}."
        raise UsageError(f"{file}: has no column {name}", hint)
    return TakenColumn(role=role, name=found, why="as told")


def _sip_column(table: Table, names: Names, file: str) -> TakenColumn:
    users = set(names.values())

    def naming(place: int) -> tuple[int, int]:
        """How many rows name a user of the report; and, among equals, how many begin as a SIP URI does."""
        cells = list(_cells(table.rows, place))
        return sum(whom(cell, names) in users for cell in cells), sum(cell[:4].lower() == "sip:" for cell in cells)

    found = [naming(place) for place, _ in enumerate(table.header)]
    best = max(range(len(found)), key=lambda place: (found[place], -place))
    if not found[best][0]:
        raise UsageError(
            f"{file}: no column names a user of the report; it has {_listed(table.header)}",
            "Is it of another batch? If not, say --column sip=NAME.",
        )
    rows = counted(len(table.rows), "row")
    why = f"{found[best][0]} of {rows} name a user of the report there"
    return TakenColumn(role=SIP, name=table.header[best], why=why)


def _text_columns(table: Table, sip: str, file: str) -> list[TakenColumn]:
    taken = []
    for place, name in enumerate(table.header):
        if found := _recognised(_cells(table.rows, place)):
            why = f"a documented error stands there: {found}"
        elif name != sip and _TELLING_NAME.search(name):
            why = "by its name"
        else:
            continue
        taken.append(TakenColumn(role=TEXT, name=name, why=why))
    if not taken:
        raise UsageError(
            f"{file}: no column says what became of the users; it has {_listed(table.header)}",
            "Say --column text=NAME: where the errors stand.",
        )
    return taken


def _recognised(cells: Iterable[str]) -> str:
    """The first fault, related error or number that is known in the column; empty where none is."""
    distinct: list[str] = []
    size = 0
    for cell in dict.fromkeys(cells):
        distinct.append(cell)
        size += len(cell)
        if size > _MOST_SEARCHED:
            break
    found = hits(Paste("\n\n".join(distinct)))
    return next((meaning.key for meaning in chain.from_iterable(hit.meanings for hit in found)), "")


def _cells(rows: Iterable[Row], place: int) -> Iterable[str]:
    return (row.cells[place] for row in rows if len(row.cells) > place)


def _listed(header: Sequence[str]) -> str:
    return f"the columns {first_few(header, _MOST_NAMED)}"
