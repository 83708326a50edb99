"""Judged, composed, drawn, written: what every command that ends in a report does with a snapshot."""

import gzip
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO, TypedDict

from checker.assess import Investigation
from checker.checks import all_checks
from checker.cli.options import Colour
from checker.compose import compose
from checker.errors import UsageError
from checker.model.facts import Snapshot, indented, snapshot_parts
from checker.model.report import Report, encode_report
from checker.move_route import move_route
from checker.predict import Prediction, predict
from checker.rendering.fix_script import fix_script
from checker.rendering.markdown import render_markdown
from checker.rendering.move_lists import move_lists
from checker.rendering.spreadsheets import findings_csv, users_csv
from checker.rendering.terminal import render_terminal

FORMATS = ("terminal", "md")
_WAVE = re.compile(r"move-users(-after-fixes)?-\d{2,}\.txt")
_MOST_PLAIN = 8 << 20  # bytes of a snapshot that is left as text


@dataclass(frozen=True)
class Outcome:
    snapshot: Snapshot
    report: Report
    prediction: Prediction


def conclude(investigation: Investigation, snapshot: Snapshot, *, fail_on_warnings: bool) -> Outcome:
    checks = all_checks()
    assessment = investigation.assessment()
    prediction = predict(snapshot.target, checks, assessment)
    report = compose(snapshot, checks, assessment, prediction, fail_on_warnings=fail_on_warnings)
    return Outcome(snapshot, report, prediction)


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

    Lists of waves that an earlier run left in the folder go: who took one of them for today's would move others.
    """
    target = outcome.snapshot.target
    route = move_route(target, outcome.snapshot.facts)
    lists = move_lists(outcome.prediction, wave_size=wave_size)
    files: dict[str, Callable[[], bytes]] = {
        "report.json": lambda: encode_report(outcome.report),
        "users.csv": lambda: users_csv(outcome.prediction, target, route),
        "findings.csv": lambda: findings_csv(outcome.report),
        **{name: content.encode for name, content in lists.items()},
        "fix.ps1": lambda: fix_script(outcome.report).encode("utf-8-sig"),
    }
    if "md" in formats:
        files["report.md"] = lambda: render_markdown(outcome.report).encode("utf-8")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        snapshot = _write_snapshot(outcome.snapshot, folder)
        for name, content in files.items():
            with _replacing(folder / name) as file:
                file.write(content())
        for stale in (each for each in folder.iterdir() if _WAVE.fullmatch(each.name) and each.name not in files):
            stale.unlink()
    except OSError as exc:
        raise _unwritable(folder, exc) from exc
    first, *others = files
    return (first, snapshot, *others)


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
    text = render_terminal(outcome.report, written=written, folder=folder, verbose=verbose, **page_settings(colour))
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
