"""Judged, composed, drawn, written: what every command that ends in a report does with a snapshot."""

import gzip
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO, TypedDict

from checker.assess import Assessment
from checker.checks import all_checks
from checker.cli.options import Colour
from checker.cli.report_writing import FORMATS, PRIVATE, Draw, Outcome, drawn
from checker.compose import compose
from checker.errors import UsageError
from checker.model.facts import Snapshot, indented, snapshot_parts
from checker.model.report import TrackRecord, Waiver
from checker.predict import Prediction, predict
from checker.rendering.terminal import render_terminal

_OURS = re.compile(
    r"report\.(html|md|jira\.txt|junit\.xml)|(users|findings|pseudonyms)\.csv|move-users(-after-fixes)?(-\d{2,})?\.txt"
    r"|fix\.ps1|snapshot\.json(\.gz)?"
)
_MOST_PLAIN = 8 << 20  # bytes of a snapshot that is left as text


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What the operator wants of a report beside what was seen."""

    fail_on_warnings: bool = False
    waivers: tuple[Waiver, ...] = ()
    track_record: TrackRecord | None = None
    redaction_key: bytes | None = None


def conclude(
    assessment: Assessment, snapshot: Snapshot, prediction: Prediction | None = None, wishes: Wishes = Wishes()
) -> Outcome:
    """``prediction``: where it was made already."""
    checks = all_checks()
    prediction = prediction or predict(snapshot.target, checks, assessment)
    report = compose(
        snapshot,
        checks,
        assessment,
        prediction,
        fail_on_warnings=wishes.fail_on_warnings,
        waivers=wishes.waivers,
        track_record=wishes.track_record,
    )
    outcome = Outcome(snapshot, report, prediction, shown=report)
    if wishes.redaction_key is None:
        return outcome
    from checker.redacting.redactor import Redactor

    return outcome.redacted(Redactor(snapshot, wishes.redaction_key))


def known_formats(wanted: str) -> tuple[str, ...]:
    """Raises ``UsageError`` for a format that this version cannot write."""
    formats = tuple(dict.fromkeys(each.strip() for each in wanted.split(",") if each.strip()))
    for each in formats:
        if each not in FORMATS:
            raise UsageError(
                f"--format {each}: is not known", f"One of {', '.join(FORMATS)}; JSON and CSV are always written."
            )
    return formats


def prepare(folder: Path) -> None:
    """Makes the folder, so that nobody waits for a report that then has no place. Raises ``UsageError`` when it
    cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as exc:
        raise _unwritable(folder, exc) from exc


def write_files(
    outcome: Outcome, folder: Path, formats: tuple[str, ...], *, wave_size: int | None = None
) -> tuple[str, ...]:
    """Writes every file beside its place and renames it; returns the names. Raises ``UsageError`` when it cannot.

    What an earlier run left in the folder and this one does not write goes: who took an old list of a wave, or an old
    report.html, for today's would be misled; and what is private must not lie where the rest is shared.
    """
    files = drawn(outcome, formats, wave_size=wave_size)
    private = folder / PRIVATE if outcome.redactor else folder
    try:
        private.mkdir(parents=True, exist_ok=True)
        snapshot = _write_snapshot(outcome.snapshot, private)
        names = [*_write(files.shared, folder), *_write(files.private, private)]
        _tidy(folder, {*files.shared, snapshot if private == folder else ""})
        _tidy(folder / PRIVATE, {*files.private, snapshot} if private != folder else set())
    except OSError as exc:
        raise _unwritable(folder, exc) from exc
    within = f"{PRIVATE}/" if private != folder else ""
    first, *others = names[: len(files.shared)]
    return (first, f"{within}{snapshot}", *others, *(f"{within}{name}" for name in names[len(files.shared) :]))


def _write(files: Mapping[str, Draw], folder: Path) -> Iterator[str]:
    for name, draw in files.items():
        with _replacing(folder / name) as file:
            file.write(draw())
        yield name


def _tidy(folder: Path, ours: Set[str]) -> None:
    """Removes what is a file of ours by its name and was not written by this run."""
    if folder.is_dir():
        for stale in [each for each in folder.iterdir() if _OURS.fullmatch(each.name) and each.name not in ours]:
            stale.unlink()


def _unwritable(folder: Path, error: OSError) -> UsageError:
    return UsageError(f"--out {folder}: {error.strerror or error}", "Name a folder that can be written.")


def _write_snapshot(snapshot: Snapshot, folder: Path) -> str:
    """Indented for people; gzipped where it is too long for them. Returns the name, and leaves no other form behind."""
    begun: list[bytes] = []
    size = 0
    parts = snapshot_parts(snapshot)
    while size <= _MOST_PLAIN and (part := next(parts, None)) is not None:
        begun.append(part)
        size += len(part)
    plain, packed = folder / "snapshot.json", folder / "snapshot.json.gz"
    if size <= _MOST_PLAIN:
        with _replacing(plain) as file:
            file.write(indented(b"".join(begun)))
        packed.unlink(missing_ok=True)
        return plain.name
    with _replacing(packed) as file, gzip.GzipFile("", "wb", compresslevel=1, fileobj=file, mtime=0) as archive:
        for part in chain(begun, parts):
            archive.write(part)
    plain.unlink(missing_ok=True)
    return packed.name


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write beside its place, which takes that place once it is whole."""
    beside = path.with_name(f".{path.name}.part")
    with beside.open("wb") as file:
        yield file
    os.replace(beside, path)


def show(outcome: Outcome, *, written: tuple[str, ...], folder: str, colour: Colour, verbose: bool) -> None:
    """The report on stdout, for people."""
    text = render_terminal(outcome.shown, written=written, folder=folder, verbose=verbose, **page_settings(colour))
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


class PageSettings(TypedDict):
    width: int
    colour: bool
    ascii_only: bool


def page_settings(colour: Colour) -> PageSettings:
    """What this terminal can show."""
    return PageSettings(
        width=min(shutil.get_terminal_size((80, 24)).columns, 100),
        colour=_colour(colour, os.environ),
        ascii_only=not _speaks_unicode(),
    )


def _colour(wanted: Colour, environment: Mapping[str, str]) -> bool:
    """NO_COLOR and FORCE_COLOR count when they are not empty; --color wins over both."""
    if wanted is not Colour.AUTO:
        return wanted is Colour.ALWAYS
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and environment.get("TERM") != "dumb"


def _speaks_unicode() -> bool:
    return (sys.stdout.encoding or "ascii").lower().replace("-", "").startswith("utf")
