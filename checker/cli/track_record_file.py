"""The track record that ``csready reconcile --out`` writes and ``csready scan --track-record`` reads."""

from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.model.report import TrackRecord

_HINT = "Name the file that csready reconcile --out wrote."


def read_track_record(path: Path) -> "TrackRecord":
    """Raises ``UsageError`` for a file that is missing, or no track record."""
    import msgspec

    from checker.model.report import TrackRecord

    try:
        return msgspec.json.decode(path.read_bytes(), type=TrackRecord)
    except OSError as exc:
        raise UsageError(f"{path}: {exc.strerror or exc}", _HINT) from exc
    except msgspec.DecodeError as exc:
        raise UsageError(f"{path}: cannot be read as a track record: {exc}", _HINT) from exc


def write_track_record(record: "TrackRecord", path: Path) -> None:
    """Counts only: it names nobody. Raises ``UsageError`` when it cannot be written."""
    import msgspec

    try:
        path.write_bytes(msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n")
    except OSError as exc:
        raise UsageError(f"--out {path}: {exc.strerror or exc}", "Name a file that can be written.") from exc
