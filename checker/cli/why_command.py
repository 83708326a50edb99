"""``csready why``: one user of a report, with every reason and the advised command."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.boundary import reader_may_leave
from checker.cli.options import Colour, ColourOption
from checker.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.model.facts import Snapshot
    from checker.model.report import Report
    from checker.why import Why

_SNAPSHOTS = ("snapshot.json", "snapshot.json.gz")


def why(
    user: Annotated[str, typer.Argument(help="SIP address, UPN, account name or distinguished name.")],
    report: Annotated[Path, typer.Argument(help="A scan's folder, or its report.json.")],
    json: Annotated[bool, typer.Option("--json", help="The same as JSON.")] = False,
    color: ColourOption = Colour.AUTO,
) -> None:
    """Say of one user whether the move works, every reason why not, what would be left behind, and the command.

    The reasons come from the snapshot beside the report, judged again; without it from report.json and users.csv, which
    name a user by SIP address only.
    """
    import sys

    import msgspec

    from checker.cli.delivering import page_settings
    from checker.rendering.user_page import render_user
    from checker.why import NoSuchUser

    file = report / "report.json" if report.is_dir() else report
    read = read_report(file)
    snapshot = _snapshot_beside(file, read)
    try:
        found = _judged(read, snapshot, user) if snapshot else _reported(read, file.with_name(read.users.file), user)
    except NoSuchUser as exc:
        raise _nobody(user, file, exc.known, named_by_sip_only=snapshot is None) from exc
    if snapshot is None:
        print(f"csready: no snapshot of this report beside {file.name}: {_how_much(found)}", file=sys.stderr)
    with reader_may_leave():
        if json:
            print(msgspec.json.format(msgspec.json.encode(found), indent=2).decode("utf-8"))
        else:
            sys.stdout.write(render_user(found, read, **page_settings(color)))


def _judged(report: "Report", snapshot: "Snapshot", user: str) -> "Why":
    from checker.assess import Investigation, ask_snapshot, investigate
    from checker.checks import all_checks
    from checker.predict import predict
    from checker.why import why_judged

    checks = all_checks()
    investigation = Investigation(snapshot.target, checks, facts=snapshot.facts, selection=snapshot.selection)
    assessment = investigate(investigation, ask_snapshot(snapshot))
    return why_judged(report, snapshot, assessment, predict(snapshot.target, checks, assessment), user)


def _reported(report: "Report", users_file: Path, user: str) -> "Why":
    import csv

    from checker.why import why_reported

    try:
        with users_file.open(encoding="utf-8-sig", newline="") as file:
            return why_reported(report, csv.DictReader(file), user)
    except OSError as exc:
        hint = "Beside report.json stand the snapshot and users.csv that its scan wrote; one of them is needed."
        raise UsageError(f"{users_file}: {exc.strerror or exc}", hint) from exc
    except (KeyError, ValueError) as exc:
        raise UsageError(f"{users_file}: is no users.csv of csready", "Name the folder of a scan.") from exc


def _snapshot_beside(report_file: Path, report: "Report") -> "Snapshot | None":
    """The snapshot that the report was made of; ``None`` where there is none, or it is that of another run."""
    from checker.cli.assess_command import read_snapshot

    for name in _SNAPSHOTS:
        path = report_file.with_name(name)
        if path.is_file():
            snapshot = read_snapshot(path)
            same = (snapshot.as_of, snapshot.tool_version) == (report.as_of, report.tool.version)
            return snapshot if same else None
    return None


def read_report(path: Path) -> "Report":
    """Raises ``UsageError`` for a file that is missing, of a newer version, or no report at all."""
    import msgspec

    from checker.model.report import SCHEMA_VERSION, decode_report

    try:
        report = decode_report(path.read_bytes())
    except OSError as exc:
        raise UsageError(f"{path}: {exc.strerror or exc}", "Name the folder of a scan, or its report.json.") from exc
    except msgspec.DecodeError as exc:
        hint = "Name the report.json of a scan by this version."
        raise UsageError(f"{path}: cannot be read as a report: {exc}", hint) from exc
    if report.schema_version.partition(".")[0] != SCHEMA_VERSION.partition(".")[0]:
        raise UsageError(
            f"{path}: schema version {report.schema_version}, this csready reads {SCHEMA_VERSION}",
            "Use the csready that wrote it, or a newer one.",
        )
    return report


def _nobody(user: str, file: Path, known: "Sequence[str]", *, named_by_sip_only: bool) -> UsageError:
    import difflib

    close = difflib.get_close_matches(user.lower().removeprefix("sip:"), known, n=3)
    if close:
        hint = f"Did you mean {' or '.join(close)}?"
    elif not known:
        hint = "No user was assessed in that run."
    else:
        hint = "users.csv beside the report lists everybody."
    if named_by_sip_only:
        hint += " Without the snapshot beside the report a user is known by SIP address only."
    return UsageError(f"{user}: is not in the batch of {file}", hint)


def _how_much(found: "Why") -> str:
    return (
        "all its reasons are in the report"
        if found.whole
        else "some reasons are known in short only, or not all the advice"
    )
