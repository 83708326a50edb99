"""What the registry of a Windows machine says of TLS: Schannel's protocols, and what .NET does with them.

The registry values are those of On Premise Diagnostic and of Move-CsUser's page (read 2026-11-22). A value that was
looked for and is not set is answered with null; one that nobody looked for has no answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checker.model.answers import Objects
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, CmdletProbe, Vantage
from checker.model.undecided import Unreadable
from checker.readings import rows

SCHANNEL = r"HKLM:\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL"
DOTNET = {
    ".NET": r"HKLM:\SOFTWARE\Microsoft\.NETFramework\v4.0.30319",
    ".NET (32 bit)": r"HKLM:\SOFTWARE\Wow6432Node\Microsoft\.NETFramework\v4.0.30319",
}
_PROTOCOL_VALUES = ("Enabled", "DisabledByDefault")
_DOTNET_VALUES = ("SchUseStrongCrypto", "SystemDefaultTlsVersions")
WINDOWS = r"HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion"

OLD_PROTOCOLS = ("TLS 1.0", "TLS 1.1")

# CurrentBuildNumber of each Windows Server; a client of the same code has the same (low).
SERVER_2012, SERVER_2012_R2, WINDOWS_10, SERVER_2016 = 9200, 9600, 10240, 14393


@dataclass(frozen=True, slots=True)
class Machine:
    """Where the registry is: ``host`` as in probes, empty for the workstation."""

    vantage: Vantage
    host: str = ""

    def value(self, path: str, name: str) -> CmdletProbe:
        return CmdletProbe(
            vantage=self.vantage,
            host=self.host,
            cmdlet="Get-ItemProperty",
            parameters=(("Path", path), ("Name", name)),
            properties=("Path", "Name", "Value"),
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """Values that belong together, each shown as ``Enabled 0``: those that let TLS 1.2 be used, those that forbid it,
    and the names of those that are not set. ``one_will_do``: a single right value has the effect already.
    """

    name: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    unset: tuple[str, ...]
    one_will_do: bool

    @property
    def switch_off(self) -> bool:
        return bool(self.wrong) and not (self.one_will_do and self.right)

    @property
    def contradict(self) -> bool:
        return bool(self.wrong and self.right)

    @property
    def say_nothing(self) -> bool:
        """Windows alone decides: none of them is set."""
        return not self.right and not self.wrong

    def __str__(self) -> str:
        return f"{self.name}: {rows.named((*self.wrong, *self.right, *(f'{each} not set' for each in self.unset)))}"


def number(answer: Objects, name: str) -> int | None:
    """The value of the only row; ``None``: it is not set. A DWORD may come as signed. Raises ``Unreadable``."""
    if len(answer.rows) != 1:
        raise Unreadable(f"{len(answer.rows)} rows say {name}, not one")
    text = rows.text(answer.rows[0], "Value")
    if not text:
        return None
    if not (text.removeprefix("-").isascii() and text.removeprefix("-").isdigit()):
        raise Unreadable(f"{name} is {text!r}, which is no number")
    return int(text)


def windows_build(evidence: Evidence, machine: Machine) -> int:
    """CurrentBuildNumber. Raises ``Undecided`` where it is not known."""
    found = number(evidence.answer(machine.value(WINDOWS, "CurrentBuildNumber")), "CurrentBuildNumber")
    if found is None:
        raise Unreadable("CurrentBuildNumber is not set, so that it is not known which Windows this is")
    return found


def tls12_settings(evidence: Evidence, machine: Machine, sides: Iterable[str]) -> tuple[Settings, ...]:
    """Schannel's for each of ``sides`` (``Client``, ``Server``), then those of .NET in both views of the registry.

    What switches TLS 1.2 off is enough by itself; where nothing does, raises ``Unanswered`` for values that nobody
    looked for.
    """
    groups = [(f"TLS 1.2 {side.lower()}", protocol(machine, "TLS 1.2", side)) for side in sides]
    groups += [(name, _of(machine, path, _DOTNET_VALUES)) for name, path in DOTNET.items()]
    probes = [probe for _, values in groups for probe in values.values()]
    answers = dict(zip(probes, evidence.attempts(*probes), strict=True))
    found: list[Settings] = []
    missing: list[tuple[AnyProbe, NoAnswer]] = []
    for name, values in groups:
        unanswered = [(probe, each) for probe in values.values() if isinstance(each := answers[probe], NoAnswer)]
        missing += unanswered
        if not unanswered:
            found.append(_settings(name, {value: evidence.answer(probe) for value, probe in values.items()}))
    if missing and not any(each.switch_off for each in found):
        raise Unanswered(tuple(missing))
    return tuple(found)


def protocol(machine: Machine, version: str, side: str) -> dict[str, CmdletProbe]:
    """The questions for one protocol of Schannel, by name of the value."""
    return _of(machine, rf"{SCHANNEL}\Protocols\{version}\{side}", _PROTOCOL_VALUES)


def is_switched_on(evidence: Evidence, machine: Machine, version: str, side: str) -> bool:
    """Whether a value of Schannel says so; ``False`` where none is set."""
    values = protocol(machine, version, side)
    answers = zip(values, evidence.answers(*values.values()), strict=True)
    settings = _settings(version, dict(answers))
    return bool(settings.right) and not settings.wrong


def _of(machine: Machine, path: str, names: Iterable[str]) -> dict[str, CmdletProbe]:
    return {name: machine.value(path, name) for name in names}


def _settings(name: str, answers: Mapping[str, Objects]) -> Settings:
    right: list[str] = []
    wrong: list[str] = []
    unset: list[str] = []
    for value, answer in answers.items():
        found = number(answer, value)
        if found is None:
            unset.append(value)
        else:
            (right if _is_right(value, found) else wrong).append(f"{value} {found}")
    return Settings(name, tuple(right), tuple(wrong), tuple(unset), one_will_do=name in DOTNET)


def _is_right(value: str, found: int) -> bool:
    match value:
        case "Enabled":
            return found != 0  # 1, or all bits
        case "DisabledByDefault":
            return found == 0
        case _:
            return found == 1
