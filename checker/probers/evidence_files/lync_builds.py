"""The build of a Lync 2013 server, which has no Get-CsServerPatchVersion: out of the registry's list of programs."""

from collections import defaultdict

from checker.model.undecided import Unreadable
from checker.probers.evidence_files.reading import Row
from checker.readings import rows

_CORE = "Core Components"


def patch_versions(registry: tuple[Row, ...]) -> tuple[Row, ...]:
    """Rows as of Get-CsServerPatchVersion, from those of Get-ItemProperty ({Path, Name, Value}).

    A program that does not say its DisplayName is taken for the Core Components, whose build the file is there for;
    raises ``Unreadable`` where two do not, and for a file without a DisplayVersion.
    """
    programs: dict[str, dict[str, str]] = defaultdict(dict)
    for row in registry:
        programs[rows.text(row, "Path").casefold()][rows.text(row, "Name").casefold()] = rows.text(row, "Value")
    found = [program for program in programs.values() if program.get("displayversion")]
    if not found:
        raise Unreadable("no row of it is a DisplayVersion")
    if sum(not program.get("displayname") for program in found) > 1:
        raise Unreadable("it does not say which of several programs is the Core Components")
    return tuple(
        {"ComponentName": program.get("displayname") or _CORE, "Version": program["displayversion"]}
        for program in found
    )
