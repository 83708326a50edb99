"""The evidence files of all collections, by vantage, host and cmdlet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from checker.model.answers import Json
from checker.model.facts import Notice
from checker.model.probes import Vantage
from checker.probers.evidence_files.containers import Collection, Entry, printable, unread
from checker.probers.evidence_files.known_files import LISTS_OF_USERS, FileName, parse_file, parse_place
from checker.probers.evidence_files.manifests import FileNote, Manifest, path_key, read_manifest

_CHOOSING = ("Identity", "Filter")  # parameters that leave users out
_MOST_NAMED = 5
_SAME_MACHINE = {Vantage.DNS_EDGE: (Vantage.DNS_EDGE, Vantage.EDGE)}  # an Edge's resolver may be asked on the Edge


@dataclass(frozen=True, slots=True, eq=False)
class EvidenceFile:
    """``entry`` is ``None`` for a file that only the manifest speaks of. ``shown`` names collection and file;
    ``observed_at`` is the manifest's time, else that of the file.
    """

    shown: str
    path: str
    name: FileName
    note: FileNote
    entry: Entry | None
    observed_at: datetime

    def told(self, parameter: str) -> Json:
        """The value that the manifest gives for a parameter of the cmdlet; ``None`` where it gives none."""
        given = self.note.parameters or {}
        return next((value for name, value in given.items() if name.casefold() == parameter.casefold()), None)

    @property
    def is_all(self) -> bool:
        """Whether it holds every object: as the manifest says, else whether its name is that of the whole list."""
        if self.note.complete is not None:
            return self.note.complete
        if self.name.cmdlet not in LISTS_OF_USERS:
            return True
        return not self.name.label and all(self.told(parameter) is None for parameter in _CHOOSING)


def named(files: tuple[EvidenceFile, ...]) -> str:
    """For what a reader is shown; of many files the first."""
    shown = ", ".join(file.shown for file in files[:_MOST_NAMED])
    return f"{shown} and {left} more" if (left := len(files) - _MOST_NAMED) > 0 else shown


class Shelf:
    """``opened`` is the time at which the collections were opened: nothing in them can be younger."""

    def __init__(self, collections: Iterable[Collection], opened: datetime) -> None:
        self._files: dict[tuple[Vantage, str], list[EvidenceFile]] = defaultdict(list)
        self._opened = opened
        notices: list[Notice] = []
        for collection in collections:
            manifest = read_manifest(collection)
            notices += manifest.notices
            strays = []
            paths = set()
            self._latest = opened
            for folder, entries in collection.folders:
                for entry in entries:
                    path = f"{folder}/{entry.name}"
                    paths.add(path_key(path))
                    if not self._add(collection.name, path, manifest, entry):
                        strays.append(path)
            notices += unread(collection.name, strays)
            for key, (path, _) in manifest.notes.items():
                if key not in paths:  # the cmdlet failed, or the file was lost
                    self._add(collection.name, path, manifest, None)
            if self._latest > opened:
                text = f"is dated {self._latest:%Y-%m-%d %H:%M} UTC, which is yet to come; it counts as of now"
                notices.append(Notice(code="evidence-from-the-future", text=text, where=collection.name))
        self.notices = tuple(notices)

    def _add(self, collection: str, path: str, manifest: Manifest, entry: Entry | None) -> bool:
        folder, _, file = path.rpartition("/")
        place = parse_place(folder)
        name = parse_file(place, file) if place else None
        if name is None:
            return False
        said = manifest.collected_at or (entry.modified if entry else manifest.written_at)
        self._latest = max(self._latest, said)
        # A clock that is ahead, or a time without its zone: what was there before us is older than what is asked now.
        observed_at = min(said, self._opened)
        found = EvidenceFile(
            f"{collection}: {printable(path)}", printable(path), name, manifest.note(path), entry, observed_at
        )
        self._files[name.place.vantage, name.cmdlet].append(found)
        return True

    def places(self, vantage: Vantage, host: str, cmdlet: str) -> Iterator[tuple[EvidenceFile, ...]]:
        """The files of a cmdlet that may speak for the host, best first: its own, then those without a host.

        Without a host all are united: then whoever was asked speaks for the only one, or for all.
        """
        found = [
            file for each in _SAME_MACHINE.get(vantage, (vantage,)) for file in self._files.get((each, cmdlet), ())
        ]
        wanted = host.lower().rstrip(".")
        if not wanted:
            yield tuple(found)
            return
        for hosts in (wanted, ""):
            yield tuple(file for file in found if file.name.place.host == hosts)
