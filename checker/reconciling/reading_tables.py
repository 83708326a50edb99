"""What a table says of each user, row by row.

A row with an error failed, whatever else it says. No document says what a row of a move that worked looks like: it is
one whose text the operator said to mean that (``--moved``), or, while he said nothing, one without any text at all.
"""

from collections.abc import Mapping, Sequence

from checker.reconciling.columns import Columns, chosen_columns
from checker.reconciling.error_texts import errors_in, shortened
from checker.reconciling.naming import Names, whom
from checker.reconciling.outcomes import BadRow, OutcomeFile, Said
from checker.reconciling.tables import Row, Table


def said_by_table(
    table: Table, file: str, names: Names, *, columns: Mapping[str, Sequence[str]], moved: Sequence[str]
) -> OutcomeFile:
    """``columns``: those the operator named, by role; ``moved``: the values that he said to mean success.

    Raises ``UsageError`` where the columns cannot be told.
    """
    chosen = chosen_columns(table, columns, names, file)
    success = {value.strip().casefold() for value in moved or ("",)}
    said: list[Said] = []
    bad: list[BadRow] = []
    empty_is_moved = False
    for row in table.rows:
        user = whom(row.cells[chosen.sip], names) if len(row.cells) > chosen.sip else ""
        if len(row.cells) < len(table.header):  # what is cut off may be the error
            bad.append(BadRow(line=row.line, why=f"has {len(row.cells)} of {len(table.header)} cells"))
        elif not user:
            bad.append(BadRow(line=row.line, why=f"names nobody, or several, in {table.header[chosen.sip]}"))
        else:
            said.append(_said(user, _texts(row, chosen, table), success))
            empty_is_moved |= not moved and said[-1].moved
    return OutcomeFile(file, tuple(said), chosen.taken, tuple(bad), empty_is_moved)


def _texts(row: Row, columns: Columns, table: Table) -> tuple[str, ...]:
    """The cells that say what became of the user. Those beyond the header are of a text whose comma nobody quoted."""
    cells = [row.cells[place] for place in columns.texts]
    beyond = table.delimiter.join(row.cells[len(table.header) :])
    return tuple(stripped for cell in (*cells, beyond) if (stripped := cell.strip()))


def _said(user: str, texts: tuple[str, ...], success: set[str]) -> Said:
    if errors := errors_in(texts):
        return Said(user, errors=errors)
    if any(text.casefold() in success for text in texts) or (not texts and "" in success):
        return Said(user, moved=True)
    return Said(user, unread=shortened(" | ".join(texts)) or "nothing at all")
