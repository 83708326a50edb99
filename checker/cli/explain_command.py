"""``csready explain``: from a code, a pasted error or a log to cause, check and fix."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.boundary import reader_may_leave
from checker.cli.exits import Exit
from checker.cli.options import Colour, ColourOption
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.model.report import Report

_LARGEST = 8 << 20  # bytes of a file: the log of some 10,000 moves


def explain(
    text: Annotated[
        list[str] | None,
        typer.Argument(metavar="CODE-OR-TEXT", help="510, hms-510, or an error as it was printed."),
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
    """Say what an error of Move-CsUser means: cause, check, fix, source. Exit 5 when no source documents it.

    One answer for each distinct error, with the users it names. With a report: whether this deployment has the cause.
    """
    import sys

    import msgspec

    from checker.checks import all_checks
    from checker.cli.delivering import page_settings
    from checker.explaining.answering import explained
    from checker.rendering.explanation import render_explanation

    if text and file:
        raise UsageError("CODE-OR-TEXT and -f exclude each other", "Give the error, or a file that holds it.")
    if not text and file is None:
        raise UsageError("Missing argument 'CODE', or an error as it was printed", "Or name a file with -f.")
    pasted = _content(file) if file else " ".join(text or ())
    known = _report(report) if report else None
    answer = explained(pasted, all_checks(), known)
    with reader_may_leave():
        if json:
            sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(answer), indent=2) + b"\n")
        else:
            sys.stdout.write(render_explanation(answer, all_checks(), known, **page_settings(color)))
    return Exit.READY if answer.recognised else Exit.INDETERMINATE


def _report(path: Path) -> "Report":
    from checker.cli.why_command import read_report

    return read_report(path / "report.json" if path.is_dir() else path)


def _content(path: Path) -> str:
    """UTF-8 with or without BOM, UTF-16 with BOM, else Windows-1252: a number is read in any of them.

    Raises ``UsageError`` for a file that is missing, too large, empty, or no text.
    """
    import sys

    name = "stdin" if str(path) == "-" else str(path)
    try:
        if name == "stdin":
            raw = sys.stdin.buffer.read(_LARGEST + 1)
        else:
            with path.open("rb") as file:
                raw = file.read(_LARGEST + 1)
    except OSError as exc:
        raise UsageError(f"{name}: {exc.strerror or exc}", "Name a text file that holds the error.") from exc
    if len(raw) > _LARGEST:
        raise UsageError(f"{name}: is larger than {_LARGEST >> 20} MB", "Give the part of it that holds the errors.")
    text = _decoded(raw)
    if "\0" in text:
        raise UsageError(f"{name}: is no text in UTF-8, or in UTF-16 with a byte order mark", "Save it as UTF-8.")
    if not text.strip():
        raise UsageError(f"{name}: is empty", "Give a file that holds the error.")
    return text


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
