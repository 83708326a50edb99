"""Which files an evidence folder may hold: by vantage, the cmdlets whose output some check reads or will read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from checker.model.probes import Vantage
from checker.probers.evidence_files.documents import Kind

RESOLVED = "Resolve-DnsName"
ANSWERS = "answers"  # no cmdlet: a table of DNS answers, which can say NXDOMAIN too

CMDLETS: Mapping[Vantage, tuple[str, ...]] = MappingProxyType(
    {
        Vantage.ONPREM: (
            "Get-ADUser",
            "Get-ChildItem",
            "Get-CsAccessEdgeConfiguration",
            "Get-CsAdUser",
            "Get-CsAllowedDomain",
            "Get-CsBlockedDomain",
            "Get-CsCertificate",
            "Get-CsCommonAreaPhone",
            "Get-CsConferencingPolicy",
            "Get-CsExternalAccessPolicy",
            "Get-CsHostingProvider",
            "Get-CsHybridApplicationEndpoint",
            "Get-CsManagementStoreReplicationStatus",
            "Get-CsMeetingRoom",
            "Get-CsOAuthServer",
            "Get-CsPool",
            "Get-CsPublicProvider",
            "Get-CsServerPatchVersion",
            "Get-CsService",
            "Get-CsSipDomain",
            "Get-CsSite",
            "Get-CsStaticRoutingConfiguration",
            "Get-CsUser",
            "Get-CsUserPoolInfo",
            "Get-CsUserServicesPolicy",
            "Get-Item",
            "Get-ItemProperty",
            "Test-CsFederatedPartner",
            "Test-NetConnection",
        ),
        Vantage.EDGE: (
            "Get-ChildItem",
            "Get-CsAccessEdgeConfiguration",
            "Get-CsCertificate",
            "Get-CsHostingProvider",
            "Get-CsServerPatchVersion",
            "Get-Item",
            "Get-ItemProperty",
            RESOLVED,
            "Test-NetConnection",
            ANSWERS,
        ),
        Vantage.TENANT: (
            "Get-CsExternalAccessPolicy",
            "Get-CsOnlineSipDomain",
            "Get-CsOnlineUser",
            "Get-CsTeamsUpgradePolicy",
            "Get-CsTenant",
            "Get-CsTenantFederationConfiguration",
            "Get-CsTenantMigrationConfiguration",
            "Get-MgDomain",
            "Get-MgDomainServiceConfigurationRecord",
            "Get-MgOrganization",
            "Get-MgSubscribedSku",
            "Get-MgUser",
            "Get-MgUserTransitiveMemberOf",
        ),
        Vantage.WORKSTATION: (
            "Get-CsServerPatchVersion",
            "Get-Item",
            "Get-ItemProperty",
            "Get-Module",
            "Invoke-WebRequest",
            "whoami",
        ),
        Vantage.DNS_EXTERNAL: (RESOLVED, ANSWERS),
        Vantage.DNS_INTERNAL: (RESOLVED, ANSWERS),
        Vantage.DNS_EDGE: (RESOLVED, ANSWERS),
        Vantage.HERE: ("Invoke-WebRequest", "Test-NetConnection"),
        Vantage.OUTSIDE: ("Test-NetConnection",),
    }
)

# What follows ``--`` says nothing, except these: they tell apart what one cmdlet was asked for.
LABELS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Get-ADUser": ("accounts",),
        "Get-ChildItem": ("Root", "My"),
        "Get-Item": ("management",),
        "Get-ItemProperty": ("build", "proxy", "tls"),
        "Get-Module": ("MicrosoftTeams", "SkypeForBusiness", "Lync"),
        "Invoke-WebRequest": ("cloud",),
        "whoami": ("groups",),
    }
)

# And with these the label is the value of a parameter.
LABELLED_WITH: Mapping[str, str] = MappingProxyType({"Get-MgDomainServiceConfigurationRecord": "DomainId"})

# With a label these are some of the objects, unless the manifest says that they are all.
LISTS_OF_USERS = frozenset({"Get-ADUser", "Get-CsAdUser", "Get-CsOnlineUser", "Get-CsUser", "Get-MgUser"})

# There is one object at the least on every system, so that none is a file gone wrong.
NEVER_EMPTY = frozenset(
    {
        "Get-CsAccessEdgeConfiguration",
        "Get-CsConferencingPolicy",
        "Get-CsExternalAccessPolicy",
        "Get-CsPool",
        "Get-CsServerPatchVersion",
        "Get-CsSipDomain",
        "Get-CsTeamsUpgradePolicy",
        "Get-CsTenant",
        "Get-CsTenantFederationConfiguration",
        "Get-CsTenantMigrationConfiguration",
        "Get-CsUserServicesPolicy",
        "Get-MgDomain",
        "Get-MgOrganization",
        "whoami",
    }
)

_PLACE = re.compile(rf"({'|'.join(vantage.value for vantage in Vantage)})(?:--(.+))?", re.IGNORECASE)
_FILE = re.compile(r"(.+?)(?:--(.*))?\.(xml|clixml|json)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """``host`` in lower case without final dot; empty for the only one, or for all."""

    vantage: Vantage
    host: str = ""


@dataclass(frozen=True, slots=True)
class FileName:
    """``label`` is what stands after ``--``, without case; empty where there is none."""

    place: Place
    cmdlet: str
    label: str
    kind: Kind


def parse_place(folder: str) -> Place | None:
    """``None``: the folder is named after no vantage."""
    found = _PLACE.fullmatch(folder)
    return Place(Vantage(found[1].lower()), (found[2] or "").lower().rstrip(".")) if found else None


def parse_file(place: Place, file: str) -> FileName | None:
    """``None``: no check reads such a file."""
    found = _FILE.fullmatch(file)
    if found is None:
        return None
    cmdlet = next((each for each in CMDLETS[place.vantage] if each.casefold() == found[1].casefold()), None)
    if cmdlet is None:
        return None
    kind = Kind.JSON if found[3].lower() == "json" else Kind.CLIXML
    return FileName(place, cmdlet, (found[2] or "").casefold(), kind)
