"""Options that several commands share, and their checks."""

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from checker.errors import UsageError


class FailOn(Enum):
    FAIL = "fail"
    WARN = "warn"


class Colour(Enum):
    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


Domains = Annotated[
    list[str] | None, typer.Argument(metavar="[SIP_DOMAIN]...", help="SIP domains; with --lab the scenario's name.")
]
Config = Annotated[
    Path | None, typer.Option("-c", "--config", envvar="CSREADY_CONFIG", help="The configuration, csready.toml.")
]
LabFlag = Annotated[bool, typer.Option("--lab", help="Look at a deployment of the lab, started on loopback.")]
Only = Annotated[list[str] | None, typer.Option("--only", metavar="GLOB", help="Look at these checks only: 'dns.*'.")]
Skip = Annotated[list[str] | None, typer.Option("--skip", metavar="GLOB", help="Leave these checks out.")]
ColourOption = Annotated[Colour, typer.Option("--color", help="Colour on the terminal.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="List what passed, too.")]
FailOnOption = Annotated[FailOn, typer.Option("--fail-on", help="warn: exit 4 when there are only warnings.")]
WaveSize = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="Cut the move lists into waves of at most N users, all of one pool."),
]


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
