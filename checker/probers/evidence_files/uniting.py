"""Unites the rows of several files: an object that two of them hold stands once, and must be the same in both."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from checker.model.answers import Json
from checker.model.facts import NoAnswer
from checker.model.undecided import Reason
from checker.probers.error_records import shown
from checker.probers.evidence_files.reading import Row
from checker.probers.evidence_files.shelf import EvidenceFile

# What tells objects apart: alternatives, each a set of properties that do it together.
_BY_IDENTITY = (("identity",),)
_IDENTITIES: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "Get-ADUser": (("distinguishedname",), ("objectguid",), ("userprincipalname",)),
        "Get-ChildItem": (("psparentpath", "thumbprint"),),
        "Get-CsAllowedDomain": (("identity",), ("domain",)),
        "Get-CsBlockedDomain": (("identity",), ("domain",)),
        "Get-CsCertificate": (("use",),),
        "Get-CsHostingProvider": (("identity",), ("name",)),
        "Get-CsManagementStoreReplicationStatus": (("replicafqdn",),),
        "Get-CsOnlineSipDomain": (("name",),),
        "Get-CsOnlineUser": (("identity",), ("userprincipalname",)),
        "Get-CsPool": (("identity",), ("fqdn",)),
        "Get-CsServerPatchVersion": (("componentname",),),
        "Get-CsSipDomain": (("identity",), ("name",)),
        "Get-CsUser": (("identity",), ("userprincipalname",), ("sipaddress",)),
        "Get-Item": (("name",),),
        "Get-ItemProperty": (("path", "name"),),
        "Get-MgDomain": (("id",),),
        "Get-MgOrganization": (("id",),),
        "Get-MgSubscribedSku": (("skuid",),),
        "Get-MgUser": (("id",), ("userprincipalname",)),
        "Get-MgUserTransitiveMemberOf": (("id",),),
        "Get-Module": (("name", "version", "modulebase"),),
        "Invoke-WebRequest": (("uri",),),
        "Test-NetConnection": (("computername", "remoteport"),),
        "whoami": (("sid",), ("name",)),
    }
)

# These say something of the machine they ran on: from two machines there are two answers, and both stand.
_OF_THE_MACHINE = frozenset(
    {
        "Get-ChildItem",
        "Get-CsCertificate",
        "Get-CsServerPatchVersion",
        "Get-Item",
        "Get-ItemProperty",
        "Get-Module",
        "Invoke-WebRequest",
        "Test-NetConnection",
    }
)

_VARYING = frozenset({"content", "headers"})  # of one web page, from one request to the next

Rows = tuple[Row, ...]


class _Name(NamedTuple):
    """An object's name in one of the alternatives; ``machine`` where the object is one of a machine."""

    machine: str
    level: int
    values: tuple[str, ...]


def identity_columns(cmdlet: str) -> frozenset[str]:
    """The properties by which objects of the cmdlet are told apart, casefolded."""
    return frozenset(column for each in _IDENTITIES.get(cmdlet, _BY_IDENTITY) for column in each)


def united(cmdlet: str, parts: Sequence[tuple[EvidenceFile, Rows]], read: Iterable[str]) -> Rows | NoAnswer:
    """All rows in the order of the files. Of an object that two files hold, what one lacks comes from the other.

    No answer where they differ in a property that will be ``read``: it names both files and the object. Within one
    file nothing is compared.
    """
    holding = [(file, rows) for file, rows in parts if rows]
    if len(holding) < 2:
        return holding[0][1] if holding else ()
    uniter = _Uniter(cmdlet, frozenset(name.casefold() for name in read) - _VARYING)
    for file, rows in holding:
        if clash := uniter.take(file, rows):
            return clash
    return tuple(uniter.rows)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an object stands in the united rows. ``level``: the first alternative by which it can be named."""

    file: EvidenceFile
    row: int
    level: int


class _Uniter:
    def __init__(self, cmdlet: str, read: frozenset[str]) -> None:
        self.rows: list[Row] = []
        self._identities = _IDENTITIES.get(cmdlet, _BY_IDENTITY)
        self._is_local = cmdlet in _OF_THE_MACHINE
        self._read = read
        self._places: dict[_Name, _Place] = {}
        self._nameless: dict[str, EvidenceFile] = {}

    def take(self, file: EvidenceFile, rows: Rows) -> NoAnswer | None:
        for row in rows:
            folded = {name.casefold(): value for name, value in row.items()}
            names = self._names(file, folded)
            if same := self._same(file, names):
                if clash := self._merge(self._places[same], file, row, folded, same):
                    return clash
            elif names or self._is_new(file, folded):
                for name in names:
                    self._places.setdefault(name, _Place(file, len(self.rows), names[0].level))
                self.rows.append(row)
        return None

    def _names(self, file: EvidenceFile, folded: Row) -> list[_Name]:
        """What names the object, in every way there is, the best first."""
        machine = file.name.place.host if self._is_local else ""
        values = [tuple(str(canonical(folded.get(column))) for column in columns) for columns in self._identities]
        return [_Name(machine, level, each) for level, each in enumerate(values) if any(each)]

    def _same(self, file: EvidenceFile, names: list[_Name]) -> _Name | None:
        """The name of the same object in another file. Two that have an Identity are told apart by it alone."""
        for name in names:
            place = self._places.get(name)
            if place and place.file is not file and name.level == max(place.level, names[0].level):
                return name
        return None

    def _is_new(self, file: EvidenceFile, folded: Row) -> bool:
        return self._nameless.setdefault(repr(canonical(folded)), file) is file

    def _merge(self, place: _Place, file: EvidenceFile, row: Row, folded: Row, name: _Name) -> NoAnswer | None:
        there = self.rows[place.row]
        for key, value in there.items():
            plain = key.casefold()
            if plain in self._read and plain in folded and canonical(value) != canonical(folded[plain]):
                named = shown(" ".join(name.values))
                detail = f"{place.file.shown} and {file.shown} contradict each other on {key} of {named}"
                return NoAnswer(reason=Reason.MALFORMED, code="contradiction", detail=detail)
        had = {key.casefold() for key in there}
        lacking = {key: value for key, value in row.items() if key.casefold() not in had}
        if lacking:
            self.rows[place.row] = there | lacking
        return None


def canonical(value: Json) -> Json:
    """A value in one of all the forms that files give it: text without case for scalars, objects by what they say.

    Empty text, an empty list and null are alike, and so are one element and a list of it; lists have no order.
    """
    if isinstance(value, dict):
        if isinstance(value.get("@text"), str):
            return value["@text"].strip().casefold()
        folded = {name.casefold(): canonical(each) for name, each in value.items() if not name.startswith("@")}
        return dict(sorted(folded.items()))
    if isinstance(value, list | tuple):
        found = sorted((canonical(each) for each in value), key=repr)
        return found[0] if len(found) == 1 else found or ""
    return "" if value is None else str(value).strip().casefold()
