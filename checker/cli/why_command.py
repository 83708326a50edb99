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


def why(
    user: Annotated[str, typer.Argument(metavar="USER", help="SIP address, UPN, account name or distinguished name.")],
    report: Annotated[Path, typer.Argument(metavar="REPORT", help="A scan's folder, or its report.json.")],
    json: Annotated[bool, typer.Option("--json", help="The same as JSON.")] = False,
    color: ColourOption = Colour.AUTO,
) -> None:
    """Say of one user whether the move works, and if not, why.

    \b
    csready why anna@contoso.com reports/contoso-20261122T190300Z
    csready why anna.berg report.json --json

    With every reason, what would be left behind, and the command that is advised. The reasons come from the snapshot
    beside the report, judged again; without it from report.json and users.csv, which name a user by SIP address only.
    """
    import sys

    import msgspec

    from checker.cli.delivering import page_settings
    from checker.cli.report_files import read_report, report_file, snapshot_beside
    from checker.rendering.user_page import render_user
    from checker.why import NoSuchUser

    file = report_file(report)
    read = read_report(file)
    snapshot = snapshot_beside(file, read)
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
    from checker.rejudging import judged_again
    from checker.why import why_judged

    again = judged_again(snapshot)
    return why_judged(report, snapshot, again.assessment, again.prediction, user)


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
