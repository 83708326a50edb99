"""One user's account in the tenant, as Microsoft Graph and as Get-CsOnlineUser show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

# service plan ids as the lab's own tenant numbers them; only their names mean something
SERVICE_PLANS = MappingProxyType(
    {
        "TEAMS1": "11111111-1111-4111-8111-111111111111",
        "MCOSTANDARD": "22222222-2222-4222-8222-222222222222",
        "MCOEV": "33333333-3333-4333-8333-333333333333",
        "MCOMEETADV": "44444444-4444-4444-8444-444444444444",
    }
)
# The names that Get-CsOnlineUser has for the same plans: Batch Move to Teams (Microsoft, GitHub), read 2026-11-22.
_CAPABILITIES = {"TEAMS1": "Teams", "MCOSTANDARD": "MCOProfessional", "MCOEV": "MCOEV", "MCOMEETADV": "MCOMEETADD"}
FULL = ("TEAMS1", "MCOSTANDARD", "MCOMEETADV")
_ASSIGNED = "2026-01-15T09:30:00Z"


@dataclass(frozen=True, kw_only=True)
class CloudAccount:
    """``graph`` and ``online`` are what the two interfaces show otherwise than of a sound, synchronised user."""

    name: str
    domain: str
    plans: tuple[str, ...] = FULL
    graph: Mapping[str, Any] = field(default_factory=dict)
    online: Mapping[str, Any] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"{self.name}@{self.domain}"

    def in_graph(self) -> dict[str, Any]:
        """https://learn.microsoft.com/graph/api/resources/user: plans by id, not by name."""
        return {
            "userPrincipalName": self.address,
            "onPremisesSyncEnabled": True,
            "accountEnabled": True,
            "usageLocation": "US",
            "proxyAddresses": [f"SMTP:{self.address}", f"sip:{self.address}"],
            "imAddresses": [self.address],
            "onPremisesProvisioningErrors": [],
            "serviceProvisioningErrors": [],
            "assignedPlans": [
                {
                    "assignedDateTime": _ASSIGNED,
                    "capabilityStatus": "Enabled",
                    "service": "TeamspaceAPI" if plan.startswith("TEAMS") else "MicrosoftCommunicationsOnline",
                    "servicePlanId": SERVICE_PLANS[plan],
                }
                for plan in self.plans
            ],
            **self.graph,
        }

    def as_online_user(self) -> dict[str, Any]:
        """Get-CsOnlineUser, MicrosoftTeams module 3.0 and later."""
        return {
            "Identity": self.address,
            "UserPrincipalName": self.address,
            "SipAddress": f"sip:{self.address}",
            "OnPremSipAddress": f"sip:{self.address}",
            "OnPremHostingProvider": "SRV:",
            "HostingProvider": "SRV:",
            "UserDirSyncEnabled": True,
            "UserValidationErrors": [],
            "InterpretedUserType": "HybridOnpremSfBUserWithTeamsLicense",
            "IsSipEnabled": True,
            "AccountType": "SfBOnPremUser",
            "AssignedPlan": [
                {"Capability": _CAPABILITIES[plan], "CapabilityStatus": "Enabled", "AssignedTimestamp": _ASSIGNED}
                for plan in self.plans
            ],
            "FeatureTypes": ["Teams"],
            "ShadowProxyAddresses": [f"SMTP:{self.address}", f"sip:{self.address}"],
            "SoftDeletionTimestamp": None,
            "TeamsUpgradeEffectiveMode": "SfBOnly",
            "TeamsUpgradePolicy": None,
            "ExternalAccessPolicy": None,
            **self.online,
        }
