"""What a report predicted against what was met, as Markdown for the ticket of the move."""

from collections.abc import Sequence

from checker.reconciling.columns import SIP
from checker.reconciling.reconciliation import Reconciliation
from checker.rendering.hostile_text import cell, code, escaped, fenced
from checker.rendering.reconcile_words import (
    COLUMNS,
    RELATED,
    REPORT_IT,
    absent_hint,
    as_of_sentence,
    column_sentence,
    counts,
    file_sentence,
    headline,
    legend,
    others_sentences,
    reading_notes,
    unread_sentence,
)
from checker.rendering.words import first_few


def reconciliation_markdown(found: Reconciliation) -> str:
    """Names and texts of the estate are escaped, or quoted as code."""
    sections = (_head(found), _users(found), _faults(found), _surprises(found), _related(found), _others(found))
    return "\n\n".join("\n".join(lines) for lines in sections if lines) + "\n"


def _head(found: Reconciliation) -> list[str]:
    lines = [f"# {escaped(found.deployment)}: predicted against met", "", f"**{headline(found)}.**", ""]
    for file in found.files:
        lines.append(f"- {code(file.name)}: {file_sentence(file)}")
        for column in file.columns:
            what = "users" if column.role == SIP else "text"
            lines.append(f"  - {what} in {escaped(column_sentence(column))}")
    return [*lines, "", *(f"- {escaped(note)}" for note in (*reading_notes(found), as_of_sentence(found)))]


def _users(found: Reconciliation) -> list[str]:
    rows = [
        (each.predicted.value, str(each.moved), str(each.failed), str(each.not_known))
        for each in found.crossings
        if each.moved or each.failed or each.not_known
    ]
    if not rows:
        return []
    unread = unread_sentence(found)
    table = _table(("predicted", "moved", "failed", "not known"), rows)
    return ["## Users", "", *table, *(["", escaped(unread)] if unread else [])]


def _faults(found: Reconciliation) -> list[str]:
    if not found.faults:
        return []
    rows = [(code(fault.id), *(str(number or "-") for number in counts(fault))) for fault in found.faults]
    lines = ["## Faults", "", *_table(("fault", *COLUMNS), rows), ""]
    lines += [f"- {column}: {meaning}" for column, meaning in legend(found)]
    for fault in found.faults:
        if fault.missed.total:
            who = _names(fault.missed.first, fault.missed.total)
            lines += ["", f"Missed {code(fault.id)}, {escaped(fault.title)}: {who}"]
    return lines


def _surprises(found: Reconciliation) -> list[str]:
    if not found.surprises:
        return []
    lines = ["## Errors that no documented fault explains"]
    for each in found.surprises:
        lines += ["", fenced(each.text), "", _names(each.users.first, each.users.total) or "Of nobody by name."]
    return [*lines, "", REPORT_IT]


def _related(found: Reconciliation) -> list[str]:
    if not found.related:
        return []
    lines = ["## Related errors", ""]
    for each in found.related:
        who = _names(each.users.first, each.users.total)
        lines.append(f"- {code(each.id)}, {escaped(each.title)}{f': {who}' if who else ''}")
    return [*lines, "", RELATED]


def _others(found: Reconciliation) -> list[str]:
    lines = [f"- {label} ({total}): {escaped(names)}" for label, total, names in others_sentences(found)]
    hint = absent_hint(found)
    return ["## On one side only", "", *lines, *(["", hint] if hint else [])] if lines else []


def _names(first: Sequence[str], total: int) -> str:
    return first_few(map(code, first), len(first), total)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The first column is text, the others are numbers."""
    rule = ["---", *("--:" for _ in header[1:])]
    return [f"| {' | '.join(map(cell, row))} |" for row in (header, rule, *rows)]
