"""The sound hybrid deployment: Contoso, about to move its first users.

Skype for Business Server Subscription Edition with a pool of two Front Ends and one Edge, for two SIP domains. Names
are those of the documents; addresses are of the ranges kept for documentation.
"""

import json
from datetime import datetime
from types import MappingProxyType
from typing import Any

from checker.lab.cloud_accounts import CloudAccount
from checker.lab.deployment import Deployment, Machine, Records, Tenant
from checker.lab.machine_objects import (
    CLIENT_AUTHENTICATION,
    CLOUD_ROOTS,
    PROXY_VALUES,
    SERVER_AUTHENTICATION,
    TLS_VALUES,
    assigned,
    edge_names,
    modules,
    patch_version,
    root,
    stored,
    thumbprint_of,
)
from checker.lab.management_objects import (
    access_edge,
    directory_account,
    edge_service,
    exchange_um_provider,
    hosting_provider,
    on_premises_user,
    policy,
    pool,
    replicas,
    rows,
    thing,
)
from checker.lab.naming import (
    ACCESS_EDGE_ADDRESS,
    ADMIN_HOST,
    DOMAINS,
    EDGE,
    EDGE_POOL,
    FRONT_ENDS,
    GCC_HIGH,
    POOL,
    REVERSE_PROXY_ADDRESS,
    TENANT_ID,
    WEB_CONFERENCING,
    WEB_CONFERENCING_ADDRESS,
    WORLDWIDE,
    Cloud,
)
from checker.lab.powershell_objects import CmdletReply
from checker.lab.web_server import WebReply
from checker.lab.zones import DnsReply

PEOPLE = (
    ("anna.berg", "contoso.com"),
    ("ben.okafor", "contoso.com"),
    ("chloe.martin", "contoso.com"),
    ("david.lindqvist", "contoso.com"),
    ("elena.rossi", "contoso.com"),
    ("farid.nasser", "fabrikam.com"),
    ("grace.o'neill", "fabrikam.com"),
    ("hiro.tanaka", "fabrikam.com"),
)
MOVED = ("ines.moved", "contoso.com")
BUILD = "7.0.2046.849"
_INTERNAL_ADDRESSES = {name: f"10.0.0.{11 + place}" for place, name in enumerate((*FRONT_ENDS, POOL))}
_LYNCDISCOVER = (
    b'{"_links":{"self":{"href":"https://lyncweb.contoso.com/Autodiscover/AutodiscoverService.svc/root"},'
    b'"user":{"href":"https://lyncweb.contoso.com/Autodiscover/AutodiscoverService.svc/root/oauth/user"}}}'
)


def public_records() -> dict[tuple[str, str], DnsReply]:
    """The four records of each SIP domain, leading to the Access Edge and the reverse proxy."""
    found: dict[tuple[str, str], DnsReply] = {}
    for domain in DOMAINS:
        found[f"_sipfederationtls._tcp.{domain}", "SRV"] = DnsReply((f"0 0 5061 sip.{domain}.",))
        found[f"_sip._tls.{domain}", "SRV"] = DnsReply((f"0 0 443 sip.{domain}.",))
        found[f"sip.{domain}", "A"] = DnsReply((ACCESS_EDGE_ADDRESS,))
        found[f"lyncdiscover.{domain}", "A"] = DnsReply((REVERSE_PROXY_ADDRESS,))
    return found


def cloud_zone(cloud: Cloud) -> dict[tuple[str, str], DnsReply]:
    names = (cloud.sipfed, cloud.webdir, cloud.sipdir)
    return {(name, "A"): DnsReply((address,)) for name, address in zip(names, cloud.addresses, strict=True)}


def online_records(cloud: Cloud = WORLDWIDE) -> dict[tuple[str, str], DnsReply]:
    """The same four as they are after the last move."""
    found: dict[tuple[str, str], DnsReply] = {}
    for domain in DOMAINS:
        found[f"_sipfederationtls._tcp.{domain}", "SRV"] = DnsReply((f"100 1 5061 {cloud.sipfed}.",))
        found[f"_sip._tls.{domain}", "SRV"] = DnsReply((f"100 1 443 {cloud.sipdir}.",))
        found[f"sip.{domain}", "CNAME"] = DnsReply((f"{cloud.sipdir}.",))
        found[f"lyncdiscover.{domain}", "CNAME"] = DnsReply((f"{cloud.webdir}.",))
    return found


