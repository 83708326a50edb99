"""``csready diff``: what changed between two reports."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.boundary import reader_may_leave
from checker.cli.exits import Exit
from checker.cli.options import Colour, ColourOption, PageFormat, PageFormatOption, Verbose
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.model.report import Report


def diff(
    old: Annotated[Path, typer.Argument(help="The earlier scan's folder, or its report.json.")],
    new: Annotated[Path, typer.Argument(help="The later one's.")],
    format: PageFormatOption = PageFormat.TERMINAL,
    json: Annotated[bool, typer.Option("--json", help="The same as JSON, with every finding.")] = False,
    color: ColourOption = Colour.AUTO,
    verbose: Verbose = False,
) -> Exit:
    """Say what changed between two reports.

    \b
    csready diff wave1 wave1b
    csready diff before/report.json after/report.json --format md

    What could not be looked at in one of the two is not comparable, never fixed and never the same. Exit 3 when
    something regressed, or a failure is accepted no longer.
    """
    import sys
    from datetime import UTC, datetime

    import msgspec

    from checker.cli.delivering import page_settings
    from checker.cli.report_files import read_report
    from checker.comparing.comparing import compared
    from checker.rendering.diff_page import diff_markdown, render_diff
    from checker.rendering.terminal_page import Page

    if json and format is PageFormat.MARKDOWN:
        raise UsageError("--json and --format md exclude each other", "Run it once for each.")
    before, after = read_report(old), read_report(new)
    found = compared(
        before,
        after,
        now=datetime.now(UTC),
        old_users=_everybody(before, old),
        new_users=_everybody(after, new),
    )
    with reader_may_leave():
        if json:
            sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
        elif format is PageFormat.MARKDOWN:
            sys.stdout.buffer.write(diff_markdown(found).encode("utf-8"))
        else:
            page = Page(**page_settings(color))
            render_diff(page, found, verbose=verbose)
            sys.stdout.write(str(page))
    return Exit.NOT_READY if found.regressed else Exit.READY


def _everybody(report: "Report", path: Path) -> "frozenset[str] | None":
    """Of a batch that is larger than what the report lists: from users.csv beside it; ``None`` where that is missing.

    Raises ``UsageError`` for a users.csv of another run.
    """
    import csv

    from checker.cli.report_files import report_file
    from checker.rendering.hostile_text import guarded

    def unguarded(cell: str) -> str:
        return cell[1:] if cell[:1] == "'" and guarded(cell[1:]) == cell else cell

    if report.users.total <= len(report.users.outcomes):
        return None
    beside = report_file(path).with_name(report.users.file)
    try:
        with beside.open(encoding="utf-8-sig", newline="") as file:
            users = [unguarded(row["sip_address"]) for row in csv.DictReader(file)]
    except FileNotFoundError:
        return None
    except (OSError, KeyError, ValueError, csv.Error) as exc:
        raise UsageError(f"{beside}: is no users.csv of csready", "Name the folder of a scan.") from exc
    if len(users) != report.users.total:
        raise UsageError(f"{beside}: is of another run", "Name the folder of the scan as it was written.")
    return frozenset(users)
