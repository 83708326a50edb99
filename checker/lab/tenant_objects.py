"""What the tenant says, as the objects of the PowerShell modules rather than as JSON of the REST interfaces."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from checker.lab.deployment import Deployment, Replies, Tenant
from checker.lab.management_objects import rows, thing
from checker.lab.naming import DOMAINS, TENANT_ID
from checker.lab.powershell_objects import Cmdlet, CmdletReply, ErrorReply, Thing, Value

# Type names: New-CsEdgeAllowList, New-CsEdgeAllowAllKnownDomains, New-CsEdgeDomainPattern (Microsoft Learn).
_EDGE_SETTINGS = "WritableConfig.Settings.Edge"


def replies(deployment: Deployment) -> Replies:
    """Of the tenant's cmdlets in the MicrosoftTeams module."""
    tenant = deployment.tenant
    return {
        "Get-CsTenantFederationConfiguration": _federation_configuration(tenant),
        "Get-CsOnlineSipDomain": _sip_domains(tenant),
        "Get-CsTenant": rows(_tenant(deployment)),
        "Get-CsExternalAccessPolicy": rows(thing("Policy.ExternalAccessPolicy", **tenant.external_access)),
        "Get-CsOnlineUser": custom_objects(account.as_online_user() for account in tenant.users),
        **tenant.cmdlets,
    }


def teams_module(deployment: Deployment, tokens: list[str]) -> dict[str, Cmdlet]:
    """The module, to be signed in to with the tokens for Graph and for the configuration interface, in this order."""

    def connect(parameters: Mapping[str, object]) -> CmdletReply:
        if parameters.get("AccessTokens") == tokens:
            return CmdletReply()
        return CmdletReply(
            error=ErrorReply(
                "Unauthorized: the access token is not valid.",
                "AuthenticationError",
                "Connect-MicrosoftTeams,Microsoft.TeamsCmdlets.Powershell.Connect.ConnectMicrosoftTeams",
                terminating=True,
            )
        )

    refused = CmdletReply(
        error=ErrorReply("Access Denied.", "PermissionDenied", "Forbidden,Microsoft.Teams.Config", terminating=False)
    )
    said = replies(deployment)
    return {
        "Connect-MicrosoftTeams": connect,
        **(dict.fromkeys(said, refused) if deployment.tenant.refuses else said),
    }


def custom_objects(resources: Iterable[Mapping[str, Any]]) -> CmdletReply:
    return rows(*map(custom_object, resources))


def custom_object(resource: Mapping[str, Any]) -> Thing:
    """A resource of the REST interfaces: the modules begin names with a capital, and have times as such."""
    properties = {f"{name[0].upper()}{name[1:]}": _value(name, value) for name, value in resource.items()}
    return Thing(("System.Management.Automation.PSCustomObject", "System.Object"), properties)


def _federation_configuration(tenant: Tenant) -> CmdletReply:
    said = dict(tenant.federation)
    listed = said["AllowedDomains"].get("AllowedDomain")
    said["AllowedDomains"] = (
        thing(f"{_EDGE_SETTINGS}.AllowAllKnownDomains")
        if listed is None
        else thing(f"{_EDGE_SETTINGS}.AllowList", AllowedDomain=list(map(_pattern, listed)))
    )
    said["BlockedDomains"] = list(map(_pattern, said["BlockedDomains"]))
    return rows(thing(f"{_EDGE_SETTINGS}.TenantFederationSettings", **said))


def _sip_domains(tenant: Tenant) -> CmdletReply:
    names = dict.fromkeys((*DOMAINS, *tenant.online_domains))
    return custom_objects(
        {"Name": name, "Status": "Enabled" if name in tenant.online_domains else "Disabled"} for name in names
    )


def _tenant(deployment: Deployment) -> Thing:
    """A few of the properties of Get-CsTenant, MicrosoftTeams module 3.0 and later."""
    tenant = deployment.tenant
    domains = [
        thing("TenantVerifiedDomain", text=name, Name=name, Status="Enabled") for name in tenant.verified_domains
    ]
    return thing(
        "TenantObject",
        TenantId=TENANT_ID,
        DisplayName="Contoso",
        DirSyncEnabled=tenant.is_synced,
        LastSyncTimeStamp=deployment.moment - timedelta(minutes=20) if tenant.is_synced else None,
        SipDomain=list(DOMAINS),
        VerifiedDomains=domains,
        ServiceInstance=f"MicrosoftCommunicationsOnline/{deployment.cloud.region}-4A-S7",
    )


def _value(name: str, value: Any) -> Value:
    if isinstance(value, Mapping):
        return custom_object(value)
    if isinstance(value, list | tuple):
        return [_value(name, each) for each in value]
    found: Value = datetime.fromisoformat(value) if name.endswith("DateTime") and value else value
    return found


def _pattern(listed: Mapping[str, str]) -> Thing:
    domain = listed["Domain"]
    return thing(f"{_EDGE_SETTINGS}.DomainPattern", text=f"Domain={domain}", Domain=domain)
