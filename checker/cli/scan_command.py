"""``csready scan``: collect, judge, predict, report."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.boundary import reader_may_leave
from checker.cli.exits import Exit
from checker.cli.options import (
    DEFAULT_FORMATS,
    Colour,
    ColourOption,
    Config,
    Domains,
    FailOn,
    FailOnOption,
    Formats,
    LabFlag,
    Only,
    Redact,
    Skip,
    TrackRecordOption,
    Verbose,
    Waivers,
    WaveSize,
    known_globs,
    wishes,
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
    rerun: Annotated[
        Path | None, typer.Option(metavar="REPORT", help="Look at the target of an earlier run again.")
    ] = None,
    unknown_only: Annotated[
        bool, typer.Option("--unknown-only", help="With --rerun: keep its answers, ask what had none.")
    ] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Send nothing: judge what the evidence says.")] = False,
    phase: Annotated[Phase | None, typer.Option(help="Where the migration stands.")] = None,
    direction: Annotated[Direction | None, typer.Option(help="To the cloud, or back.")] = None,
    only: Only = None,
    skip: Skip = None,
    deadline: Annotated[
        float, typer.Option(metavar="SECONDS", envvar="CSREADY_DEADLINE", help="The whole run's.")
    ] = 120,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where the files go.")] = None,
    formats: Formats = DEFAULT_FORMATS,
    wave_size: WaveSize = None,
    json: Annotated[bool, typer.Option("--json", help="stdout is report.json and nothing else.")] = False,
    fail_on: FailOnOption = FailOn.FAIL,
    waivers: Waivers = None,
    track_record: TrackRecordOption = None,
    redact: Redact = None,
    log: Annotated[Path | None, typer.Option(metavar="FILE", help="What was asked, and how it went.")] = None,
    color: ColourOption = Colour.AUTO,
    verbose: Verbose = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress.")] = False,
) -> Exit:
    """Look at the deployment and predict what Move-CsUser would say.

    \b
    csready scan contoso.com
    csready scan -c csready.toml --users wave1.csv
    csready scan -c csready.toml --evidence edge.zip --offline
    csready scan -c csready.toml --rerun reports/contoso-20261122T190300Z
    csready scan --lab tenant-not-shared

    It changes nothing. With only a domain: all that can be learnt without credentials. Exit 0 ready, 3 not ready,
    4 warnings with --fail-on warn, 5 indeterminate.
    """
    import math
    import os
    import sys

    from checker.cli.delivering import conclude, known_formats, prepare, show, write_files
    from checker.cli.earlier_run import earlier_run
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
    wanted = wishes(fail_on, waivers, track_record, redact)
    selection = Selection(only=known_globs(only, "--only"), skip=known_globs(skip, "--skip"))
    named = () if lab else tuple(domains or ())
    aimed_by = {"a SIP domain": named, "--phase": phase, "--direction": direction, "--users": users}
    earlier = earlier_run(rerun, unknown_only, {**aimed_by, "--no-users": no_users})
    if earlier and not (only or skip):
        selection = earlier.snapshot.selection
    options = Options(
        domains=named,
        config=config,
        phase=phase,
        direction=direction,
        users=users,
        no_users=no_users,
        has_evidence=bool(evidence) or earlier is not None,  # an earlier run says what to look at
        offline=offline,
    )
    files = EvidenceFiles(evidence) if evidence else None
    with ExitStack() as stack:
        log_to(log, stack)
        prepare(out or SCANS)
        credentials = Credentials(os.environ)
        setup = lab_setup(domains, options, stack) if lab else set_up(options, environment=credentials)
        if earlier:
            setup = earlier.aimed(setup, "the lab" if lab else str(config or "command line"))
        if not lab and not offline:
            setup = _with_credentials(setup, credentials)
        done = run_scan(
            setup,
            selection=selection,
            deadline_s=deadline,
            progress=progress_on_stderr(quiet),
            files=files,
            offline=offline,
            earlier=earlier.known if earlier else None,
        )
    outcome = conclude(done.investigation.assessment(), done.snapshot, wishes=wanted)
    report = outcome.report
    stamp = report.as_of.strftime("%Y%m%dT%H%M%SZ")
    folder = out or SCANS / f"{_safe(report.deployment.name)}-{stamp}"
    written = write_files(outcome, folder, wanted_formats, wave_size=wave_size)
    with reader_may_leave():
        if json:
            sys.stdout.buffer.write(encode_report(outcome.shown))
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