def _internal_records() -> Records:
    found: dict[tuple[str, str], DnsReply] = {}
    for domain in DOMAINS:
        found[f"sip.{domain}", "A"] = DnsReply((_INTERNAL_ADDRESSES[POOL],))
        found[f"lyncdiscover.{domain}", "A"] = DnsReply(("10.0.0.30",))
        found[f"lyncdiscoverinternal.{domain}", "CNAME"] = DnsReply((f"{POOL}.",))
        found[f"_sipinternaltls._tcp.{domain}", "SRV"] = DnsReply((f"0 0 5061 {POOL}.",))
    return {**found, **_addresses(), (WEB_CONFERENCING, "A"): DnsReply((WEB_CONFERENCING_ADDRESS,))}


def _addresses() -> dict[tuple[str, str], DnsReply]:
    """Of the servers inside; what the Edge has in its hosts file."""
    return {(name, "A"): DnsReply((address,)) for name, address in _INTERNAL_ADDRESSES.items()}


def front_end_certificates(moment: datetime) -> CmdletReply:
    return rows(
        assigned("Default", FRONT_ENDS[0], POOL, moment=moment),
        assigned("OAuthTokenIssuer", DOMAINS[0], moment=moment),
    )


def edge_certificates(moment: datetime, *names: str, **changes: Any) -> CmdletReply:
    """With these names outside; by default with all it needs."""
    return rows(
        assigned("Internal", EDGE_POOL, moment=moment),
        assigned("AccessEdgeExternal", *(names or edge_names()), moment=moment, **changes),
    )


def openid(cloud: Cloud = WORLDWIDE, tenant_id: str = TENANT_ID) -> WebReply:
    """https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc"""
    said = {
        "issuer": f"https://{cloud.login}/{tenant_id}/v2.0",
        "token_endpoint": f"https://{cloud.login}/{tenant_id}/oauth2/v2.0/token",
        "tenant_region_scope": "USGov" if cloud is GCC_HIGH else "NA",
        "cloud_instance_name": cloud.login.replace("login.", ""),
    }
    return WebReply(headers=(("Content-Type", "application/json"),), body=json.dumps(said).encode())


