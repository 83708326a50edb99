"""The list of all cmdlets that csready can send, with their parameters: what is not in it cannot leave the program."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from checker.model.probes import CmdletProbe, Vantage
from checker.readings.cloud_names import CLOUD_NAMES


class Kind(Enum):
    """What a parameter takes. A switch takes nothing: it is sent without a value."""

    TEXT = "text"
    TEXTS = "texts"
    NUMBER = "number"
    SWITCH = "switch"
    SECRETS = "secrets"


class Secrets:
    """Texts on their way into a pipeline that must be seen nowhere else: it shows how many they are."""

    def __init__(self, *values: str) -> None:
        self.values = values

    def __repr__(self) -> str:
        return f"({len(self.values)} secrets)"


Value = str | tuple[str, ...] | int | Secrets | None
Argument = tuple[str, Value]


@dataclass(frozen=True)
class Takes:
    """``only``: what each text has to match, whole and without case; empty for any text. A cmdlet that is sent without
    what it must have would ask a person for it, or read something else."""

    kind: Kind
    only: str = ""
    required: bool = False


Parameters = Mapping[str, Takes]

_TEXT, _NUMBER, _SWITCH = Takes(Kind.TEXT), Takes(Kind.NUMBER), Takes(Kind.SWITCH)
_NEEDED = Takes(Kind.TEXT, required=True)
_IDENTITY = {"Identity": _TEXT}
_LOCAL_STORE = {"LocalStore": _SWITCH}

_PROPERTY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*[A-Za-z0-9_]|[A-Za-z]")

_SEGMENT = r"\.?[A-Za-z0-9_][A-Za-z0-9 ._-]*"  # of a path: no wildcard, and no way up
_BELOW = rf"(\\{_SEGMENT})*"
_WINDOWS = r"HKLM:\\SOFTWARE\\(Wow6432Node\\)?Microsoft\\Windows\\CurrentVersion"
_REGISTRY = "|".join(
    (
        r"HKLM:\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL" + _BELOW,
        r"HKLM:\\SOFTWARE\\(Wow6432Node\\)?Microsoft\\\.NETFramework" + _BELOW,
        r"HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion",  # nothing below it: Winlogon may hold a password
        rf"{_WINDOWS}\\Internet Settings" + _BELOW,
        r"HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings" + _BELOW,
        rf"{_WINDOWS}\\Uninstall" + _BELOW,
    )
)
_REGISTRY_VALUE = {
    "Path": Takes(Kind.TEXT, _REGISTRY, required=True),
    "Name": Takes(Kind.TEXT, _PROPERTY.pattern, required=True),
}
_CERTIFICATES = {"Path": Takes(Kind.TEXT, r"Cert:\\LocalMachine\\(Root|My)", required=True)}
_MANAGEMENT_MODULE = {
    "Path": Takes(Kind.TEXT, rf"[A-Z]:(\\{_SEGMENT})+\\Microsoft\.Rtc\.Management\.dll", required=True)
}
_RESOLVE = {"Name": _NEEDED, "Type": _NEEDED, "DnsOnly": _SWITCH}
_CONNECT = {"ComputerName": _NEEDED, "Port": Takes(Kind.NUMBER, required=True)}


def _web_hosts() -> str:
    """The hosts of every cloud, and all that lie in the domain of a cloud's webdir host, where its forests are."""
    names = {each for cloud in CLOUD_NAMES.values() for each in (cloud.login, cloud.graph, cloud.config_api) if each}
    domains = {cloud.webdir.partition(".")[2] for cloud in CLOUD_NAMES.values()}
    return "|".join([*map(re.escape, sorted(names)), *(rf"[a-z0-9-]+\.{re.escape(each)}" for each in sorted(domains))])


_GET = {
    "Uri": Takes(Kind.TEXT, rf"https://({_web_hosts()})(/[A-Za-z0-9._~/?=&%:+-]*)?", required=True),
    "UseBasicParsing": _SWITCH,
    "TimeoutSec": _NUMBER,
}

