"""The files of an earlier run, as commands are given them: a scan's folder, its report.json, its snapshot."""

from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.model.facts import Snapshot
    from checker.model.report import Report

REPORT = "report.json"
_PRIVATE = "private"  # where a redacted run keeps what names people
_SNAPSHOTS = ("snapshot.json", "snapshot.json.gz")


def report_file(path: Path) -> Path:
    """The report.json of a scan's folder; the path itself for anything else."""
    return path / REPORT if path.is_dir() else path


def read_report(path: Path) -> "Report":
    """Of a scan's folder or its report.json. Raises ``UsageError`` for one that is missing, of a newer schema, or no
    report at all.
    """
    import msgspec

    from checker.model.report import SCHEMA_VERSION, decode_report

    class Version(msgspec.Struct):
        schema_version: str = ""

    file = report_file(path)
    try:
        raw = file.read_bytes()
    except OSError as exc:
        raise UsageError(f"{file}: {exc.strerror or exc}", "Name the folder of a scan, or its report.json.") from exc
    try:
        version = msgspec.json.decode(raw, type=Version).schema_version
        ours = version.partition(".")[0] == SCHEMA_VERSION.partition(".")[0]
        if version and not ours:
            raise UsageError(
                f"{file}: has schema version {version}, this csready reads {SCHEMA_VERSION}",
                "Use the csready that wrote it, or a newer one.",
            )
        return decode_report(raw)
    except msgspec.DecodeError as exc:
        hint = "Name the report.json of a scan by this version."
        raise UsageError(f"{file}: cannot be read as a report: {exc}", hint) from exc


def snapshot_file(path: Path) -> Path:
    """The snapshot of a scan's folder, or of its private part; the path itself for anything else."""
    if not path.is_dir():
        return path
    places = (folder / name for folder in (path, path / _PRIVATE) for name in _SNAPSHOTS)
    return next((found for found in places if found.is_file()), path)


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


def snapshot_beside(file: Path, report: "Report") -> "Snapshot | None":
    """The snapshot that the report in ``file`` was made of; ``None`` where there is none, or it is that of another run.

    Raises ``UsageError`` for one that cannot be read.
    """
    found = snapshot_file(file.parent)
    if not found.is_file():
        return None
    snapshot = read_snapshot(found)
    same = (snapshot.as_of, snapshot.tool_version) == (report.as_of, report.tool.version)
    return snapshot if same else None
