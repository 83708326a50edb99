"""Options that several commands share, and their checks."""

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.completing import check_ids, formats, scenarios
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.cli.delivering import Wishes
    from checker.model.report import TrackRecord, Waiver

DEFAULT_FORMATS = "terminal,md,html"


class FailOn(Enum):
    FAIL = "fail"
    WARN = "warn"


class Colour(Enum):
    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class PageFormat(Enum):
    TERMINAL = "terminal"
    MARKDOWN = "md"


class Redaction(Enum):
    PII = "pii"


Domains = Annotated[
    list[str] | None,
    typer.Argument(metavar="SIP_DOMAIN", help="SIP domains; with --lab the scenario's name.", autocompletion=scenarios),
]
Config = Annotated[
    Path | None, typer.Option("-c", "--config", envvar="CSREADY_CONFIG", help="The configuration, csready.toml.")
]
LabFlag = Annotated[bool, typer.Option("--lab", help="Look at a deployment of the lab, started on loopback.")]
Only = Annotated[
    list[str] | None,
    typer.Option("--only", metavar="GLOB", help="Look at these checks only: 'dns.*'.", autocompletion=check_ids),
]
Skip = Annotated[
    list[str] | None, typer.Option("--skip", metavar="GLOB", help="Leave these checks out.", autocompletion=check_ids)
]
ColourOption = Annotated[Colour, typer.Option("--color", help="Colour on the terminal.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="List what passed, too.")]
FailOnOption = Annotated[FailOn, typer.Option("--fail-on", help="warn: exit 4 when there are only warnings.")]
WaveSize = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="Cut the move lists into waves of at most N users, all of one pool."),
]
Formats = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="LIST",
        help="Of terminal,html,md,jira,junit; JSON and CSV are always written.",
        autocompletion=formats,
    ),
]
Waivers = Annotated[
    Path | None, typer.Option("--waivers", metavar="FILE", help="Accepted risks, as csready waive writes them.")
]
TrackRecordOption = Annotated[
    Path | None, typer.Option("--track-record", metavar="FILE", help="How the last report fared, of reconcile --out.")
]
PageFormatOption = Annotated[PageFormat, typer.Option("--format", help="On a terminal, or for a ticket.")]
Redact = Annotated[Redaction | None, typer.Option("--redact", help="pii: pseudonyms in all that is to be shared.")]


def wishes(fail_on: FailOn, waivers: Path | None, track_record: Path | None, redact: "Redaction | None") -> "Wishes":
    """What these options say. Raises ``UsageError`` for a broken file, before anything is probed."""
    from checker.cli.delivering import Wishes

    return Wishes(
        fail_on_warnings=fail_on is FailOn.WARN,
        waivers=_waivers(waivers) if waivers else (),
        track_record=_track_record(track_record) if track_record else None,
        redaction_key=_redaction_key() if redact else None,
    )


def _waivers(path: Path) -> "tuple[Waiver, ...]":
    from checker.waiver_file import read_waivers

    return read_waivers(path)


def _track_record(path: Path) -> "TrackRecord":
    from checker.cli.track_record_file import read_track_record

    return read_track_record(path)


def _redaction_key() -> bytes:
    import os

    from checker.pseudonym_key import pseudonym_key

    return pseudonym_key(os.environ)


def known_globs(globs: list[str] | None, option: str) -> tuple[str, ...]:
    """The globs. Raises ``UsageError`` for one that names no check at all."""
    import difflib
    from fnmatch import fnmatchcase

    from checker.checks import all_checks

    ids = [check.id for check in all_checks()]
    for glob in globs or ():
        if not any(fnmatchcase(id_, glob) for id_ in ids):
            close = difflib.get_close_matches(glob, ids, n=1)
            hint = f"Did you mean {close[0]}?" if close else "See csready checks."
            raise UsageError(f"{option} {glob}: no check has such an id", hint)
    return tuple(globs or ())
