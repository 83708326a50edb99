"""Objects as the cmdlets of the deployment return them, sound unless told otherwise."""

from types import MappingProxyType
from typing import Any

from checker.lab.naming import POOL, SIPFED, WEBDIR
from checker.lab.powershell_objects import CmdletReply, Enumeration, Thing, Version

_MANAGEMENT = "Microsoft.Rtc.Management"


def thing(kind: str, text: str = "", **properties: Any) -> Thing:
    """An object as the management shell returns it; ``kind`` is what follows Microsoft.Rtc.Management."""
    return Thing((f"{_MANAGEMENT}.{kind}", "System.Object"), MappingProxyType(properties), text)


def rows(*things: Thing) -> CmdletReply:
    return CmdletReply(things)


def hosting_provider(name: str = "Office365", **changes: Any) -> Thing:
    sound: dict[str, Any] = {
        "Identity": name,
        "Name": name,
        "ProxyFqdn": SIPFED,
        "VerificationLevel": Enumeration(
            f"{_MANAGEMENT}.WritableConfig.Settings.Edge.VerificationLevelType", "UseSourceVerification", 1
        ),
        "Enabled": True,
        "EnabledSharedAddressSpace": True,
        "HostsOCSUsers": True,
        "IsLocal": False,
        "AutodiscoverUrl": f"https://{WEBDIR}/Autodiscover/AutodiscoverService.svc/root",
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
        DataEdgeExternalFqdn="webconf.contoso.com",
        AVEdgeExternalFqdn="av.contoso.com",
        Role="EdgeServer",
        SiteId="Site:Redmond",
    )


def patch_version(core: str, generation: str = "2019") -> CmdletReply:
    product = f"Skype for Business Server {generation}"
    return rows(
        thing("Deploy.ServerPatchVersion", ComponentName=f"{product}, Administrative Tools", Version=Version(core)),
        thing("Deploy.ServerPatchVersion", ComponentName=f"{product}, Core Components", Version=Version(core)),
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
    }
    return thing("ADConnect.Schema.ADUser", **(sound | changes))


def module(version: str) -> CmdletReply:
    folder = rf"C:\Program Files\WindowsPowerShell\Modules\MicrosoftTeams\{version}"
    properties: dict[str, Any] = {
        "Name": "MicrosoftTeams",
        "Version": Version(version),
        "ModuleBase": folder,
        "ModuleType": "Script",
    }
    return rows(
        Thing(
            ("System.Management.Automation.PSModuleInfo", "System.Object"),
            MappingProxyType(properties),
            "MicrosoftTeams",
        )
    )
