"""Tells which evidence files, and which of their rows, are about one question to a cmdlet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType

from checker.model.answers import Json
from checker.model.probes import CmdletProbe
from checker.probers.evidence_files.known_files import LABELLED_WITH, LABELS
from checker.probers.evidence_files.reading import Row
from checker.probers.evidence_files.shelf import EvidenceFile


def _plain(text: str) -> str:
    return text.strip().casefold()


def _host(text: str) -> str:
    return _plain(text).rstrip(".")


def _address(text: str) -> str:
    return _plain(text).rstrip("/")


def _sip(text: str) -> str:
    return _plain(text).removeprefix("sip:")


_HIVES = {"hklm:": "hkey_local_machine", "hkcu:": "hkey_current_user"}


def _registry_path(text: str) -> str:
    """``HKLM:\\x``, ``HKEY_LOCAL_MACHINE\\x`` and ``...\\Registry::HKEY_LOCAL_MACHINE\\x`` alike."""
    hive, _, path = _plain(text).rpartition("::")[2].strip("\\").partition("\\")
    return f"{_HIVES.get(hive, hive)}\\{path}"


def _store(text: str) -> str:
    """``root``, of ``Cert:\\LocalMachine\\Root`` or of what PSParentPath says."""
    return _plain(text).rstrip("\\").rpartition("\\")[2]


def _role(text: str) -> str:
    """``edgeserver``, of ``EdgeServer:edge.contoso.com``."""
    return _plain(text).partition(":")[0]


@dataclass(frozen=True, slots=True)
class _Key:
    """A parameter that tells two questions apart, and the properties in which a row repeats it, any of them.

    ``lenient``: a row without them may be meant all the same. ``labelled``: the file's label may say it for all rows.
    """

    parameter: str
    columns: tuple[str, ...]
    same: Callable[[str], str]
    lenient: bool = False
    labelled: bool = False


# Parameters that are not here, such as -LocalStore or -ListAvailable, tell no two questions apart.
_KEYS: Mapping[str, tuple[_Key, ...]] = MappingProxyType(
    {
        # With -Filter * it lists all, and no two questions are told apart by it; any other only a label answers.
        "Get-ADUser": (_Key("Filter", (), _plain, labelled=True),),
        "Get-ChildItem": (_Key("Path", ("PSParentPath",), _store, lenient=True, labelled=True),),
        "Get-CsService": (_Key("EdgeServer", ("Identity",), _role, lenient=True),),
        "Get-CsUser": (_Key("Identity", ("Identity", "SipAddress", "UserPrincipalName", "SamAccountName"), _sip),),
        "Get-ItemProperty": (_Key("Path", ("Path",), _registry_path), _Key("Name", ("Name",), _plain)),
        "Get-MgDomainServiceConfigurationRecord": (_Key("DomainId", (), _host, labelled=True),),  # no row repeats it
        "Get-Module": (_Key("Name", ("Name",), _plain, lenient=True, labelled=True),),
        "Invoke-WebRequest": (_Key("Uri", ("Uri",), _address),),
        "Test-NetConnection": (_Key("ComputerName", ("ComputerName",), _host), _Key("Port", ("RemotePort",), _plain)),
    }
)

# With one of these the cmdlet lists other objects, so that the file answers no question without it.
_OTHER_LISTS = {"Get-CsUser": ("OnOfficeCommunicationServer", "UnAssignedUser")}

_ALL = "*"

_LISTS = frozenset({"Get-ChildItem", "Get-CsService", "Get-MgDomainServiceConfigurationRecord", "Get-Module"})


class About(Enum):
    """What a file has to do with a question, before its rows are looked at."""

    ANOTHER = "another"  # its manifest or its label says that it was asked for something else
    THIS = "this"  # they say that it was asked for this
    ROWS = "rows"  # its rows have to say it


class Question:
    """One question to a cmdlet, as files are compared with it.

    ``is_narrow``: it asks for some of the objects only. ``is_list``: there may be any number of them, or none.
    """

    def __init__(self, probe: CmdletProbe) -> None:
        self._asked = asked = {name.casefold(): value for name, value in probe.parameters}
        self._cmdlet = probe.cmdlet
        # A switch has no value: what it asks for is in its name.
        self._keys = tuple(
            (key, key.same(asked[key.parameter.casefold()] or key.parameter))
            for key in _KEYS.get(probe.cmdlet, ())
            if key.parameter.casefold() in asked and asked[key.parameter.casefold()] != _ALL
        )
        self.is_narrow = bool(self._keys)
        self.is_list = probe.cmdlet in _LISTS
        self.columns = frozenset(column.casefold() for key, _ in self._keys for column in key.columns)

    def __str__(self) -> str:
        return ", ".join(f"{key.parameter} {wanted}" for key, wanted in self._keys)

    def about(self, file: EvidenceFile) -> About:
        label = file.name.label
        documented = {each.casefold() for each in LABELS.get(self._cmdlet, ())}
        is_telling = label in documented or bool(label and self._cmdlet in LABELLED_WITH)
        settled = 0
        for key, wanted in self._keys:
            value = file.told(key.parameter)
            if value not in (None, False, _ALL):
                if _said(key, value, key.parameter) != wanted:
                    return About.ANOTHER
                settled += 1
            elif key.labelled and key.same(label) == wanted:
                settled += 1
            elif key.labelled and is_telling:
                return About.ANOTHER
        for parameter in _OTHER_LISTS.get(self._cmdlet, ()):
            if file.told(parameter) not in (None, False) and parameter.casefold() not in self._asked:
                return About.ANOTHER
        if not self._keys and label == "accounts":
            return About.ANOTHER  # of the account forest, not of the one that holds the users
        return About.THIS if self._keys and settled == len(self._keys) else About.ROWS

    def selected(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(row for row in rows if all(_fits(row, key, wanted) for key, wanted in self._keys))

    def uncontradicted(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """Those that do not say themselves that they are about something else."""
        return tuple(row for row in rows if all(_fits(row, replace(key, lenient=True), w) for key, w in self._keys))

    def absence_says_none(self, rows: tuple[Row, ...], is_all: bool) -> bool:
        """Whether rows, none of which fits, prove that there is none; else nobody may have asked."""
        if not is_all:
            return False
        match self._cmdlet:
            case "Get-CsUser":
                return True
            case "Get-CsService":  # of one role alone, the others may have been left out by a switch
                services = [each for row in rows for each in _texts(row, ("Identity",))]
                are_services = len(services) == len(rows) and all(":" in each for each in services)
                return not rows or (are_services and len(set(map(_role, services))) > 1)
            case "Get-Module" | "Get-ChildItem":
                return not rows  # a list with others in it may be of those that are loaded, or of another store
            case _:
                return False


def _fits(row: Row, key: _Key, wanted: str) -> bool:
    said = _texts(row, key.columns)
    return wanted in map(key.same, said) if said else key.lenient


def _texts(row: Row, columns: tuple[str, ...]) -> list[str]:
    wanted = {column.casefold() for column in columns}
    found = (_text(value) for name, value in row.items() if name.casefold() in wanted)
    return [text for text in found if text]


def _text(value: Json) -> str:
    if isinstance(value, dict):
        value = value.get("@text")
    return "" if value is None or isinstance(value, list | dict) else str(value)


def _said(key: _Key, value: Json, parameter: str) -> str:
    text = _text(value)
    return key.same(parameter if value is True or text.casefold() in ("", "true") else text)
