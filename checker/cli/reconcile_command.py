"""``csready reconcile``: a report's predictions against what ``Move-CsUser`` really said."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.boundary import reader_may_leave
from checker.cli.options import Colour, ColourOption, PageFormat, PageFormatOption
from checker.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from checker.model.report import Report
    from checker.reconciling.naming import Names
    from checker.reconciling.outcomes import OutcomeFile
    from checker.reconciling.predictions import Predicted

_LARGEST = 64 << 20  # bytes of an outcome: some 100,000 rows with their errors


def reconcile(
    report: Annotated[Path, typer.Argument(help="The folder, or report.json, of the last scan before the move.")],
    outcome: Annotated[
        list[Path],
        typer.Option("--outcome", metavar="FILE", help="The CSV of Move-CsUser -Report, or a log; may be repeated."),
    ],
    column: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="sip|text=NAME", help="Which column names the users, or holds the errors."),
    ] = None,
    moved: Annotated[
        list[str] | None,
        typer.Option("--moved", metavar="VALUE", help="What stands there for a move that worked: --moved Success."),
    ] = None,
    all_others_moved: Annotated[
        bool, typer.Option("--all-others-moved", help="Say that every user who is named in no error was moved.")
    ] = False,
    format: PageFormatOption = PageFormat.TERMINAL,
    json: Annotated[bool, typer.Option("--json", help="The same as JSON, with every user.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the counts, for scan --track-record FILE.")
    ] = None,
    color: ColourOption = Colour.AUTO,
) -> None:
    """Compare a report's predictions with what Move-CsUser said.

    \b
    csready reconcile wave1 --outcome moves.csv --moved Success
    csready reconcile wave1 --outcome transcript.txt --out record.json

    No document describes the columns of the CSV: they are told by what they hold, and the page says which were taken.
    Nor does one say what success looks like there: say it with --moved; unsaid, it is a row without any text. It stays
    on this machine; the file of --out holds counts and no names.
    """
    import sys

    import msgspec

    from checker.cli.delivering import page_settings
    from checker.cli.report_files import read_report, report_file
    from checker.cli.track_record_file import write_track_record
    from checker.reconciling.comparing import reconciled
    from checker.rendering.reconcile_markdown import reconciliation_markdown
    from checker.rendering.reconcile_page import render_reconciliation

    if json and format is PageFormat.MARKDOWN:
        raise UsageError("--json and --format md exclude each other", "Run it once for each.")
    columns = _columns(column or ())
    file = report_file(report)
    read = read_report(file)
    predicted = _predicted(read, file)
    names = _names(read, file, predicted)
    files = [_outcome(path, names, columns, moved or ()) for path in outcome]
    found = reconciled(read, predicted, files, others_moved=all_others_moved)
    if out:
        write_track_record(found.track_record, out)
    with reader_may_leave():
        if json:
            sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
        elif format is PageFormat.MARKDOWN:
            sys.stdout.buffer.write(reconciliation_markdown(found).encode("utf-8"))
        else:
            sys.stdout.write(render_reconciliation(found, **page_settings(color)))


def _columns(told: "Sequence[str]") -> "Mapping[str, Sequence[str]]":
    """By role. Raises ``UsageError`` for a role that there is not, or two columns of users."""
    from checker.reconciling.columns import SIP, TEXT

    columns: dict[str, list[str]] = {}
    for each in told:
        role, _, name = each.partition("=")
        if role not in (SIP, TEXT) or not name:
            raise UsageError(f"--column {each}: is not sip=NAME or text=NAME", "As in --column text=ErrorMessage.")
        columns.setdefault(role, []).append(name)
    if len(columns.get(SIP, ())) > 1:
        raise UsageError("--column sip= is given twice", "One column names the users.")
    return columns


def _predicted(report: "Report", file: Path) -> "tuple[Predicted, ...]":
    """From users.csv beside the report; where it is missing, the first 100 users that the report itself holds.

    Raises ``UsageError`` for a report that names nobody, and a users.csv that is none of this report.
    """
    import csv

    from checker.reconciling.predictions import predictions

    if report.redaction:
        raise UsageError(
            f"{file}: is redacted, so its users have pseudonyms that no outcome names",
            "Judge its private snapshot again, csready assess FOLDER/private/snapshot.json, and name that report.",
        )
    if not report.users.total:
        raise UsageError(f"{file}: assessed no user", "Scan with --users before the move, and name that report.")
    beside = file.with_name(report.users.file)
    try:
        with beside.open(encoding="utf-8-sig", newline="") as rows:
            found = predictions(report, csv.DictReader(rows))
    except FileNotFoundError:
        return predictions(report, None)
    except OSError as exc:
        raise UsageError(f"{beside}: {exc.strerror or exc}", "Name the folder of a scan.") from exc
    except (KeyError, ValueError, AttributeError, csv.Error) as exc:
        raise UsageError(f"{beside}: is no users.csv of csready", "Name the folder of a scan.") from exc
    if len(found) != report.users.total:
        raise UsageError(
            f"{beside}: has {len(found)} users and the report {report.users.total}, so it is of another run",
            "Name the folder of the scan as it was written.",
        )
    return found


def _names(report: "Report", file: Path, predicted: "Sequence[Predicted]") -> "Names":
    """A log may name users in other ways than by SIP address; the snapshot beside the report knows them."""
    from checker.cli.report_files import snapshot_beside
    from checker.reconciling.naming import names_of

    return names_of((each.user for each in predicted), snapshot_beside(file, report))


def _outcome(
    path: Path, names: "Names", columns: "Mapping[str, Sequence[str]]", moved: "Sequence[str]"
) -> "OutcomeFile":
    """Raises ``UsageError`` for what cannot be read, and a table whose columns cannot be told."""
    from checker.cli.text_files import read_text
    from checker.explaining.normalising import LONGEST
    from checker.reconciling.reading_logs import said_by_log
    from checker.reconciling.reading_tables import said_by_table
    from checker.reconciling.tables import table_of

    wanted = "the CSV of Move-CsUser -Report, or a log of the move"
    text = read_text(path, _LARGEST, wanted=wanted, too_large="Cut it in parts, and name each with --outcome.")
    table = table_of(text, path.name)
    if table:
        return said_by_table(table, path.name, names, columns=columns, moved=moved)
    if columns:
        raise UsageError(
            f"{path.name}: is a log, or a CSV of one column: --column cannot be met", "Leave --column out."
        )
    if len(text) > LONGEST:
        raise UsageError(
            f"{path.name}: is a log of more than {LONGEST >> 20} MB", "Cut it in parts, and name each with --outcome."
        )
    return said_by_log(text, path.name, names)
