"""The MicrosoftTeams modules that the shell of Move-CsUser would find on the machine that runs the move."""

import re
from dataclasses import dataclass

from checker.model.answers import Objects
from checker.model.probes import CmdletProbe, Vantage
from checker.model.undecided import Unreadable
from checker.readings import rows

TEAMS_MODULES = CmdletProbe(
    vantage=Vantage.WORKSTATION,
    cmdlet="Get-Module",
    parameters=(("Name", "MicrosoftTeams"), ("ListAvailable", "")),
    properties=("Name", "Version", "ModuleBase", "Path"),
)

# Where PowerShell 6 and later keep modules (about_PSModulePath, Microsoft Learn); Windows PowerShell 5.1, which hosts
# the on-premises module, does not look there.
_ANOTHER_EDITION = re.compile(r"[\\/](?:documents|program files)[\\/]powershell[\\/]", re.IGNORECASE)
_VERSION = re.compile(r"(\d+(?:\.\d+){1,3})(?:-([0-9A-Za-z.-]+))?")


@dataclass(frozen=True, slots=True, order=True)
class ModuleVersion:
    """Sorts as versions do: a preview before its release."""

    numbers: tuple[int, ...]
    released: bool
    preview: str = ""

    @property
    def major_minor(self) -> tuple[int, int]:
        return self.numbers[0], self.numbers[1]

    def __str__(self) -> str:
        return ".".join(map(str, self.numbers)) + (f"-{self.preview}" if self.preview else "")


def module_versions(answer: Objects) -> tuple[ModuleVersion, ...]:
    """Highest first, which is the one that loads; empty when Windows PowerShell would find none.

    Raises ``Undecided`` for a version that is none, and for a part of the list.
    """
    return tuple(
        sorted((_version(row) for row in rows.all_of(answer, TEAMS_MODULES.cmdlet) if _is_found(row)), reverse=True)
    )


def _is_found(row: rows.Row) -> bool:
    if rows.has(row, "Name") and rows.text(row, "Name").casefold() != "microsoftteams":
        return False
    return not (rows.has(row, "ModuleBase") and _ANOTHER_EDITION.search(rows.text(row, "ModuleBase")))


def _version(row: rows.Row) -> ModuleVersion:
    text = rows.version(row, "Version")
    found = _VERSION.fullmatch(text)
    if not found:
        raise Unreadable(f"{text!r} is no version of a module")
    numbers = tuple(int(part) for part in found[1].split("."))
    preview = found[2] or ""
    return ModuleVersion(numbers + (0,) * (3 - len(numbers)), not preview, preview)