# What a probe may ask. Every one of them reads. A verb pattern would not do: Get-CsUser reads, Get-Credential asks a
# person.
ALLOWED: Mapping[Vantage, Mapping[str, Parameters]] = MappingProxyType(
    {
        Vantage.ONPREM: {
            "Get-ADUser": {"Filter": Takes(Kind.TEXT, r"\*", required=True), "Properties": Takes(Kind.TEXTS)},
            "Get-ChildItem": _CERTIFICATES,
            "Get-CsAccessEdgeConfiguration": {},
            "Get-CsAdUser": {**_IDENTITY, "ResultSize": _NUMBER},
            "Get-CsAllowedDomain": _IDENTITY,
            "Get-CsBlockedDomain": _IDENTITY,
            "Get-CsCertificate": {"Type": _TEXT},
            "Get-CsCommonAreaPhone": _IDENTITY,
            "Get-CsConferencingPolicy": _IDENTITY,
            "Get-CsExternalAccessPolicy": _IDENTITY,
            "Get-CsHostingProvider": _IDENTITY,
            "Get-CsHybridApplicationEndpoint": _IDENTITY,
            "Get-CsManagementStoreReplicationStatus": {},
            "Get-CsMeetingRoom": _IDENTITY,
            "Get-CsOAuthServer": _IDENTITY,
            "Get-CsPool": _IDENTITY,
            "Get-CsPublicProvider": _IDENTITY,
            "Get-CsServerPatchVersion": {},
            "Get-CsService": {"EdgeServer": _SWITCH},
            "Get-CsSipDomain": _IDENTITY,
            "Get-CsSite": _IDENTITY,
            "Get-CsStaticRoutingConfiguration": _IDENTITY,
            "Get-CsUser": {"Identity": _TEXT, "Filter": _TEXT, "ResultSize": _NUMBER},
            "Get-CsUserPoolInfo": {"Identity": _NEEDED},
            "Get-CsUserServicesPolicy": _IDENTITY,
            "Get-Item": _MANAGEMENT_MODULE,
            "Get-ItemProperty": _REGISTRY_VALUE,
            "Resolve-DnsName": _RESOLVE,
            "Test-NetConnection": _CONNECT,
        },
        Vantage.EDGE: {
            "Get-ChildItem": _CERTIFICATES,
            "Get-CsAccessEdgeConfiguration": _LOCAL_STORE,
            "Get-CsCertificate": {"Type": _TEXT},
            "Get-CsHostingProvider": _LOCAL_STORE,
            "Get-CsServerPatchVersion": {},
            "Get-Item": _MANAGEMENT_MODULE,
            "Get-ItemProperty": _REGISTRY_VALUE,
            "Resolve-DnsName": _RESOLVE,
            "Test-NetConnection": _CONNECT,
        },
        Vantage.WORKSTATION: {
            "Get-CsServerPatchVersion": {},
            "Get-Item": _MANAGEMENT_MODULE,
            "Get-ItemProperty": _REGISTRY_VALUE,
            "Get-Module": {
                "Name": Takes(Kind.TEXT, "MicrosoftTeams|SkypeForBusiness|Lync", required=True),
                "ListAvailable": _SWITCH,
            },
            "Invoke-WebRequest": _GET,
            "Resolve-DnsName": _RESOLVE,
            "Test-NetConnection": _CONNECT,
        },
        Vantage.TENANT: {
            "Get-CsExternalAccessPolicy": _IDENTITY,
            "Get-CsOnlineSipDomain": {},
            "Get-CsOnlineUser": {"Identity": _TEXT, "ResultSize": _NUMBER},
            "Get-CsTeamsUpgradePolicy": _IDENTITY,
            "Get-CsTenant": {},
            "Get-CsTenantFederationConfiguration": {},
            "Get-CsTenantMigrationConfiguration": {},
        },
    }
)


# What an Edge has of the Central Management Store, and shows with -LocalStore.
IN_THE_REPLICA = frozenset(name for name, takes in ALLOWED[Vantage.EDGE].items() if "LocalStore" in takes)


def _import(names: str) -> dict[str, Parameters]:
    quiet = Takes(Kind.TEXT, "SilentlyContinue")
    return {"Import-Module": {"Name": Takes(Kind.TEXTS, names, required=True), "ErrorAction": quiet}}


# What may stand before and behind them in a pipeline. No probe can ask for it.
_SELECT: Mapping[str, Parameters] = {
    # A name with its last letter in brackets: a pattern that matches that name alone.
    "Select-Object": {"Property": Takes(Kind.TEXTS, r"[A-Za-z0-9_-]*\[[A-Za-z0-9_]\]", required=True)}
}
AROUND: Mapping[Vantage, Mapping[str, Parameters]] = MappingProxyType(
    {
        Vantage.ONPREM: {**_import("SkypeForBusiness|Lync"), **_SELECT},
        Vantage.EDGE: {**_import("SkypeForBusiness|Lync"), **_SELECT},
        Vantage.WORKSTATION: {**_import("SkypeForBusiness|Lync"), **_SELECT},
        Vantage.TENANT: {
            **_import("MicrosoftTeams"),
            **_SELECT,
            "Connect-MicrosoftTeams": {
                "AccessTokens": Takes(Kind.SECRETS, required=True),
                "TeamsEnvironmentName": Takes(Kind.TEXT, "TeamsGCCH|TeamsDOD|TeamsChina"),
            },
            "Out-Null": {},
        },
    }
)


