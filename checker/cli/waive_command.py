"""``csready waive``: accepted risks, with an owner and a day on which they end."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.boundary import reader_may_leave
from checker.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checker.model.report import FindingEntry, Report, Waiver, WaiverEntry

app = typer.Typer(help="Accept a risk until a day, and see what is accepted.", no_args_is_help=True)
_FILE = Path("waivers.toml")
_SOON_DAYS = 14

FileOption = Annotated[Path, typer.Option("--file", metavar="FILE", help="The waiver file.")]
ReportOption = Annotated[
    Path | None, typer.Option("--report", metavar="REPORT", help="A scan's folder: what each waiver accepts there.")
]


@app.command("add")
def add(
    report: Annotated[Path, typer.Argument(help="A scan's folder, or its report.json.")],
    finding: Annotated[str, typer.Argument(help="The finding's id, check@subject; or a check, for all its subjects.")],
    reason: Annotated[str, typer.Option(help="Why the risk is accepted.")],
    owner: Annotated[str, typer.Option(help="Who answers for it.")],
    ticket: Annotated[str, typer.Option(help="Where that was decided.")],
    expires: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="The last day on which it counts, in UTC.")],
    file: FileOption = _FILE,
    any_value: Annotated[
        bool, typer.Option("--any-value", help="Accept whatever is judged later, not only the value of this report.")
    ] = False,
) -> None:
    """Append a waiver for a finding of a report.

    \b
    csready waive add wave1 edge.partner-discovery-parity@contoso --owner "J. Doe"
        --ticket CHG-881 --reason "partners move in December" --expires 2026-12-31

    The rest of the file stays as it is. The waiver lapses after its day, or when another value is judged than that of
    this report.
    """
    from datetime import UTC

    from checker.model.report import Waiver
    from checker.rendering.words import counted
    from checker.waiver_file import append_waiver

    last = _day(expires)
    today = datetime.now(UTC).date()
    if last < today:
        raise UsageError(f"--expires {expires}: is over", "Give a day to come.")
    check, subject, fingerprint = _found(_plain_report(report), finding.lower())
    waiver = Waiver(
        check=check,
        subject=subject,
        reason=reason,
        owner=owner,
        ticket=ticket,
        expires=last,
        fingerprint=None if any_value else fingerprint,
    )
    append_waiver(file, waiver)
    whom = "every subject" if subject == "*" else subject
    bound = "for the value of this report" if waiver.fingerprint else "whatever value is judged"
    with reader_may_leave():
        print(f"{file}: {check} on {whom} is accepted until {last} ({counted((last - today).days, 'day')}), {bound}.")


@app.command("list")
def list_waivers(
    file: FileOption = _FILE,
    report: ReportOption = None,
    json: Annotated[bool, typer.Option("--json", help="The same as JSON.")] = False,
) -> None:
    """Show the waivers of a file, and which of them still count.

    \b
    csready waive list
    csready waive list --file waivers.toml --report wave1
    """
    from datetime import UTC

    import msgspec
    from tabulate import tabulate

    from checker.rendering.hostile_text import plain
    from checker.waiver_file import read_waivers
    from checker.waiving import ended

    waivers = read_waivers(file)
    if report:
        read = _plain_report(report)
        entries = _judged(waivers, read, read.as_of)
        said = [msgspec.to_builtins(each) for each in entries]
        rows = [(each.state.value, *_columns(each.waiver), _accepts(each)) for each in entries]
    else:
        over = [ended(each, datetime.now(UTC)) for each in waivers]
        states = ["lapsed" if each else "valid" for each in over]
        said = [
            {"waiver": msgspec.to_builtins(each), "state": state, "lapsed_because": why}
            for each, state, why in zip(waivers, states, over, strict=True)
        ]
        rows = [(state, *_columns(each)) for each, state in zip(waivers, states, strict=True)]
    with reader_may_leave():
        if json:
            print(msgspec.json.format(msgspec.json.encode(said), indent=2).decode("utf-8"))
        elif rows:
            headers = ("state", "check", "subject", "until", "by", "accepts")[: len(rows[0])]
            print(tabulate([tuple(map(plain, row)) for row in rows], headers, disable_numparse=True))
        else:
            print(f"{file}: holds no waiver")


@app.command("lint")
def lint(file: FileOption = _FILE, report: ReportOption = None) -> None:
    """Say what is wrong with a waiver file, or soon will be.

    \b
    csready waive lint
    csready waive lint --file waivers.toml --report wave1

    Names those that have lapsed, end within 14 days, or are bound to no value; with a report also those that accept
    nothing there. Exit 2 when the file cannot be used.
    """
    from datetime import UTC

    from checker.rendering.hostile_text import plain
    from checker.rendering.words import counted
    from checker.waiver_file import read_waivers
    from checker.waiving import Waiving

    now = datetime.now(UTC)
    waivers = read_waivers(file)
    entries = _judged(waivers, _plain_report(report), now) if report else Waiving(waivers, now, ()).entries
    notes = [
        f"waiver {number}, {entry.waiver.check} on {entry.waiver.subject}: {note}"
        for number, entry in enumerate(entries, start=1)
        for note in _notes(entry, now, judged=report is not None)
    ]
    with reader_may_leave():
        for note in notes or [f"{counted(len(waivers), 'waiver')}, and nothing to mind"]:
            print(f"{file}: {plain(note)}")


def _notes(entry: "WaiverEntry", now: datetime, *, judged: bool) -> "Iterator[str]":
    from checker.model.report import WaiverState
    from checker.rendering.words import counted
    from checker.waiving import ended

    left = (entry.waiver.expires - now.date()).days
    if why := ended(entry.waiver, now) or entry.lapsed_because:
        yield f"has lapsed: {why}"
    elif left <= _SOON_DAYS:
        yield f"ends on {entry.waiver.expires}, " + (f"in {counted(left, 'day')}" if left else "today")
    if entry.waiver.fingerprint is None:
        yield "has no fingerprint, so it accepts whatever is judged later"
    if judged and entry.state is WaiverState.UNUSED:
        yield "accepts nothing in this report"


def _judged(waivers: "Sequence[Waiver]", report: "Report", as_of: datetime) -> "Sequence[WaiverEntry]":
    """Of a report that was made with these waivers what stands there; else its findings are judged again, and stderr
    says of which checks it does not list them all.
    """
    import sys
    from collections import Counter

    from checker.waiving import Waiving, candidates_listed

    if as_of == report.as_of and tuple(waivers) == tuple(entry.waiver for entry in report.waivers):
        return report.waivers
    candidates = tuple(candidates_listed(report.findings))
    listed = Counter(each.check for each in candidates)
    named = {waiver.check for waiver in waivers}
    for check in report.checks:
        every = check.fail + check.warn + check.unknown
        if check.id in named and listed[check.id] < every:
            print(f"csready: {check.id}: only the {listed[check.id]} of {every} findings listed count", file=sys.stderr)
    return Waiving(waivers, as_of, candidates).entries


def _columns(waiver: "Waiver") -> tuple[str, ...]:
    return waiver.check, waiver.subject, str(waiver.expires), f"{waiver.owner}, {waiver.ticket}"


def _accepts(entry: "WaiverEntry") -> str:
    accepted = entry.accepted
    counts = (("fail", accepted.fail), ("warn", accepted.warn), ("unknown", accepted.unknown))
    said = ", ".join(f"{number} {word}" for word, number in counts if number) or "nothing"
    return f"{said}: {entry.lapsed_because}" if entry.lapsed_because else said


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as exc:
        raise UsageError(f"--expires {text}: is no date", "Write it as 2026-12-31.") from exc


def _plain_report(path: Path) -> "Report":
    from checker.cli.report_files import read_report

    report = read_report(path)
    if report.redaction:
        hint = "Name the report of csready assess on its private snapshot."
        raise UsageError(f"{path}: is redacted, and no waiver speaks of its pseudonyms", hint)
    return report


def _found(report: "Report", wanted: str) -> "tuple[str, str, str | None]":
    """Check, subject and fingerprint of what the operator named, in lower case; of several findings no fingerprint."""
    from checker.waiving import ACCEPTABLE

    acceptable = [each for each in report.findings if each.status in ACCEPTABLE]
    if one := next((each for each in acceptable if each.id == wanted), None):
        return one.check, one.subject.name, one.fingerprint
    if mine := [each for each in acceptable if each.check == wanted]:
        return wanted, "*", mine[0].fingerprint if len(mine) == 1 else None
    if wanted in {count.id for count in report.checks} | {each.id for each in report.findings}:
        raise UsageError(f"{wanted}: passes or does not apply in this report", "There is nothing to accept.")
    raise UsageError(f"{wanted}: is no finding of this report", _hint(wanted, report, acceptable))


def _hint(wanted: str, report: "Report", acceptable: "Sequence[FindingEntry]") -> str:
    import difflib

    check = wanted.partition("@")[0]
    listed = sum(each.check == check for each in acceptable)
    every = next((each.fail + each.warn + each.unknown for each in report.checks if each.id == check), 0)
    if listed < every:
        return f"It lists {listed} of {every} of that check; {check} stands for all of them."
    known = dict.fromkeys(name for each in acceptable for name in (each.id, each.check))
    close = difflib.get_close_matches(wanted, known, n=1)
    return f"Did you mean {close[0]}?" if close else "findings.csv lists the ids of all findings."
