"""``csready assess``: judge a saved snapshot again, offline."""

from pathlib import Path
from typing import Annotated

import typer

from checker.cli.boundary import reader_may_leave
from checker.cli.options import (
    DEFAULT_FORMATS,
    Colour,
    ColourOption,
    FailOn,
    FailOnOption,
    Formats,
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


def assess(
    snapshot: Annotated[
        Path, typer.Argument(metavar="SNAPSHOT", help="The folder of an earlier scan, or its snapshot.")
    ],
    only: Only = None,
    skip: Skip = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where the files go; none without it.")] = None,
    formats: Formats = DEFAULT_FORMATS,
    wave_size: WaveSize = None,
    json: Annotated[bool, typer.Option("--json", help="stdout is the JSON report and nothing else.")] = False,
    fail_on: FailOnOption = FailOn.FAIL,
    waivers: Waivers = None,
    track_record: TrackRecordOption = None,
    redact: Redact = None,
    color: ColourOption = Colour.AUTO,
    verbose: Verbose = False,
) -> int:
    """Judge a saved snapshot again with this version's checks.

    \b
    csready assess reports/contoso-20261122T190300Z
    csready assess snapshot.json --only 'dns.*' --json

    Sends nothing; the judging time is the snapshot's.
    """
    import sys

    import msgspec

    from checker.cli.delivering import conclude, known_formats, show, write_files
    from checker.cli.report_files import read_snapshot, snapshot_file
    from checker.model.facts import Selection
    from checker.model.report import encode_report
    from checker.rejudging import judged_again

    saved = read_snapshot(snapshot_file(snapshot))
    if only or skip:
        selection = Selection(only=known_globs(only, "--only"), skip=known_globs(skip, "--skip"))
        saved = msgspec.structs.replace(saved, selection=selection)
    wanted_formats = known_formats(formats)
    wanted = wishes(fail_on, waivers, track_record, redact)
    again = judged_again(saved)
    outcome = conclude(again.assessment, saved, again.prediction, wanted)
    written = write_files(outcome, out, wanted_formats, wave_size=wave_size) if out else ()
    with reader_may_leave():
        if json:
            sys.stdout.buffer.write(encode_report(outcome.shown))
        elif "terminal" in wanted_formats:
            show(outcome, written=written, folder=out.as_posix() if out else "", colour=color, verbose=verbose)
    return outcome.report.exit_code
