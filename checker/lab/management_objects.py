"""Objects as the cmdlets of the deployment return them, sound unless told otherwise."""

from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from checker.lab.naming import POOL, WEB_CONFERENCING, WORLDWIDE, Cloud
from checker.lab.powershell_objects import CmdletReply, Enumeration, Thing

_MANAGEMENT = "Microsoft.Rtc.Management"


def thing(kind: str, text: str = "", **properties: Any) -> Thing:
    """An object as the management shell returns it; ``kind`` is what follows Microsoft.Rtc.Management."""
    return Thing((f"{_MANAGEMENT}.{kind}", "System.Object"), MappingProxyType(properties), text)


def rows(*things: Thing) -> CmdletReply:
    return CmdletReply(things)


def hosting_provider(name: str = "Office365", cloud: Cloud = WORLDWIDE, **changes: Any) -> Thing:
    sound: dict[str, Any] = {
        "Identity": name,
        "Name": name,
        "ProxyFqdn": cloud.sipfed,
        "VerificationLevel": Enumeration(
            f"{_MANAGEMENT}.WritableConfig.Settings.Edge.VerificationLevelType", "UseSourceVerification", 1
        ),
        "Enabled": True,
        "EnabledSharedAddressSpace": True,
        "HostsOCSUsers": True,
        "IsLocal": False,
        "AutodiscoverUrl": cloud.root,
    }
    return thing("WritableConfig.Settings.Edge.DisplayHostingProvider", **(sound | changes))


def exchange_um_provider() -> Thing:
    """What a deployment with hosted voicemail has beside it, and what must not be mistaken for the provider."""
    return hosting_provider(
        "Exchange Online",
        ProxyFqdn="exap.um.outlook.com",
        EnabledSharedAddressSpace=False,
        HostsOCSUsers=False,
        AutodiscoverUrl="",
    )


def access_edge(**changes: Any) -> Thing:
    sound: dict[str, Any] = {
        "Identity": "Global",
        "AllowOutsideUsers": True,
        "AllowFederatedUsers": True,
        "AllowAnonymousUsers": True,
        "EnablePartnerDiscovery": True,
        "DiscoveredPartnerVerificationLevel": "UseSourceVerification",
        "RoutingMethod": "UseDnsSrvRouting",
    }
    return thing("WritableConfig.Settings.Edge.DisplayAccessEdgeSettingsDnsSrvRouting", **(sound | changes))


def default_route_access_edge() -> Thing:
    return thing(
        "WritableConfig.Settings.Edge.DisplayAccessEdgeSettingsDefaultRoute",
        Identity="Global",
        AllowOutsideUsers=True,
        AllowFederatedUsers=True,
        AllowAnonymousUsers=True,
        DefaultRouteFqdn="clearinghouse.example.net",
        VerificationLevel="AlwaysVerifiable",
        IsPublicProvider=False,
        RoutingMethod="UseDefaultRouting",
    )


def pool(fqdn: str, service: str, *computers: str) -> Thing:
    return thing(
        "Deploy.Internal.Cluster",
        text=fqdn,
        Identity=fqdn,
        Fqdn=fqdn,
        Computers=list(computers),
        Services=[f"{service}:{fqdn}"],
        Site="Site:Redmond",
    )


def edge_service(fqdn: str, external: str = "sip.contoso.com", port: int | None = 5061) -> Thing:
    return thing(
        "Xds.DisplayEdgeServer",
        Identity=f"EdgeServer:{fqdn}",
        PoolFqdn=fqdn,
        Registrar=f"Registrar:{POOL}",
        AccessEdgeInternalSipPort=5061,
        AccessEdgeExternalSipPort=port,
        AccessEdgeClientSipPort=443,
        AccessEdgeExternalFqdn=external,
        DataEdgeExternalFqdn=WEB_CONFERENCING,
        AVEdgeExternalFqdn="av.contoso.com",
        Role="EdgeServer",
        SiteId="Site:Redmond",
    )


def on_premises_user(name: str, domain: str, **changes: Any) -> Thing:
    sound: dict[str, Any] = {
        "Identity": f"CN={name},OU=Staff,DC=contoso,DC=com",
        "SipAddress": f"sip:{name}@{domain}",
        "UserPrincipalName": f"{name}@{domain}",
        "SamAccountName": name,
        "Enabled": True,
        "HostingProvider": "SRV:",
        "RegistrarPool": POOL,
        "EnterpriseVoiceEnabled": False,
        "LineURI": "",
        "HostedVoiceMail": False,
        "ExUmEnabled": False,
        "ConferencingPolicy": None,
        "ExternalAccessPolicy": None,
        "HostedVoicemailPolicy": None,
        "DialPlan": None,
        "VoicePolicy": None,
        "UserServicesPolicy": None,
    }
    return thing("ADConnect.Schema.ADUser", **(sound | changes))


def directory_account(name: str, domain: str, **changes: Any) -> Thing:
    """Get-ADUser with the attributes that are asked for; what is not set is not there."""
    sound: dict[str, Any] = {
        "DistinguishedName": f"CN={name},OU=Staff,DC=contoso,DC=com",
        "ObjectClass": "user",
        "UserPrincipalName": f"{name}@{domain}",
        "SamAccountName": name,
        "SID": f"S-1-5-21-1004336348-1177238915-682003330-{1000 + len(name)}",
        "Enabled": True,
        "adminCount": 0,
        "whenChanged": datetime(2026, 1, 15, 9, 30, tzinfo=UTC),
        "proxyAddresses": [f"SMTP:{name}@{domain}", f"sip:{name}@{domain}"],
        "msRTCSIP-PrimaryUserAddress": f"sip:{name}@{domain}",
        "msRTCSIP-DeploymentLocator": "SRV:",
        "msExchRecipientTypeDetails": 2147483648,  # RemoteUserMailbox: its mailbox is in Exchange Online
    }
    kept = {key: value for key, value in (sound | changes).items() if value is not None}
    return Thing(("Microsoft.ActiveDirectory.Management.ADUser", "System.Object"), kept, str(kept["DistinguishedName"]))


def policy(cmdlet_type: str, identity: str = "Global", **properties: Any) -> Thing:
    """``cmdlet_type``: the last part of the policy's type name."""
    return thing(f"WritableConfig.Policy.{cmdlet_type}", Identity=identity, **properties)


def replicas(moment: datetime, *fqdns: str, **changes: Any) -> CmdletReply:
    """Get-CsManagementStoreReplicationStatus."""
    return rows(
        *(
            thing(
                "Xds.ReplicaState",
                **{
                    "ReplicaFqdn": fqdn,
                    "UpToDate": True,
                    "LastStatusReport": moment - timedelta(minutes=10),
                    "LastUpdateCreation": moment - timedelta(hours=5),
                    "ProductVersion": "7.0.2046.0",
                    **changes,
                },
            )
            for fqdn in fqdns
        )
    )
