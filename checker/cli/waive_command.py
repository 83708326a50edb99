"""``csready waive``: accepted risks, with an owner and a day on which they end."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.boundary import reader_may_leave
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.model.report import FindingEntry, Report, WaiverEntry

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
    from datetime import UTC, datetime

    from checker.cli.report_files import read_report
    from checker.model.report import Waiver
    from checker.waiver_file import append_waiver

    last = _day(expires)
    today = datetime.now(UTC).date()
    if last < today:
        raise UsageError(f"--expires {expires}: is over", "Give a day to come.")
    check, subject, fingerprint = _found(read_report(report), finding)
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
    bound = "for the value of this report" if waiver.fingerprint else "whatever value is judged"
    print(f"{file}: {check} on {subject} is accepted until {last} ({(last - today).days} days), {bound}.")


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
    import sys

    import msgspec
    from tabulate import tabulate

    from checker.rendering.hostile_text import plain

    entries = _entries(file, report)
    with reader_may_leave():
        if json:
            sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(entries), indent=2) + b"\\n")
            return
        rows = [
            (
                each.state.value if report or each.lapsed_because else "counts",
                plain(each.waiver.check),
                plain(each.waiver.subject),
                each.waiver.expires,
                plain(f"{each.waiver.owner}, {each.waiver.ticket}"),
                plain(each.lapsed_because),
            )
            for each in entries
        ]
        headers = ("state", "check", "subject", "until", "by", "because")
        print(tabulate(rows, headers, disable_numparse=True) if rows else f"{file}: holds no waiver")


@app.command("lint")
def lint(file: FileOption = _FILE, report: ReportOption = None) -> None:
    """Say what is wrong with a waiver file, or soon will be.

    \b
    csready waive lint
    csready waive lint --file waivers.toml --report wave1

    Exit 2 when the file cannot be used.
    """
    entries = _entries(file, report)
    notes = [
        note for number, entry in enumerate(entries, 1) for note in _notes(number, entry, judged=report is not None)
    ]
    for note in notes:
        print(f"{file}: {note}")
    if not notes:
        print(f"{file}: {len(entries)} waivers, and nothing to say of them")


def _entries(file: Path, report: Path | None) -> "list[WaiverEntry]":
    """As of the report where one is given: judged again from its findings; else as of now."""
    from datetime import UTC, datetime

    from checker.cli.report_files import read_report
    from checker.waiver_file import read_waivers
    from checker.waiving import Waiving, candidates_listed

    waivers = read_waivers(file)
    read = read_report(report) if report else None
    as_of = read.as_of if read else datetime.now(UTC)
    return list(Waiving(waivers, as_of, candidates_listed(read.findings if read else ())).entries)


def _notes(number: int, entry: "WaiverEntry", *, judged: bool) -> "list[str]":
    from datetime import UTC, datetime

    waiver = entry.waiver
    what = f"waiver {number}, {waiver.check} on {waiver.subject}"
    left = (waiver.expires - datetime.now(UTC).date()).days
    notes = []
    if entry.lapsed_because:
        notes.append(f"{what}: has lapsed: {entry.lapsed_because}")
    elif left <= _SOON_DAYS:
        notes.append(f"{what}: ends on {waiver.expires}, in {left} days")
    if waiver.fingerprint is None:
        notes.append(f"{what}: has no fingerprint, so it accepts whatever is judged later")
    if judged and not entry.findings:
        notes.append(f"{what}: accepts nothing in this report")
    return notes


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as exc:
        raise UsageError(f"--expires {text}: is no date", "Write it as 2026-12-31.") from exc


def _found(report: "Report", wanted: str) -> "tuple[str, str, str | None]":
    """Check, subject and fingerprint of what the operator named."""
    import difflib

    from checker.model.verdicts import Status

    acceptable = [each for each in report.findings if each.status in (Status.FAIL, Status.WARN, Status.UNKNOWN)]
    mine = [each for each in acceptable if wanted.lower() in (each.id, each.check)]
    if not mine:
        if any(wanted.lower() in (each.id, each.check) for each in report.findings):
            raise UsageError(f"{wanted}: passes or does not apply in this report", "There is nothing to accept.")
        close = difflib.get_close_matches(wanted.lower(), [each.id for each in acceptable], n=1)
        hint = f"Did you mean {close[0]}?" if close else "findings.csv lists the ids of all findings."
        raise UsageError(f"{wanted}: is no finding of this report", hint)
    if wanted.lower() == mine[0].check:
        return mine[0].check, "*", mine[0].fingerprint if len(mine) == 1 else None
    return mine[0].check, _literal(mine[0]), mine[0].fingerprint


def _literal(finding: "FindingEntry") -> str:
    """The subject as a glob that means itself."""
    import glob

    return glob.escape(finding.subject.name)
