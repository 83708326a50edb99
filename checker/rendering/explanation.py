"""The answer to a pasted error on a terminal: a block for each distinct error, made to be read and copied from."""

from collections.abc import Iterable, Sequence

from checker.explaining.answering import Answer, Match, entry_of
from checker.faults import fault
from checker.model.axes import Direction
from checker.model.checks import Check, Remediation
from checker.model.findings import FaultStatus
from checker.model.report import FaultEntry, Report
from checker.related_errors import RELATED_ERRORS, RelatedError
from checker.rendering.commands import is_command
from checker.rendering.terminal_page import Page
from checker.rendering.words import counted, first_few

NOTHING_FOUND = "no code in brackets, as in Error=(510), no known sentence and no fault's id: not documented"
_MOST_USERS = 8
_MOST_BECAUSE = 3
_RELATED = {each.id: each for each in RELATED_ERRORS}
_STATUSES = {
    FaultStatus.PREDICTED: "predicted",
    FaultStatus.RULED_OUT: "ruled out",
    FaultStatus.NOT_RULED_OUT: "not ruled out",
    FaultStatus.NOT_APPLICABLE: "not applicable",
    FaultStatus.NOT_PREDICTABLE: "not predictable",
}


def render_explanation(
    answer: Answer, checks: Sequence[Check], report: Report | None, *, width: int, colour: bool, ascii_only: bool
) -> str:
    """``checks`` is the catalogue; without a report it is said which of them would decide."""
    page = Page(width, colour=colour, ascii_only=ascii_only)
    for match in answer.matches:
        page.blank()
        if match.fault:
            _fault(page, match, checks, report)
        elif match.related:
            _related(page, match, checks, report)
        else:
            page.line(match.cause)
            page.labelled("who", first_few(match.users, _MOST_USERS))
    if not answer.matches:
        page.line(NOTHING_FOUND)
    return str(page)


def _fault(page: Page, match: Match, checks: Sequence[Check], report: Report | None) -> None:
    known = fault(match.fault or "")
    page.heading(f"{known.id}  {known.title}", f"code {known.code}" if known.code else "")
    page.labelled("who", first_few(match.users, _MOST_USERS))
    page.labelled("says", f'"{known.message}"' if known.message else "no text is published")
    page.labelled("cause", match.cause)
    if Direction.TO_CLOUD not in known.directions:
        page.labelled("", "Documented for moves back to the servers only.")
    deciding = [check.id for check in checks if known.id in check.predicts]
    if report:
        page.labelled("here", _here(entry_of(report, known.id)))
    elif not deciding:
        page.labelled("decides", "no check: no evidence foresees it")
    if not report and known.unpredictable:
        page.labelled("", f"not foreseen: {known.unpredictable}")
    _checks(page, deciding)
    _rest(page, match)


def _here(entry: FaultEntry | None) -> str:
    """``In this deployment: predicted, because tenant.shared-sip-address-space@contoso``."""
    if entry is None:
        return "In this deployment: the report says nothing of it, it is of another version"
    said = f"In this deployment: {_STATUSES[entry.status]}"
    because = first_few(entry.because, _MOST_BECAUSE)
    match entry.status:
        case FaultStatus.PREDICTED:
            return f"{said}, because {because} ({counted(entry.users_affected, 'user')})"
        case FaultStatus.RULED_OUT:
            return f"{said}, because what would cause it is in order" + (f": {because}" if because else "")
        case FaultStatus.NOT_RULED_OUT:
            needs = first_few(dict.fromkeys(each.needs for each in entry.missing if each.needs), _MOST_BECAUSE)
            return f"{said}, because {because}" + (f"; would decide it: {needs}" if needs else "")
        case FaultStatus.NOT_PREDICTABLE:
            return f"{said}, because no evidence foresees it" + (
                f": {entry.not_foreseen}" if entry.not_foreseen else ""
            )
        case _:
            return f"{said}, because no check that foresees it applies to the direction, cloud or batch of that run"


def _related(page: Page, match: Match, checks: Sequence[Check], report: Report | None) -> None:
    known = _RELATED[match.related or ""]
    page.heading(f"{known.id}  {known.title}", "related")
    page.labelled("who", first_few(match.users, _MOST_USERS))
    page.labelled("says", f'"{known.message}"')
    page.labelled("from", known.raised_by)
    page.labelled("cause", match.cause)
    page.labelled("", "It is explained, and never predicted: Move-CsUser may not even be what raised it.")
    if report and known.checks:
        page.labelled("here", _looked_at(known, report))
    _checks(page, [check.id for check in checks if check.id in known.checks])
    _rest(page, match)


def _looked_at(known: RelatedError, report: Report) -> str:
    said = []
    for check_id in known.checks:
        count = next((count for count in report.checks if count.id == check_id), None)
        if count is None:
            said.append(f"the report does not know {check_id}")
            continue
        counts = (("fails", count.fail), ("warns", count.warn), ("is unknown", count.unknown), ("passes", count.passed))
        said.append(f"{check_id} {next((word for word, number in counts if number), 'does not apply')}")
    return f"In this deployment: {', '.join(said)}"


def _checks(page: Page, deciding: Iterable[str]) -> None:
    """The command that prints how each is looked at."""
    label = "decides"
    for check_id in deciding:
        page.labelled(label, f"csready checks {check_id}")
        label = ""


def _rest(page: Page, match: Match) -> None:
    for remedy in match.fix[:_MOST_BECAUSE]:
        _fix(page, remedy)
    if more := len(match.fix) - _MOST_BECAUSE:
        page.labelled("", f"and {more} more: see the checks above" if more > 0 else "")
    for source in match.references:
        page.labelled("source", f"{source.title}, read {source.read_on}")
        if source.url:
            page.command(source.url, indent=13)


def _fix(page: Page, remedy: Remediation) -> None:
    place = ", as ".join(filter(None, (remedy.where, remedy.role)))
    if is_command(remedy.run):
        page.labelled("fix", f"in {place}:")
        page.command(remedy.run)
    else:
        page.labelled("fix", remedy.run)
        page.labelled("where", place)
    page.labelled("wait", remedy.wait)