def sound_deployment(cloud: Cloud = WORLDWIDE) -> Deployment:
    public = {**public_records(), (WEB_CONFERENCING, "A"): DnsReply((WEB_CONFERENCING_ADDRESS,)), **cloud_zone(cloud)}
    windows = {**TLS_VALUES, **PROXY_VALUES}
    roots = tuple(map(root, CLOUD_ROOTS))
    built = {"Get-CsServerPatchVersion": patch_version(BUILD)}
    usages = [SERVER_AUTHENTICATION, CLIENT_AUTHENTICATION]
    in_use = stored(edge_names()[0], "My", Thumbprint=thumbprint_of("AccessEdgeExternal"), EnhancedKeyUsageList=usages)
    return Deployment(
        cloud=cloud,
        external=MappingProxyType(public),
        internal=MappingProxyType(_internal_records()),
        at_edge=MappingProxyType({**public, **_addresses()}),
        onprem=MappingProxyType(
            {
                "Get-CsHostingProvider": rows(hosting_provider(cloud=cloud), exchange_um_provider()),
                "Get-CsPublicProvider": rows(),
                "Get-CsAccessEdgeConfiguration": rows(access_edge()),
                "Get-CsAllowedDomain": rows(),
                "Get-CsBlockedDomain": rows(),
                "Get-CsSipDomain": rows(
                    *(
                        thing("Xds.SipDomain", Identity=name, Name=name, IsDefault=name == DOMAINS[0])
                        for name in DOMAINS
                    )
                ),
                "Get-CsPool": rows(pool(POOL, "Registrar", *FRONT_ENDS), pool(EDGE_POOL, "EdgeServer", EDGE)),
                "Get-CsService": rows(edge_service(EDGE_POOL)),
                "Get-CsManagementStoreReplicationStatus": lambda moment: replicas(moment, *FRONT_ENDS, EDGE),
                "Get-CsOAuthServer": rows(
                    thing(
                        "WritableConfig.Settings.SSAuth.OAuthServer#Decorated",
                        Identity="microsoft.sts",
                        IssuerIdentifier="00000001-0000-0000-c000-000000000000",
                        Realm=TENANT_ID,
                        Type="Acs",
                    )
                ),
                "Get-CsExternalAccessPolicy": rows(
                    policy("ExternalAccess.ExternalAccessPolicy", EnableFederationAccess=True)
                ),
                "Get-CsConferencingPolicy": rows(policy("Meeting.MeetingPolicy", EnableDialInConferencing=True)),
                "Get-CsUserServicesPolicy": rows(policy("UserServices.UserServicesPolicy", UcsAllowed=False)),
                "Get-CsStaticRoutingConfiguration": rows(
                    thing("WritableConfig.Settings.SipProxy.RoutingSettings", Identity="Global", Route=[])
                ),
                "Get-CsCommonAreaPhone": rows(),
                "Get-CsMeetingRoom": rows(),
                "Get-CsHybridApplicationEndpoint": rows(),
                "Get-CsUser": rows(
                    *(on_premises_user(name, domain) for name, domain in PEOPLE),
                    on_premises_user(*MOVED, HostingProvider=cloud.sipfed, RegistrarPool=""),
                ),
                "Get-ADUser": rows(
                    *(directory_account(name, domain) for name, domain in PEOPLE),
                    directory_account(*MOVED, **{"msRTCSIP-DeploymentLocator": cloud.sipfed}),
                ),
                "Get-CsCertificate": front_end_certificates,
            }
        ),
        machines=MappingProxyType(
            {
                **{server: Machine(cmdlets=built, registry=windows, stores={"Root": roots}) for server in FRONT_ENDS},
                EDGE: Machine(
                    cmdlets={**built, "Get-CsCertificate": edge_certificates},
                    registry=windows,
                    stores={"Root": roots, "My": (in_use,)},
                ),
                ADMIN_HOST: Machine(
                    cmdlets=built,
                    modules={
                        "MicrosoftTeams": modules("7.1.0"),
                        "SkypeForBusiness": modules("7.0.2046.0", name="SkypeForBusiness"),
                    },
                    registry=windows,
                ),
            }
        ),
        pages=MappingProxyType(
            {
                **{
                    (f"lyncdiscover.{domain}", "/"): WebReply(
                        headers=(("Content-Type", "application/json"), ("X-MS-Server-Fqdn", FRONT_ENDS[0])),
                        body=_LYNCDISCOVER,
                    )
                    for domain in DOMAINS
                },
                (cloud.login, "/"): WebReply(body=b"sign in"),
                **{(cloud.login, f"/{name}/.well-known/openid-configuration"): openid(cloud) for name in DOMAINS},
                (cloud.graph, "/"): WebReply(404),
                (cloud.config_api, "/"): WebReply(404),
            }
        ),
        tenant=_tenant(),
    )


def _tenant() -> Tenant:
    return Tenant(
        federation=MappingProxyType(
            {
                "Identity": "Global",
                "AllowFederatedUsers": True,
                "SharedSipAddressSpace": True,
                "AllowedDomains": {},
                "BlockedDomains": [],
                "BlockAllSubdomains": False,
                "AllowTeamsConsumer": False,
            }
        ),
        users=tuple(CloudAccount(name=name, domain=domain) for name, domain in PEOPLE),
        cmdlets=MappingProxyType(
            {
                "Get-CsTeamsUpgradePolicy": rows(
                    thing("Teams.UpgradePolicy", Identity="Global", Mode="SfBWithTeamsCollab", NotifySfbUsers=False)
                ),
                "Get-CsTenantMigrationConfiguration": rows(
                    thing("WritableConfig.Settings.TenantMigration", Identity="Global", MeetingMigrationEnabled=True)
                ),
            }
        ),
    )


SOUND = sound_deployment()