class NotAllowed(Exception):
    """Somebody asked for what is not in the list: a bug of the check that built the probe. Nothing was sent."""


class ValueNotAllowed(NotAllowed):
    """A value, which may come from what a server said, is none that the parameter may have. Nothing was sent."""


@dataclass(frozen=True)
class AllowedCommand:
    """A cmdlet with arguments that may be sent; one that may not cannot be built (raises :class:`NotAllowed`).

    ``properties``: all that is wanted of its objects; none for whole objects.
    """

    vantage: Vantage
    cmdlet: str
    arguments: tuple[Argument, ...] = ()
    properties: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        allowed = _parameters(self.vantage, self.cmdlet, ALLOWED, AROUND)
        for name, value in self.arguments:
            if name not in allowed or not _fits(allowed[name].kind, value):
                raise NotAllowed(f"{self.cmdlet} -{name} is not in the list for {self.vantage.value}")
            if not _may_be(allowed[name].only, value):
                raise ValueNotAllowed(f"{self.cmdlet} -{name} may not have this value at {self.vantage.value}")
        given = {name for name, _ in self.arguments}
        if missing := [name for name, takes in allowed.items() if takes.required and name not in given]:
            raise NotAllowed(f"{self.cmdlet} is not sent without -{missing[0]}")
        if not all(map(_PROPERTY.fullmatch, self.properties)):
            raise NotAllowed(f"what is wanted of {self.cmdlet} is no name of a property")

    def __str__(self) -> str:
        return " ".join([self.cmdlet, *(f"-{name} {_shown(value)}".rstrip() for name, value in self.arguments)])


def allowed_command(probe: CmdletProbe) -> AllowedCommand:
    """The probe's cmdlet, its values turned into what the parameters take. Raises :class:`NotAllowed`."""
    allowed = _parameters(probe.vantage, probe.cmdlet, ALLOWED)
    arguments = tuple((name, _typed(allowed.get(name), value)) for name, value in probe.parameters)
    return AllowedCommand(probe.vantage, probe.cmdlet, arguments, probe.properties)


def is_whole(probe: CmdletProbe) -> bool:
    """Whether it has what its cmdlet must have; without, it asks for all that files say, and only they can answer."""
    takes = _parameters(probe.vantage, probe.cmdlet, ALLOWED)
    given = {name for name, _ in probe.parameters}
    return all(name in given for name, each in takes.items() if each.required)


def role_needed(cmdlet: str) -> str:
    """The smallest right that the documentation names for running ``cmdlet``, as "needs" of a refusal say it."""
    if "-Cs" in cmdlet:
        # CsViewOnlyAdministrator is documented as view-only over users and servers; no page lists its cmdlets.
        return f"CsViewOnlyAdministrator, or a role for which Get-CsAdminRole lists {cmdlet}"
    return f"an account that may use PowerShell remoting there (Remote Management Users) and run {cmdlet}"


def _parameters(vantage: Vantage, cmdlet: str, *lists: Mapping[Vantage, Mapping[str, Parameters]]) -> Parameters:
    for each in lists:
        if cmdlet in each.get(vantage, ()):
            return each[vantage][cmdlet]
    raise NotAllowed(f"{cmdlet} is not in the list for {vantage.value}")


def _typed(takes: Takes | None, value: str) -> Value:
    if takes and takes.kind is Kind.NUMBER and value.isascii() and value.isdigit():
        return int(value)
    if takes and takes.kind is Kind.TEXTS:
        return tuple(value.split(","))
    return value or None


def _fits(kind: Kind, value: Value) -> bool:
    match kind:
        case Kind.SWITCH:
            return value is None
        case Kind.NUMBER:
            return isinstance(value, int)
        case Kind.TEXT:
            return isinstance(value, str)
        case Kind.TEXTS:
            return isinstance(value, tuple) and all(value)
        case Kind.SECRETS:
            return isinstance(value, Secrets)


def _may_be(only: str, value: Value) -> bool:
    texts = value if isinstance(value, tuple) else (value,)
    return not only or all(re.fullmatch(only, str(text), re.IGNORECASE | re.ASCII) for text in texts)


def _shown(value: Value) -> str:
    return "" if value is None else ", ".join(value) if isinstance(value, tuple) else str(value)
