"""``csready collector``: the PowerShell script that gathers evidence where csready may not ask itself."""

from pathlib import Path
from typing import Annotated

import typer

from checker.errors import UsageError


def collector(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write it there; never overwrites.")
    ] = None,
) -> None:
    """Print the read-only script that gathers evidence into a zip.

    \b
    csready collector -o Collect-CsReadiness.ps1
    csready scan -c csready.toml --evidence frontend.zip --offline

    It runs on a Front End, an Edge or the workstation, where csready may not ask itself. It changes nothing, and lists
    its commands with -WhatIf. PowerShell's ">" writes it as UTF-16: it runs all the same, but its hash is another.
    --output writes it as it is.
    """
    import sys
    from importlib.resources import files

    script = files("checker").joinpath("collector", "Collect-CsReadiness.ps1").read_bytes()
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(script)
        return
    try:
        with output.open("xb") as new:
            new.write(script)
    except OSError as exc:
        raise UsageError(f"{output}: {exc.strerror or exc}", "Name a new file that can be written.") from exc
