"""Reads what a collector says of its own files: hashes, parameters, completeness, errors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType

import msgspec

from checker.model.answers import Json
from checker.model.facts import Notice
from checker.probers.error_records import shown
from checker.probers.evidence_files.containers import Collection
from checker.probers.evidence_files.documents import Kind, NotReadable, read_rows

_MOST_BYTES = 8 << 20  # some thousand files
_MOST_NOTICES = 10


class Failure(msgspec.Struct, frozen=True):
    """The error of a cmdlet. ``id`` is its FullyQualifiedErrorId, which is the same in every language."""

    category: str | None = None
    message: str | None = None
    id: str | None = None


class FileNote(msgspec.Struct, frozen=True):
    """What the manifest says of one file. ``complete``: whether the file holds all objects; ``None``: it does not say.

    ``parameters``: of the cmdlet; a switch has ``true`` or nothing.
    """

    sha256: str | None = None
    cmdlet: str | None = None
    parameters: dict[str, Json] | None = None
    complete: bool | None = None
    error: Failure | None = None


class _Manifest(msgspec.Struct, frozen=True):
    collected_at: str | None = None
    files: dict[str, Json] | None = None


UNSAID = FileNote()
_LONG_AGO = datetime.fromtimestamp(0, UTC)  # nothing is said to be as old as a manifest that is not there


@dataclass(frozen=True, slots=True)
class Manifest:
    """``notes`` by path, as :func:`path_key` spells it. ``collected_at`` is ``None`` where the files' own times count;
    ``written_at`` is the manifest's own time.
    """

    written_at: datetime
    collected_at: datetime | None = None
    notes: Mapping[str, tuple[str, FileNote]] = field(default_factory=lambda: MappingProxyType({}))
    notices: tuple[Notice, ...] = ()

    def note(self, path: str) -> FileNote:
        return self.notes.get(path_key(path), (path, UNSAID))[1]


def path_key(path: str) -> str:
    """Paths are compared without case, backslashes as slashes."""
    return path.replace("\\", "/").removeprefix("./").casefold()


def read_manifest(collection: Collection) -> Manifest:
    """A manifest, or an entry of it, that cannot be read costs itself: the files are read without, and a notice says
    so.
    """
    entry = collection.manifest
    if entry is None:
        return Manifest(_LONG_AGO)
    where = f"{collection.name}: {entry.name}"
    try:
        if entry.size > _MOST_BYTES:
            raise NotReadable("it is too large for a manifest")
        with entry.open() as raw:
            rows = list(read_rows(raw, Kind.JSON))
        if len(rows) != 1 or rows[0].keys().isdisjoint(_Manifest.__struct_fields__):
            raise NotReadable("it is something else")
        read = msgspec.convert(rows[0], _Manifest, strict=False)
    except (NotReadable, msgspec.ValidationError) as exc:
        text = f"the manifest was not used: {shown(str(exc))}"
        return Manifest(entry.modified, notices=(Notice(code="evidence-manifest", text=text, where=where),))
    notices = []
    notes: dict[str, tuple[str, FileNote]] = {}
    for path, value in (read.files or {}).items():
        try:
            notes[path_key(path)] = (path.replace("\\", "/"), msgspec.convert(value, FileNote, strict=False))
        except msgspec.ValidationError as exc:
            notices.append(f"what it says of {shown(path)} was not used: {shown(str(exc))}")
    collected_at = _moment(read.collected_at)
    if read.collected_at and collected_at is None:
        notices.append("collected_at is no ISO 8601 time: the files' own times count")
    return Manifest(
        entry.modified,
        collected_at,
        MappingProxyType(notes),
        tuple(Notice(code="evidence-manifest", text=text, where=where) for text in notices[:_MOST_NOTICES]),
    )


def _moment(text: str | None) -> datetime | None:
    """A time without a zone is taken as UTC, in which the collector writes."""
    try:
        moment = datetime.fromisoformat((text or "").strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
