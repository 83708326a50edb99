"""Reads evidence files into rows, each file whole or not at all, and checks it against its hash on the way."""

import hashlib
import io
from dataclasses import dataclass
from typing import Any, BinaryIO, NamedTuple, cast

from checker.model.answers import AnyAnswer, Json
from checker.model.facts import NoAnswer
from checker.model.undecided import Reason
from checker.probers.error_records import ErrorRecord, meaning
from checker.probers.evidence_files.containers import Entry
from checker.probers.evidence_files.documents import NotReadable, read_rows
from checker.probers.evidence_files.known_files import NEVER_EMPTY
from checker.probers.evidence_files.shelf import EvidenceFile

_CHUNK = 1 << 20  # bytes

Row = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Contents:
    """``is_all``: whether there are no other objects than these."""

    rows: tuple[Row, ...]
    is_all: bool


Read = Contents | NoAnswer


class Found(NamedTuple):
    """An answer, or why there is none, and the files that it rests on."""

    answer: AnyAnswer | NoAnswer
    files: tuple[EvidenceFile, ...]
    second_hand: bool = False


class FileRows:
    """``under_way`` names the file that is being read, and how far; it may be read from another thread."""

    def __init__(self) -> None:
        self.under_way = ""
        self._kept: dict[tuple[EvidenceFile, frozenset[str] | None], Read] = {}

    def read(self, file: EvidenceFile, keep: frozenset[str] | None = None) -> Read:
        """What the file says, or why it says nothing. ``keep``: the properties that will be read, casefolded."""
        error = file.note.error
        if error is None:
            return _missing(file) if file.entry is None else self._checked(file, file.entry, keep)
        record = ErrorRecord(error.category or "", error.message or "", error.id or "")
        said = meaning(record, file.name.cmdlet)
        if isinstance(said, NoAnswer):
            return of_file(file, said)
        if file.entry is not None and file.entry.size:
            found = self._rows(file, file.entry, keep)
            if isinstance(found, NoAnswer):
                return found
            if found.rows:
                detail = "it has objects, and its cmdlet said that there are none of some of what was asked for"
                return of_file(file, NoAnswer(reason=Reason.REFUSED, code="half-result", detail=detail))
        return Contents((), file.is_all)

    def kept(self, file: EvidenceFile, keep: frozenset[str] | None = None) -> Read:
        """As :meth:`read`, once for all questions that the file answers some of."""
        key = file, keep
        if key not in self._kept:
            self._kept[key] = self.read(file, keep)
        return self._kept[key]

    def _checked(self, file: EvidenceFile, entry: Entry, keep: frozenset[str] | None) -> Read:
        found = self._rows(file, entry, keep)
        if isinstance(found, Contents) and not found.rows and file.name.cmdlet in NEVER_EMPTY:
            return malformed(file, "no-object", f"it holds no object, and {file.name.cmdlet} always has one")
        return found

    def _rows(self, file: EvidenceFile, entry: Entry, keep: frozenset[str] | None) -> Read:
        def counted(number: int) -> None:
            self.under_way = f"reading {file.path}: {number:,} objects"

        self.under_way = f"reading {file.path}"
        digest = hashlib.sha256() if file.note.sha256 else None
        try:
            with entry.open() as raw, io.BufferedReader(_Watched(raw, digest), _CHUNK) as stream:
                found = read_rows(cast(BinaryIO, stream), file.name.kind, keep, counted)
                rows = tuple(found)
                while digest and stream.read(_CHUNK):
                    pass
        except NotReadable as exc:
            return malformed(file, "unreadable-file", str(exc))
        finally:
            self.under_way = ""
        if digest and digest.hexdigest() != (file.note.sha256 or "").lower():
            return malformed(file, "altered-file", "it is not what the manifest's sha256 was taken of")
        return Contents(rows, file.is_all and found.is_complete)


class _Watched(io.RawIOBase):
    """Hands on the bytes of another stream, and hashes them as they pass."""

    def __init__(self, raw: BinaryIO, digest: Any) -> None:
        self._raw = raw
        self._digest = digest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._raw.read(len(buffer))
        buffer[: len(data)] = data
        if self._digest:
            self._digest.update(data)
        return len(data)


def malformed(file: EvidenceFile, code: str, detail: str) -> NoAnswer:
    return of_file(file, NoAnswer(reason=Reason.MALFORMED, code=code, detail=detail))


def _missing(file: EvidenceFile) -> NoAnswer:
    detail = "the manifest names it, and it is not there"
    return of_file(file, NoAnswer(reason=Reason.NO_ACCESS, code="missing-file", detail=detail, needs=file.path))


def of_file(file: EvidenceFile, said: NoAnswer) -> NoAnswer:
    """The same, naming the file."""
    return NoAnswer(reason=said.reason, code=said.code, detail=f"{file.shown}: {said.detail}", needs=said.needs)
