"""The report on a terminal: what stops the move first, the files written last.

Statuses are words, so nothing is lost without colour, on paper or in a screen reader. Passes fold to a count for each
area.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from tabulate import tabulate

from checker.model.checks import Scope
from checker.model.findings import FaultStatus
from checker.model.report import CheckCount, FaultEntry, Report, WaiverState
from checker.model.undecided import Reason
from checker.model.verdicts import Status
from checker.readings.profiles import profile
from checker.rendering.grouping import Blocker, Listed, blockers, gaps, listed, steps, vantages
from checker.rendering.terminal_finding import draw_finding
from checker.rendering.terminal_page import Page
from checker.rendering.words import (
    by_reach,
    counted,
    coverage_sentence,
    first_few,
    unblocks,
    users_sentence,
    verdict_counts,
    verdict_sentence,
    waived_blockers,
    waiver_sentence,
)

_HOW_TO_GIVE_ACCESS = (
    "csready init writes a csready.toml to fill in; where no account may be used, csready collector prints a "
    "read-only script to run there, and scan --evidence takes what it wrote"
)
MOST_NAMED = 8  # faults, steps or users named before "and 9 more"; -v names all


def render_terminal(
    report: Report,
    *,
    written: Sequence[str] = (),
    folder: str = "",
    width: int = 80,
    colour: bool,
    ascii_only: bool,
    verbose: bool,
) -> str:
    """``written`` names the files in ``folder``; without them the last lines say nothing of files."""
    page = Page(width, colour=colour, ascii_only=ascii_only)
    most = len(report.faults) + len(report.fixes) + len(report.findings) if verbose else MOST_NAMED
    findings = listed(report)
    _header(page, report)
    stopping = blockers(report.faults, findings)
    _blockers(page, report, stopping)
    shown = {id(cause) for blocker in stopping for cause in blocker.causes}
    _areas(page, report, [each for each in findings if id(each) not in shown], verbose)
    _gaps(page, findings, most)
    _predictions(page, report, most)
    _verdict(page, report)
    _files(page, report, folder, written, verbose)
    return str(page)


def _header(page: Page, report: Report) -> None:
    deployment = report.deployment
    page.heading(
        f"{report.tool.name} {report.tool.version}  {deployment.name}  phase {deployment.phase.value}  "
        f"cloud {deployment.cloud.value}  {deployment.direction.value}  read-only"
    )
    took = round((report.finished_at - report.started_at).total_seconds())
    stamp = f"{report.as_of:%Y-%m-%d %H:%M} UTC   {took} s"
    places = ", ".join(vantages(report))
    seen = f"from {places}" if places else "nothing was answered"
    if page.fits(f"{seen}  {stamp}"):
        page.line(seen, stamp)
    else:
        page.labelled("from", places, indent=0, column=5)
        page.line("", stamp)
    for label, text in profile(deployment):
        if label != "cloud":  # which the first line has
            page.labelled(label, text, indent=0)
    if report.redaction:
        page.labelled("note", f"redacted ({report.redaction}): names are pseudonyms", indent=0)


def _blockers(page: Page, report: Report, stopping: Iterable[Blocker]) -> None:
    stopping = tuple(stopping)
    if not stopping:
        return
    page.blank()
    page.heading("what stops the move", f"{counted(len(stopping), 'fault')} predicted, first one first")
    for blocker in stopping:
        fault = blocker.fault
        page.row(fault.id, _hits(report, blocker), fault.confidence.value)
        page.labelled("fault", fault.title)
        page.labelled("says", f'"{fault.message}"' if fault.message else "no text is published")
        for cause in blocker.causes:
            draw_finding(page, cause)
        if blocker.as_above:
            page.labelled("because", f"{', '.join(blocker.as_above)}, as above")
        page.blank()


def _hits(report: Report, blocker: Blocker) -> str:
    if total := report.users.total:
        return f"hits {blocker.fault.users_affected} of {counted(total, 'user')}"
    subjects = [cause.first.subject for cause in blocker.causes]
    if subjects and all(subject.kind is Scope.SIP_DOMAIN for subject in subjects):
        return f"hits the users of {', '.join(subject.name for subject in subjects)}"
    return "hits every user"


def _areas(page: Page, report: Report, findings: Sequence[Listed], verbose: bool) -> None:
    page.blank()
    for area, counts in groupby(report.checks, lambda count: count.id.partition(".")[0]):
        tallies = tuple(counts)
        mine = [each for each in findings if each.first.area == area]
        page.heading(area, _area_counts(tallies))
        for each in mine:
            if each.first.status in (Status.FAIL, Status.WARN):
                draw_finding(page, each)
        if verbose:
            _passed(page, tallies, mine)


def _area_counts(tallies: Iterable[CheckCount]) -> str:
    total: Counter[Status] = Counter()
    for tally in tallies:
        total.update(
            {Status.FAIL: tally.fail, Status.WARN: tally.warn, Status.UNKNOWN: tally.unknown, Status.PASS: tally.passed}
        )
    return "  ".join(f"{number} {status.value}" for status, number in total.items() if number) or "not applicable"


def _passed(page: Page, tallies: Iterable[CheckCount], findings: Iterable[Listed]) -> None:
    for each in findings:
        if each.first.status in (Status.PASS, Status.NOT_APPLICABLE):
            word = "pass" if each.first.status is Status.PASS else "n/a"
            page.row(word, f"{each.first.check}  {each.first.subject.name}")
            page.labelled("", each.first.observed or each.first.summary)
    alone = {each.first.check for each in findings if each.first.status is Status.PASS}
    for tally in tallies:
        if tally.passed and tally.id not in alone:  # users who pass have no finding of their own
            page.row("pass", f"{tally.id}  {counted(tally.passed, 'user')}")


def _gaps(page: Page, findings: Iterable[Listed], most: int) -> None:
    found = gaps(findings)
    if not found:
        return
    page.blank()
    page.heading("not looked at")
    for gap in found:
        right = "waived" if gap.waived else "may block" if gap.blocks else ""
        page.row(Status.UNKNOWN.value, gap.reason.value + (f": {gap.detail}" if gap.detail else ""), right)
        page.labelled("needs", gap.needs)
        page.labelled("checks", first_few(gap.what, most))
    if any(gap.reason is Reason.NO_ACCESS and not gap.waived for gap in found):
        page.labelled("how", _HOW_TO_GIVE_ACCESS)


def _predictions(page: Page, report: Report, most: int) -> None:
    everybodys, others = by_reach(report)
    rest = {
        status: [fault for fault in report.faults if fault.status is status]
        for status in (FaultStatus.NOT_RULED_OUT, FaultStatus.NOT_PREDICTABLE)
    }
    groups = (
        ("stop everybody:", everybodys),
        ("stop some:" if report.users.total else "predicted", others),
        ("not ruled out", rest[FaultStatus.NOT_RULED_OUT]),
        ("cannot be predicted", rest[FaultStatus.NOT_PREDICTABLE]),
    )
    said = [
        f"{word} {first_few((_with_count(fault, everybody=faults is everybodys) for fault in faults), most)}"
        for word, faults in groups
        if faults
    ]
    page.blank()
    page.labelled("faults", "\n".join(said) or "none predicted; those that apply are ruled out", indent=0)
    if len(everybodys) + len(others) > 1:
        page.labelled("", "their order is inferred, not documented", indent=0)
    page.labelled("users", users_sentence(report), indent=0)
    plan = steps(report.fixes)
    if plan:
        rows = [(f"{step.number}.", step.first.check, unblocks(step.users_unblocked, report)) for step in plan[:most]]
        first, *more = tabulate(rows, tablefmt="plain", disable_numparse=True).splitlines()
        page.row("fixes", first, indent=0)
        for line in more:
            page.line(" " * 9 + line)
        if len(plan) > most:
            page.labelled("", f"and {len(plan) - most} more, in fix.ps1", indent=0)
        if report.users.own.undetermined:
            left = report.users.own.undetermined
            page.labelled("", f"{left} stay undetermined until they can be looked at", indent=0)


def _with_count(fault: FaultEntry, *, everybody: bool) -> str:
    return f"{fault.id} ({fault.users_affected})" if fault.users_affected and not everybody else fault.id


def _verdict(page: Page, report: Report) -> None:
    page.blank()
    page.row(report.verdict.value, verdict_counts(report), indent=0)
    page.labelled("", verdict_sentence(report), indent=0)
    if report.interrupted:
        page.labelled("note", "interrupted: this report is partial", indent=0)
    for entry in report.waivers:
        if entry.state is not WaiverState.UNUSED:
            page.labelled(entry.state.value, waiver_sentence(entry), indent=0)
    if still := waived_blockers(report):
        page.labelled("mind", f"accepted, and still stops the move: {', '.join(still)}", indent=0)
    page.labelled("looked", coverage_sentence(report), indent=0)


def _files(page: Page, report: Report, folder: str, written: Sequence[str], verbose: bool) -> None:
    if folder:
        page.line(f"written  {folder}")
    page.labelled("", "  ".join(written), indent=0)
    page.labelled("valid", f"until {report.valid_until:%Y-%m-%d}, and only while nothing is changed", indent=0)
    for advice in report.advice:
        whom = f" ({counted(advice.users_affected, 'user')})" if advice.users_affected else ""
        page.labelled("mind", f"{advice.title}{whom}" + (f": {advice.text}" if verbose else ""), indent=0)
    for notice in report.notices:
        page.labelled("note", notice.text + (f" ({notice.where})" if notice.where else ""), indent=0)
