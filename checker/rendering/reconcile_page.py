"""What a report predicted against what was met, on a terminal of 80 columns."""

from checker.reconciling.columns import SIP, TEXT
from checker.reconciling.reconciliation import Reconciliation
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
from checker.rendering.terminal_page import Page
from checker.rendering.words import first_few

_LABEL = 14
_ID = 34  # characters: the longest id of the catalogue
_WIDTHS = (5, 6, 6, 7, 8, 10)


def render_reconciliation(found: Reconciliation, *, width: int, colour: bool, ascii_only: bool) -> str:
    page = Page(width, colour=colour, ascii_only=ascii_only)
    page.heading(f"{found.deployment}: predicted against met", f"report of {found.as_of:%Y-%m-%d %H:%M} UTC")
    page.labelled("", headline(found), indent=0, column=1)
    page.blank()
    _files(page, found)
    _users(page, found)
    _faults(page, found)
    _surprises(page, found)
    _others(page, found)
    page.blank()
    for note in (*reading_notes(found), as_of_sentence(found)):
        page.labelled("note", note, indent=0, column=_LABEL)
    return str(page)


def _files(page: Page, found: Reconciliation) -> None:
    for file in found.files:
        page.labelled("outcome", f"{file.name}: {file_sentence(file)}", indent=0, column=_LABEL)
        for role, label in ((SIP, "users in"), (TEXT, "text in")):
            taken = [column_sentence(column) for column in file.columns if column.role == role]
            page.labelled(label, "\n".join(taken), indent=2, column=_LABEL - 2)


def _users(page: Page, found: Reconciliation) -> None:
    rows = [each for each in found.crossings if each.moved or each.failed or each.not_known]
    if not rows:
        return
    page.blank()
    page.heading(f"{'predicted':<16}{'moved':>7}{'failed':>8}{'not known':>11}")
    for each in rows:
        page.line(f"  {each.predicted.value:<14}{each.moved:>7}{each.failed:>8}{each.not_known:>11}")
    page.labelled("", unread_sentence(found), indent=2, column=1)


def _faults(page: Page, found: Reconciliation) -> None:
    if not found.faults:
        return
    page.blank()
    page.heading(f"{'fault':<{_ID + 2}}{_row(COLUMNS)}")
    for fault in found.faults:
        page.line(f"  {fault.id:<{_ID}}{_row(tuple(number or '-' for number in counts(fault)))}")
    for column, meaning in legend(found):
        page.labelled(column, meaning, indent=2, column=10)
    for fault in found.faults:
        if fault.missed.total:
            page.blank()
            page.row("missed", f"{fault.id}: {fault.title}", indent=0)
            page.labelled("who", first_few(fault.missed.first, len(fault.missed.first), fault.missed.total))


def _row(cells: tuple[object, ...]) -> str:
    return "".join(f"{cell!s:>{width}}" for cell, width in zip(cells, _WIDTHS, strict=True))


def _surprises(page: Page, found: Reconciliation) -> None:
    if found.surprises:
        page.blank()
        page.heading("errors that no documented fault explains", str(found.track_record.surprises))
        for each in found.surprises:
            page.labelled("says", f'"{each.text}"')
            page.labelled("who", first_few(each.users.first, len(each.users.first), each.users.total))
        page.labelled("", REPORT_IT, indent=2, column=1)
    if found.related:
        page.blank()
        page.heading("related errors", str(len(found.related)))
        for known in found.related:
            page.labelled("says", f"{known.id}: {known.title}")
            page.labelled("who", first_few(known.users.first, len(known.users.first), known.users.total))
        page.labelled("", RELATED, indent=2, column=1)


def _others(page: Page, found: Reconciliation) -> None:
    for label, total, names in others_sentences(found):
        page.blank()
        page.heading(label, str(total))
        page.labelled("", names, indent=2, column=1)
    page.labelled("", absent_hint(found), indent=2, column=1)
