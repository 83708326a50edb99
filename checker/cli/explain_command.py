"""``csready explain``: from a code, a pasted error or a log to cause, check and fix."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.boundary import reader_may_leave
from checker.cli.completing import fault_ids
from checker.cli.exits import Exit
from checker.cli.options import Colour, ColourOption
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.model.report import Report

_LARGEST = 8 << 20  # bytes of a file: the log of some 10,000 moves


def explain(
    text: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CODE-OR-TEXT", help="510, hms-510, or an error as it was printed.", autocompletion=fault_ids
        ),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("-f", "--file", metavar="FILE", help="A log with errors in it; - for stdin.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="The report.json, or folder, of a scan.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="The same as JSON.")] = False,
    color: ColourOption = Colour.AUTO,
) -> int:
    """Say what an error of Move-CsUser means, and how to fix it.

    \b
    csready explain 510
    csready explain "HostedMigration fault: Error=(507)"
    csready explain -f move.log --report reports/contoso-20261122T190300Z

    One answer for each distinct error, with its cause, check, fix and source, and the users it names. With a report:
    whether this deployment has the cause. Exit 5 when no source documents it.
    """
    import sys

    import msgspec

    from checker.checks import all_checks
    from checker.cli.delivering import page_settings
    from checker.cli.text_files import read_text
    from checker.explaining.answering import explained
    from checker.rendering.explanation import render_explanation

    if text and file:
        raise UsageError("CODE-OR-TEXT and -f exclude each other", "Give the error, or a file that holds it.")
    if not text and file is None:
        raise UsageError("Missing argument 'CODE', or an error as it was printed", "Or name a file with -f.")
    if file:
        hint = "Give the part of it that holds the errors."
        pasted = read_text(file, _LARGEST, wanted="a text file that holds the error", too_large=hint)
    else:
        pasted = " ".join(text or ())
    known = _report(report) if report else None
    answer = explained(pasted, all_checks(), known)
    with reader_may_leave():
        if json:
            sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(answer), indent=2) + b"\n")
        else:
            sys.stdout.write(render_explanation(answer, all_checks(), known, **page_settings(color)))
    return Exit.READY if answer.recognised else Exit.INDETERMINATE


def _report(path: Path) -> "Report":
    from checker.cli.report_files import read_report

    return read_report(path)
