"""Where each question about the tenant is answered over REST: host by cloud, path by cmdlet, right by interface."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from checker.model.axes import Cloud


class Interface(Enum):
    """The two REST interfaces; each wants a token of its own audience."""

    CONFIGURATION = "configuration"
    GRAPH = "graph"


# Hosts of the configuration interface as seen in public callers: github.com/cisagov/ScubaGear (its REST branch) and
# github.com/terraprovider/go-msadmin (package teamsapi), read 2026-11-22. For DoD they disagree, so it has none here.
# Graph: https://learn.microsoft.com/graph/deployments, read 2026-11-22.
HOSTS: Mapping[Interface, Mapping[Cloud, str]] = MappingProxyType(
    {
        Interface.CONFIGURATION: {
            Cloud.WORLDWIDE: "api.interfaces.records.teams.microsoft.com",
            Cloud.GCC: "api.interfaces.records.teams.microsoft.com",
            Cloud.GCC_HIGH: "api.interfaces.records.gov.teams.microsoft.us",
            Cloud.CHINA: "api.interfaces.records.teams.microsoftonline.cn",
        },
        Interface.GRAPH: {
            Cloud.WORLDWIDE: "graph.microsoft.com",
            Cloud.GCC: "graph.microsoft.com",
            Cloud.GCC_HIGH: "graph.microsoft.us",
            Cloud.DOD: "dod-graph.microsoft.us",
            Cloud.CHINA: "microsoftgraph.chinacloudapi.cn",
        },
    }
)

_USER_FIELDS = (
    "id,userPrincipalName,displayName,accountEnabled,usageLocation,onPremisesSyncEnabled,onPremisesLastSyncDateTime,"
    "onPremisesImmutableId,onPremisesProvisioningErrors,serviceProvisioningErrors,proxyAddresses,imAddresses,"
    "assignedPlans,provisionedPlans"
)


@dataclass(frozen=True)
class Route:
    """``listed``: the rows are in ``value``, continued where ``@odata.nextLink`` points. ``role``: the least right."""

    interface: Interface
    path: str
    listed: bool
    role: str


# By what a probe asks, parameters included: a question with a parameter is another question.
ROUTES: Mapping[str, Route] = MappingProxyType(
    {
        # Undocumented; seen in github.com/cisagov/ScubaGear, silverhack/monkey365 and KelvinTegelaar/CIPP-API.
        "Get-CsTenantFederationConfiguration": Route(
            Interface.CONFIGURATION,
            "/Skype.Policy/configurations/TenantFederationSettings/configuration/Global",
            listed=False,
            role="Global Reader",
        ),
        # https://learn.microsoft.com/graph/api/user-list: 999 is the largest page
        "Get-MgUser": Route(
            Interface.GRAPH,
            f"/v1.0/users?$select={_USER_FIELDS}&$top=999",
            listed=True,
            role="Global Reader, or an application with User.Read.All",
        ),
        # https://learn.microsoft.com/graph/api/subscribedsku-list
        "Get-MgSubscribedSku": Route(
            Interface.GRAPH,
            "/v1.0/subscribedSkus",
            listed=True,
            role="Global Reader, or an application with LicenseAssignment.Read.All",
        ),
    }
)
