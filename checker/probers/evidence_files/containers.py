"""Opens evidence folders and zips: the files in them, each with its size, time and content, nothing written to disk."""

import lzma
import os
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from checker.errors import UsageError
from checker.model.facts import Notice
from checker.probers.error_records import shown
from checker.probers.evidence_files.documents import NotReadable
from checker.probers.evidence_files.known_files import parse_place

MANIFEST = "manifest.json"

_MOST_PER_FOLDER = 10_000  # entries that are looked at; a collection has some dozens
_CUT_OFF = f"only the first {_MOST_PER_FOLDER:,} entries were looked at"
_DEPTH = 3  # top folder, vantage, file
_MOST_NOTICES = 10  # of one kind
_LITTER = (".", "__macosx", "thumbs.db", "desktop.ini")  # how the names begin that file managers leave behind
_HINT = "--evidence takes a folder, or a zip of one, as docs/evidence.md describes it"
_DAMAGED = (OSError, EOFError, zipfile.BadZipFile, zlib.error, lzma.LZMAError)

_Opener = Callable[[], AbstractContextManager[BinaryIO]]


@dataclass(frozen=True, slots=True)
class Entry:
    """``path`` as in the folder or zip, its parts joined by ``/``; ``size`` in bytes, as the container says."""

    path: str
    size: int
    modified: datetime
    _opener: _Opener = field(repr=False)

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The bytes. Raises :class:`NotReadable` for an entry that is encrypted, damaged, denied or gone, be it on
        opening or later; never what the system says of it, which names paths of this machine.
        """
        with ExitStack() as stack:
            try:
                raw = stack.enter_context(self._opener())
            except (RuntimeError, NotImplementedError) as exc:  # zipfile: a password, a method it does not know
                raise NotReadable("it is encrypted, or packed in a way that is not supported") from exc
            except _DAMAGED as exc:
                raise NotReadable(_said(exc)) from exc
            try:
                yield raw
            except _DAMAGED as exc:
                raise NotReadable(_said(exc)) from exc


def _said(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) else None
    return f"it cannot be read: {reason}" if reason else "it is damaged in the zip"


@dataclass(frozen=True, slots=True)
class Collection:
    """What one run of the collector, or one administrator, gathered: entries by folder, and perhaps a manifest."""

    name: str
    manifest: Entry | None
    folders: tuple[tuple[str, tuple[Entry, ...]], ...]


def collections(path: Path) -> tuple[tuple[Collection, ...], tuple[Notice, ...]]:
    """Those of a folder or zip: itself, or each folder in it that looks like one.

    Raises :class:`UsageError` for a path that is neither a folder nor a zip that can be opened.
    """
    tree = _tree(path)
    top = tree.listing("")
    below = [] if _is_collection(top) else [(folder, tree.listing(folder)) for folder in top.folders]
    found = [(folder, listing) for folder, listing in below if _is_collection(listing)] or [("", top)]
    notices = list(tree.notices)
    if found == [("", top)] and not _is_collection(top):
        text = "there is no folder in it that is named after a vantage"
        notices.append(Notice(code="evidence-empty", text=text, where=tree.name))
    collected = []
    for folder, listing in found:
        name = printable(f"{tree.name}/{folder}" if len(found) > 1 else tree.name)
        folders = tuple((each, tree.listing(f"{folder}/{each}" if folder else each)) for each in listing.folders)
        collected.append(
            Collection(
                name,
                next((entry for entry in listing.files if _is_manifest(entry)), None),
                tuple((each, inner.files) for each, inner in folders if parse_place(each)),
            )
        )
        strays = [f"{each}/" for each, _ in folders if not parse_place(each)]
        strays += [entry.name for entry in listing.files if not _is_manifest(entry)]
        notices += unread(name, strays)
        for each, inner in [("", listing), *folders]:
            if inner.trouble:
                where = f"{name}: {printable(each)}/"
                notices.append(Notice(code="evidence-folder", text=inner.trouble, where=where))
    return tuple(collected), tuple(notices)


def unread(name: str, paths: list[str]) -> Iterator[Notice]:
    """A notice for each file or folder of a collection that no check reads; beyond some, one for all that are left."""
    for path in map(printable, paths[:_MOST_NOTICES]):
        yield Notice(code="evidence-not-read", text=f"no check reads {path}", where=f"{name}: {path}")
    if (left := len(paths) - _MOST_NOTICES) > 0:
        yield Notice(code="evidence-not-read", text=f"no check reads {left:,} more files or folders", where=name)


def printable(name: str) -> str:
    """A name from a folder or zip as it can be shown: whoever made the zip may have put anything into it."""
    return shown(name.encode("utf-8", "replace").decode("utf-8"))


@dataclass(frozen=True, slots=True)
class _Listing:
    """``trouble``: why something may be missing here."""

    folders: tuple[str, ...]
    files: tuple[Entry, ...]
    trouble: str = ""


def _is_collection(listing: _Listing) -> bool:
    return any(parse_place(folder) for folder in listing.folders) or any(map(_is_manifest, listing.files))


def _is_manifest(entry: Entry) -> bool:
    return entry.name.casefold() == MANIFEST


def _is_litter(name: str) -> bool:
    return name.casefold().startswith(_LITTER)


class _Tree(Protocol):
    name: str
    notices: tuple[Notice, ...]

    def listing(self, folder: str) -> _Listing:
        """What lies in a folder of it; the empty name is its top."""
        ...


def _tree(path: Path) -> _Tree:
    try:
        if path.is_dir():
            os.scandir(path).close()
            return _Folder(path)
        return _Zip(path)
    except FileNotFoundError as exc:
        raise UsageError(f"{path}: there is no such folder or zip", _HINT) from exc
    except (*_DAMAGED, NotImplementedError, ValueError) as exc:
        # zipfile raises ValueError for a directory of members that is cut off or made up.
        raise UsageError(f"{path}: neither a folder nor a zip that can be read", _HINT) from exc


class _Folder:
    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = path.resolve().name or "evidence"
        self.notices: tuple[Notice, ...] = ()

    def listing(self, folder: str) -> _Listing:
        folders: list[str] = []
        files: list[Entry] = []
        try:
            with os.scandir(self._path / folder) as entries:
                found = list(islice(entries, _MOST_PER_FOLDER + 1))
            for entry in sorted(found[:_MOST_PER_FOLDER], key=lambda entry: entry.name):
                if _is_litter(entry.name):
                    continue
                if entry.is_dir():
                    folders.append(entry.name)
                elif entry.is_file():  # a pipe or a device would block, or never end
                    files.append(self._entry(entry, f"{folder}/{entry.name}" if folder else entry.name))
        except OSError as exc:
            return _Listing((), (), _said(exc))
        return _Listing(tuple(folders), tuple(files), _CUT_OFF if len(found) > _MOST_PER_FOLDER else "")

    def _entry(self, entry: os.DirEntry[str], path: str) -> Entry:
        status = entry.stat()
        place = Path(entry.path)
        return Entry(path, status.st_size, datetime.fromtimestamp(status.st_mtime, UTC), lambda: place.open("rb"))


class _Zip:
    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = path.name
        self._folders: dict[str, dict[str, None]] = defaultdict(dict)
        self._files: dict[str, list[Entry]] = defaultdict(list)
        refused = []
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
        for member in members:
            # Windows PowerShell 5.1 parts with backslashes, against the format's rule.
            parts = [part for part in member.filename.replace("\\", "/").split("/") if part != "."]
            if not parts[0] or ".." in parts or ":" in parts[0]:
                refused.append(member.filename)
            elif not any(map(_is_litter, parts)):
                self._add(member, parts, written)
        self.notices = tuple(
            Notice(code="evidence-not-read", text="a zip member whose name leads out of the zip", where=self.name)
            for _ in refused[:1]
        )

    def listing(self, folder: str) -> _Listing:
        files = self._files.get(folder, [])
        folders = tuple(self._folders.get(folder, ()))
        trouble = _CUT_OFF if max(len(files), len(folders)) > _MOST_PER_FOLDER else ""
        return _Listing(folders[:_MOST_PER_FOLDER], tuple(files[:_MOST_PER_FOLDER]), trouble)

    def _add(self, member: zipfile.ZipInfo, parts: list[str], written: datetime) -> None:
        for depth, part in enumerate(parts[: _DEPTH - 1]):
            if depth < len(parts) - 1:
                self._folders["/".join(parts[:depth])][part] = None
        if parts[-1] and len(parts) <= _DEPTH:  # the last part of a folder is empty
            entry = Entry("/".join(parts), member.file_size, _modified(member, written), lambda: self._open(member))
            self._files["/".join(parts[:-1])].append(entry)

    @contextmanager
    def _open(self, member: zipfile.ZipInfo) -> Iterator[BinaryIO]:
        with zipfile.ZipFile(self._path) as archive, archive.open(member) as raw:
            yield cast(BinaryIO, raw)


def _modified(member: zipfile.ZipInfo, written: datetime) -> datetime:
    """A zip keeps local times; ``written``, when the zip itself was, stands in for one that is no time."""
    try:
        return datetime(*member.date_time).astimezone(UTC)
    except (ValueError, OverflowError, OSError):  # OSError: Windows, before 1970
        return written
