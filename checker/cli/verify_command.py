"""``csready verify``: whether a report still counts, and whether it is what was written."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.boundary import reader_may_leave
from checker.cli.exits import Exit
from checker.cli.options import Colour, ColourOption
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.tickets.receipt import Receipt
    from checker.verifying import ComparedFile, Delivered


def verify(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help="A scan's folder, or its report.json alone.")],
    json: Annotated[bool, typer.Option("--json", help="The same as JSON.")] = False,
    color: ColourOption = Colour.AUTO,
) -> Exit:
    """Say whether a report still counts and is what was written.

    \b
    csready verify reports/contoso-20261122T190300Z
    csready verify report.json --json

    Exit 0 fresh, 5 stale, 3 altered. In a folder the files that were drawn from the report are drawn again and
    compared. Whether it was altered cannot be told of a report of csready before 0.4, which has no seal: exit 5.
    """
    import sys
    from datetime import UTC, datetime

    import msgspec

    from checker.cli.delivering import page_settings
    from checker.cli.redrawing import compared_files
    from checker.cli.report_files import read_report, report_file
    from checker.rendering.verify_page import render_verified
    from checker.verifying import State, verified

    file = report_file(report)
    read = read_report(file)
    raw = file.read_bytes()
    found = verified(
        raw,
        read,
        datetime.now(UTC),
        name=file.name,
        files=tuple(_worst_first(compared_files(report, read))) if report.is_dir() else (),
        delivered=_delivered(_receipts(file), raw),
    )
    with reader_may_leave():
        if json:
            sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
        else:
            sys.stdout.write(render_verified(found, read, **page_settings(color)))
    return {State.FRESH: Exit.READY, State.ALTERED: Exit.NOT_READY}.get(found.state, Exit.INDETERMINATE)


def _worst_first(files: Iterable["ComparedFile"]) -> "list[ComparedFile]":
    from checker.verifying import Compared

    return sorted(files, key=lambda file: (file.state is not Compared.ALTERED, file.name))


def _delivered(receipts: Iterable["Receipt"], raw: bytes) -> "tuple[Delivered, ...]":
    import hashlib

    from checker.verifying import Delivered

    now = hashlib.sha256(raw).hexdigest()
    return tuple(
        Delivered(
            system=each.system, ticket=each.ticket, at=each.at, sha256=each.report, is_this_one=each.report == now
        )
        for each in receipts
    )


def _receipts(file: Path) -> "tuple[Receipt, ...]":
    """Of the deliveries that ``csready attach`` noted beside the report."""
    import msgspec

    from checker.tickets.receipt import RECEIPT, Receipts

    path = file.with_name(RECEIPT)
    try:
        return msgspec.json.decode(path.read_bytes(), type=Receipts).deliveries
    except FileNotFoundError:
        return ()
    except (OSError, msgspec.DecodeError) as exc:
        raise UsageError(f"{path}: cannot be read as a receipt: {exc}", "Remove it to verify without it.") from exc
