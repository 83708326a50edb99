"""Where each question about the tenant is answered over REST: host by cloud, path by cmdlet, right by interface."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from types import MappingProxyType
from urllib.parse import quote

from checker.model.axes import Cloud
from checker.model.probes import CmdletProbe
from checker.readings.cloud_names import CLOUD_NAMES
from checker.readings.cloud_users import GRAPH_USERS
from checker.readings.names import is_dns_name, is_host_name


class Interface(Enum):
    """The two REST interfaces; each wants a token of its own audience."""

    CONFIGURATION = "configuration"
    GRAPH = "graph"


# Hosts of the configuration interface as seen in public callers: github.com/cisagov/ScubaGear (its REST branch) and
# github.com/terraprovider/go-msadmin (package teamsapi), read 2026-11-22. For DoD they disagree, so it has none here.
# Graph: https://learn.microsoft.com/graph/deployments, read 2026-11-22.
HOSTS: Mapping[Interface, Mapping[Cloud, str]] = MappingProxyType(
    {
        Interface.CONFIGURATION: {cloud: names.config_api for cloud, names in CLOUD_NAMES.items() if names.config_api},
        Interface.GRAPH: {cloud: names.graph for cloud, names in CLOUD_NAMES.items()},
    }
)

# "Skype and Teams Tenant Admin API": Connect-MicrosoftTeams (Microsoft Learn), example 6, read 2026-11-22
_CONFIGURATION_AUDIENCE = "48ac35b8-9aa8-4d74-927d-1f4a14a0b239"


def scope(interface: Interface, cloud: Cloud) -> str:
    """What a token for ``interface`` is asked for: all that the application was given there."""
    is_graph = interface is Interface.GRAPH
    audience = f"https://{HOSTS[interface][cloud]}" if is_graph else _CONFIGURATION_AUDIENCE
    return f"{audience}/.default"


# https://learn.microsoft.com/microsoftteams/teams-powershell-application-authentication and the settings that
# Microsoft365DSC publishes for its Teams resources (both read 2026-11-23): an application needs both.
LEAST_RIGHT: Mapping[Interface, str] = MappingProxyType(
    {
        Interface.CONFIGURATION: "Global Reader for the account or the application; an application also needs "
        "Organization.Read.All of Microsoft Graph, with an administrator's consent",
        Interface.GRAPH: "Global Reader for the account, or the application permissions User.Read.All, "
        "LicenseAssignment.Read.All, Domain.Read.All and Organization.Read.All, with an administrator's consent",
    }
)


class Shape(Enum):
    """Where the rows are in an answer."""

    OBJECT = auto()
    """It is the one row."""
    ARRAY = auto()
    """It is the list of them."""
    PAGES = auto()
    """In ``value``, continued where ``@odata.nextLink`` points."""


@dataclass(frozen=True)
class Route:
    """``role``: the least right. ``domain``: the parameter whose value, a DNS name, stands in the path where its name
    stands in braces; empty for a question without parameters."""

    interface: Interface
    path: str
    shape: Shape
    role: str
    domain: str = ""


def _graph(path: str, permission: str, domain: str = "") -> Route:
    role = f"Global Reader, or an application with {permission}"
    return Route(Interface.GRAPH, f"/v1.0/{path}", Shape.PAGES, role, domain)


# Graph leaves out of a user what is not asked for; the cmdlet's names are Graph's with a capital letter.
_USER_FIELDS = ",".join(name[0].lower() + name[1:] for name in GRAPH_USERS.properties)

ROUTES: Mapping[str, Route] = MappingProxyType(
    {
        # Undocumented; seen in github.com/cisagov/ScubaGear, silverhack/monkey365 and KelvinTegelaar/CIPP-API.
        "Get-CsTenantFederationConfiguration": Route(
            Interface.CONFIGURATION,
            "/Skype.Policy/configurations/TenantFederationSettings/configuration/Global",
            Shape.OBJECT,
            "Global Reader",
        ),
        "Get-CsExternalAccessPolicy": Route(
            Interface.CONFIGURATION, "/Skype.Policy/configurations/ExternalAccessPolicy", Shape.ARRAY, "Global Reader"
        ),
        # https://learn.microsoft.com/graph/api/user-list: 999 is the largest page
        "Get-MgUser": _graph(f"users?$select={_USER_FIELDS}&$top=999", "User.Read.All"),
        # https://learn.microsoft.com/graph/api/subscribedsku-list
        "Get-MgSubscribedSku": _graph("subscribedSkus", "LicenseAssignment.Read.All"),
        # https://learn.microsoft.com/graph/api/domain-list
        "Get-MgDomain": _graph("domains", "Domain.Read.All"),
        # https://learn.microsoft.com/graph/api/domain-list-serviceconfigurationrecords
        "Get-MgDomainServiceConfigurationRecord": _graph(
            "domains/{DomainId}/serviceConfigurationRecords", "Domain.Read.All", domain="DomainId"
        ),
        # https://learn.microsoft.com/graph/api/organization-list
        "Get-MgOrganization": _graph("organization", "Organization.Read.All"),
    }
)


def route_of(probe: CmdletProbe) -> Route | None:
    """The probe's own route, its path complete. ``None`` where none is known: a question with a parameter is another
    question than the one without, and what is no DNS name names no domain.
    """
    route = ROUTES.get(probe.cmdlet)
    match probe.parameters:
        case () if route and not route.domain:
            return route
        case ((name, domain),) if route and name == route.domain and is_dns_name(domain) and is_host_name(domain):
            return replace(route, path=route.path.replace(f"{{{name}}}", quote(domain, safe="")))
    return None
