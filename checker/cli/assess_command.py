"""``csready assess``: judge a saved snapshot again, offline."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.boundary import reader_may_leave
from checker.cli.options import Colour, ColourOption, FailOn, FailOnOption, Only, Skip, Verbose, WaveSize, known_globs
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.model.facts import Snapshot


def assess(
    snapshot: Annotated[Path, typer.Argument(help="A snapshot.json, or .json.gz, of an earlier scan.")],
    only: Only = None,
    skip: Skip = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where the files go; none without it.")] = None,
    formats: Annotated[str, typer.Option("--format", help="terminal,md")] = "terminal,md",
    wave_size: WaveSize = None,
    json: Annotated[bool, typer.Option("--json", help="stdout is the JSON report and nothing else.")] = False,
    fail_on: FailOnOption = FailOn.FAIL,
    color: ColourOption = Colour.AUTO,
    verbose: Verbose = False,
) -> int:
    """Judge a saved snapshot again with this version's checks. Sends nothing; the judging time is the snapshot's."""
    import sys

    from checker.assess import Investigation, ask_snapshot, investigate
    from checker.checks import all_checks
    from checker.cli.delivering import conclude, known_formats, show, write_files
    from checker.model.facts import Selection
    from checker.model.report import encode_report

    saved = read_snapshot(snapshot)
    selection = saved.selection
    if only or skip:
        selection = Selection(only=known_globs(only, "--only"), skip=known_globs(skip, "--skip"))
    wanted_formats = known_formats(formats)
    investigation = Investigation(saved.target, all_checks(), facts=saved.facts, selection=selection)
    investigate(investigation, ask_snapshot(saved))
    outcome = conclude(investigation, saved, fail_on_warnings=fail_on is FailOn.WARN)
    written = write_files(outcome, out, wanted_formats, wave_size=wave_size) if out else ()
    with reader_may_leave():
        if json:
            sys.stdout.buffer.write(encode_report(outcome.report))
        elif "terminal" in wanted_formats:
            show(outcome, written=written, folder=out.as_posix() if out else "", colour=color, verbose=verbose)
    return outcome.report.exit_code


def read_snapshot(path: Path) -> "Snapshot":
    """Raises ``UsageError`` for a file that is missing, cut off, of a newer version, or no snapshot at all."""
    import gzip
    import zlib

    import msgspec

    from checker.model.facts import SNAPSHOT_VERSION, decode_snapshot

    try:
        raw = path.read_bytes()
    except OSError as exc:
        raise UsageError(f"{path}: {exc.strerror or exc}", "Name the snapshot.json of a scan.") from exc
    try:
        if raw.startswith(b"\x1f\x8b"):  # gzip, RFC 1952 2.3.1
            raw = gzip.decompress(raw)
        saved = decode_snapshot(raw)
    except (EOFError, gzip.BadGzipFile, zlib.error, msgspec.DecodeError) as exc:
        cut_off = isinstance(exc, EOFError) or "truncated" in str(exc)
        what = "is cut off" if cut_off else f"cannot be read as a snapshot: {exc}"
        raise UsageError(f"{path}: {what}", "Name a whole snapshot.json of a scan by this version.") from exc
    if saved.snapshot_version.partition(".")[0] != SNAPSHOT_VERSION.partition(".")[0]:
        raise UsageError(
            f"{path}: snapshot version {saved.snapshot_version}, this csready reads {SNAPSHOT_VERSION}",
            "Use the csready that wrote it, or a newer one.",
        )
    return saved
