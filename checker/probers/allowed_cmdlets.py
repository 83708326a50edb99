"""The list of all cmdlets that csready can send, with their parameters: what is not in it cannot leave the program."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from checker.model.probes import CmdletProbe, Vantage


class Kind(Enum):
    """What a parameter takes. A switch takes nothing: it is sent without a value."""

    TEXT = "text"
    NUMBER = "number"
    SWITCH = "switch"


Argument = tuple[str, str | int | None]
Parameters = Mapping[str, Kind]

IDENTITY = {"Identity": Kind.TEXT}
LOCAL_STORE = {"LocalStore": Kind.SWITCH}

# Every one of them reads. A verb pattern would not do: Get-CsUser reads, Get-Credential asks a person.
ALLOWED: Mapping[Vantage, Mapping[str, Parameters]] = MappingProxyType(
    {
        Vantage.ONPREM: {
            "Get-CsAccessEdgeConfiguration": {},
            "Get-CsAllowedDomain": IDENTITY,
            "Get-CsBlockedDomain": IDENTITY,
            "Get-CsHostingProvider": IDENTITY,
            "Get-CsPool": IDENTITY,
            "Get-CsPublicProvider": IDENTITY,
            "Get-CsServerPatchVersion": {},
            "Get-CsService": {"EdgeServer": Kind.SWITCH},
            "Get-CsSipDomain": IDENTITY,
            "Get-CsUser": {"Identity": Kind.TEXT, "Filter": Kind.TEXT, "ResultSize": Kind.NUMBER},
        },
        Vantage.EDGE: {
            "Get-CsAccessEdgeConfiguration": LOCAL_STORE,
            "Get-CsHostingProvider": LOCAL_STORE,
            "Get-CsServerPatchVersion": {},
            "Resolve-DnsName": {"Name": Kind.TEXT, "Type": Kind.TEXT, "DnsOnly": Kind.SWITCH},
            "Test-NetConnection": {"ComputerName": Kind.TEXT, "Port": Kind.NUMBER},
        },
        Vantage.WORKSTATION: {
            "Get-CsServerPatchVersion": {},
            "Get-Module": {"Name": Kind.TEXT, "ListAvailable": Kind.SWITCH},
        },
    }
)


# What a check may ask of a machine and this version cannot ask live: the answer has to come with the evidence.
NOT_LIVE = frozenset({(Vantage.WORKSTATION, "Invoke-WebRequest")})


class NotAllowed(Exception):
    """Somebody asked for what is not in the list: a bug of the check that built the probe. Nothing was sent."""


@dataclass(frozen=True)
class AllowedCommand:
    """A cmdlet with arguments that may be sent; one that may not cannot be built (raises :class:`NotAllowed`)."""

    vantage: Vantage
    cmdlet: str
    arguments: tuple[Argument, ...] = ()

    def __post_init__(self) -> None:
        allowed = _parameters(self.vantage, self.cmdlet)
        for name, value in self.arguments:
            if name not in allowed or not _fits(allowed[name], value):
                raise NotAllowed(f"{self.cmdlet} -{name} is not in the list for {self.vantage.value}")

    def __str__(self) -> str:
        shown = (f"-{name}" if value is None else f"-{name} {value}" for name, value in self.arguments)
        return " ".join([self.cmdlet, *shown])


def allowed_command(probe: CmdletProbe) -> AllowedCommand:
    """The probe's cmdlet, its values turned into what the parameters take. Raises :class:`NotAllowed`."""
    allowed = _parameters(probe.vantage, probe.cmdlet)
    arguments = tuple((name, _typed(allowed.get(name), value)) for name, value in probe.parameters)
    return AllowedCommand(probe.vantage, probe.cmdlet, arguments)


def role_needed(cmdlet: str) -> str:
    """The smallest right that the documentation names for running ``cmdlet``, as "needs" of a refusal say it."""
    if "-Cs" in cmdlet:
        # CsViewOnlyAdministrator is documented as view-only over users and servers; no page lists its cmdlets.
        return f"CsViewOnlyAdministrator, or a role for which Get-CsAdminRole lists {cmdlet}"
    return f"an account that may use PowerShell remoting there (Remote Management Users) and run {cmdlet}"


def _parameters(vantage: Vantage, cmdlet: str) -> Parameters:
    try:
        return ALLOWED[vantage][cmdlet]
    except KeyError as exc:
        raise NotAllowed(f"{cmdlet} is not in the list for {vantage.value}") from exc


def _typed(kind: Kind | None, value: str) -> str | int | None:
    if kind is Kind.NUMBER and value.isascii() and value.isdigit():
        return int(value)
    return value or None


def _fits(kind: Kind, value: str | int | None) -> bool:
    match kind:
        case Kind.SWITCH:
            return value is None
        case Kind.NUMBER:
            return isinstance(value, int)
        case Kind.TEXT:
            return isinstance(value, str)
