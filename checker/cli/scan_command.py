"""``csready scan``: collect, judge, predict, report."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.boundary import reader_may_leave
from checker.cli.exits import Exit
from checker.cli.options import (
    Colour,
    ColourOption,
    Config,
    Domains,
    FailOn,
    FailOnOption,
    LabFlag,
    Only,
    Skip,
    Verbose,
    WaveSize,
    known_globs,
)
from checker.errors import UsageError
from checker.model.axes import Direction, Phase

if TYPE_CHECKING:
    from checker.config import Setup
    from checker.credentials import Credentials

SCANS = Path("reports")  # where a scan's folder goes that was given no place


def scan(
    domains: Domains = None,
    config: Config = None,
    lab: LabFlag = False,
    users: Annotated[Path | None, typer.Option(help="Who is to be moved: text or CSV.")] = None,
    no_users: Annotated[bool, typer.Option("--no-users", help="Leave users out on purpose.")] = False,
    evidence: Annotated[
        list[Path] | None,
        typer.Option(metavar="PATH", help="A folder or zip of files to look at as well; may be repeated."),
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Send nothing: judge what the evidence says.")] = False,
    phase: Annotated[Phase | None, typer.Option(help="Where the migration stands.")] = None,
    direction: Annotated[Direction | None, typer.Option(help="To the cloud, or back.")] = None,
    only: Only = None,
    skip: Skip = None,
    deadline: Annotated[
        float, typer.Option(metavar="SECONDS", envvar="CSREADY_DEADLINE", help="The whole run's.")
    ] = 120,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where the files go.")] = None,
    formats: Annotated[
        str, typer.Option("--format", help="terminal,md; JSON and CSV are always written.")
    ] = "terminal,md",
    wave_size: WaveSize = None,
    json: Annotated[bool, typer.Option("--json", help="stdout is report.json and nothing else.")] = False,
    fail_on: FailOnOption = FailOn.FAIL,
    log: Annotated[Path | None, typer.Option(metavar="FILE", help="What was asked, and how it went.")] = None,
    color: ColourOption = Colour.AUTO,
    verbose: Verbose = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress.")] = False,
) -> Exit:
    """Look at the deployment and predict what Move-CsUser would say. Changes nothing.

    csready scan contoso.com | csready scan -c csready.toml | csready scan --lab tenant-not-shared
    csready scan -c csready.toml --evidence frontend.zip --evidence edge.zip --offline
    """
    import math
    import os
    import sys

    from checker.cli.delivering import conclude, known_formats, prepare, show, write_files
    from checker.cli.lab_runs import lab_setup
    from checker.cli.scanning import progress_on_stderr, run_scan
    from checker.config import Options, set_up
    from checker.credentials import Credentials
    from checker.model.facts import Selection
    from checker.model.report import encode_report
    from checker.probers.evidence_files.store import EvidenceFiles

    if deadline <= 0 or not math.isfinite(deadline):
        raise UsageError(f"--deadline {deadline:g}: must be a number above 0", "It is in seconds; the default is 120.")
    wanted_formats = known_formats(formats)
    selection = Selection(only=known_globs(only, "--only"), skip=known_globs(skip, "--skip"))
    options = Options(
        domains=() if lab else tuple(domains or ()),
        config=config,
        phase=phase,
        direction=direction,
        users=users,
        no_users=no_users,
        has_evidence=bool(evidence),
        offline=offline,
    )
    files = EvidenceFiles(evidence) if evidence else None
    with ExitStack() as stack:
        log_to(log, stack)
        prepare(out or SCANS)
        credentials = Credentials(os.environ)
        setup = lab_setup(domains, options, stack) if lab else set_up(options, environment=credentials)
        if not lab and not offline:
            setup = _with_credentials(setup, credentials)
        done = run_scan(
            setup,
            selection=selection,
            deadline_s=deadline,
            progress=progress_on_stderr(quiet),
            files=files,
            offline=offline,
        )
    outcome = conclude(done.investigation, done.snapshot, fail_on_warnings=fail_on is FailOn.WARN)
    report = outcome.report
    stamp = report.as_of.strftime("%Y%m%dT%H%M%SZ")
    folder = out or SCANS / f"{_safe(report.deployment.name)}-{stamp}"
    written = write_files(outcome, folder, wanted_formats, wave_size=wave_size)
    with reader_may_leave():
        if json:
            sys.stdout.buffer.write(encode_report(report))
        elif "terminal" in wanted_formats:
            show(outcome, written=written, folder=folder.as_posix(), colour=color, verbose=verbose)
    return Exit(report.exit_code)


def _with_credentials(setup: "Setup", credentials: "Credentials") -> "Setup":
    """Before the deadline begins to count: whoever is asked for a password, or for a code in a browser, takes time."""
    import sys
    from dataclasses import replace

    from checker.credentials import supply, terminal
    from checker.probers.tenant_sign_in import sign_in_interactively

    ask = terminal()
    supply(setup.connections, credentials, ask=ask)
    if ask is None:
        return setup
    connections = sign_in_interactively(setup.connections, lambda line: print(line, file=sys.stderr))
    return replace(setup, connections=connections)


def _safe(name: str) -> str:
    """A deployment's name as part of a folder's."""
    return "".join(char if char.isalnum() or char in "-._" else "-" for char in name).strip(".") or "deployment"


def log_to(path: Path | None, stack: "ExitStack") -> None:
    """Writes the log of this run to a file until the stack ends. Raises ``UsageError`` when it cannot be written."""
    import logging

    if path is None:
        return
    try:
        handler = logging.FileHandler(path, encoding="utf-8")
    except OSError as exc:
        raise UsageError(f"--log {path}: {exc.strerror or exc}", "Name a file that can be written.") from exc
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger = logging.getLogger("checker")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    stack.callback(handler.close)
    stack.callback(logger.removeHandler, handler)
