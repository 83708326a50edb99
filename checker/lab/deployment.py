"""The sound hybrid deployment, as frozen data: everything the servers of the lab say, in one place.

Contoso runs Skype for Business Server 2019 with a pool of two Front Ends and one Edge, for two SIP domains, and is
about to move its first users. Names are those of the documents; addresses are of the ranges kept for documentation. A
scenario is this value with something replaced, never a second description of a deployment.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Self

from checker.lab.management_objects import (
    access_edge,
    edge_service,
    exchange_um_provider,
    hosting_provider,
    module,
    on_premises_user,
    patch_version,
    pool,
    rows,
    thing,
)
from checker.lab.naming import (
    ACCESS_EDGE_ADDRESS,
    ADMIN_HOST,
    CONFIG_API,
    DOMAINS,
    EDGE,
    EDGE_POOL,
    FRONT_ENDS,
    GRAPH,
    LOGIN,
    POOL,
    REVERSE_PROXY_ADDRESS,
    SIPFED,
    WEBDIR,
)
from checker.lab.powershell_objects import CmdletReply
from checker.lab.web_server import WebReply
from checker.lab.zones import DnsReply

Records = Mapping[tuple[str, str], DnsReply]
Replies = Mapping[str, CmdletReply]
Page = Mapping[str, Any]

# service plan ids as the lab's own tenant numbers them; only their names mean something
SERVICE_PLANS = MappingProxyType(
    {
        "TEAMS1": "11111111-1111-4111-8111-111111111111",
        "MCOSTANDARD": "22222222-2222-4222-8222-222222222222",
        "MCOEV": "33333333-3333-4333-8333-333333333333",
    }
)
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


def cloud_user(name: str, domain: str, *plans: str) -> Page:
    """As Microsoft Graph shows a synchronised user: plans by id, not by name."""
    return {
        "userPrincipalName": f"{name}@{domain}",
        "onPremisesSyncEnabled": True,
        "accountEnabled": True,
        "usageLocation": "US",
        "proxyAddresses": [f"SMTP:{name}@{domain}", f"sip:{name}@{domain}"],
        "assignedPlans": [
            {
                "assignedDateTime": "2026-01-15T09:30:00Z",
                "capabilityStatus": "Enabled",
                "service": "TeamspaceAPI" if plan.startswith("TEAMS") else "MicrosoftCommunicationsOnline",
                "servicePlanId": SERVICE_PLANS[plan],
            }
            for plan in plans
        ],
    }


def records(address: str, *, webs: str) -> dict[tuple[str, str], DnsReply]:
    """The four records of each SIP domain, leading to these two addresses."""
    found: dict[tuple[str, str], DnsReply] = {}
    for domain in DOMAINS:
        found[f"_sipfederationtls._tcp.{domain}", "SRV"] = DnsReply((f"0 0 5061 sip.{domain}.",))
        found[f"_sip._tls.{domain}", "SRV"] = DnsReply((f"0 0 443 sip.{domain}.",))
        found[f"sip.{domain}", "A"] = DnsReply((address,))
        found[f"lyncdiscover.{domain}", "A"] = DnsReply((webs,))
    return found


CLOUD_RECORDS: Records = MappingProxyType(
    {
        (SIPFED, "A"): DnsReply(("52.112.192.11",)),
        (WEBDIR, "A"): DnsReply(("52.112.193.16",)),
        ("sipdir.online.lync.com", "A"): DnsReply(("52.112.192.140",)),
    }
)


@dataclass(frozen=True, kw_only=True)
class Tenant:
    """What the tenant's REST interfaces say. ``refuses``: the status of every request, when set."""

    federation: Page
    users: tuple[Page, ...]
    online_domains: tuple[str, ...] = DOMAINS
    refuses: int | None = None


@dataclass(frozen=True, kw_only=True)
class Sipfed:
    """How the cloud's federation service looks from this machine, and whether the Edge gets through to it."""

    seen_from_here: str = "answers"  # answers | filtered | intercepted
    reached_by_edge: bool = True


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """``pages`` maps host and path to what the web says there; ``onprem`` is what every Front End's cmdlets say,
    ``servers`` what the local cmdlets of one machine say."""

    external: Records
    internal: Records
    at_edge: Records
    onprem: Replies
    servers: Mapping[str, Replies]
    edges: tuple[str, ...] = (EDGE,)
    pages: Mapping[tuple[str, str], WebReply]
    tenant: Tenant
    sipfed: Sipfed = Sipfed()
    login_refused: bool = False

    def with_cmdlet(self, cmdlet: str, reply: CmdletReply) -> Self:
        return replace(self, onprem={**self.onprem, cmdlet: reply})

    def with_local(self, server: str, cmdlet: str, reply: CmdletReply) -> Self:
        return replace(self, servers={**self.servers, server: {**self.servers[server], cmdlet: reply}})

    def with_record(self, name: str, kind: str, *data: str, **reply: Any) -> Self:
        """In public DNS, and as the Edge sees it."""
        found = {(name, kind): DnsReply(data, **reply)}
        return replace(self, external={**self.external, **found}, at_edge={**self.at_edge, **found})

    def without_record(self, name: str, kind: str) -> Self:
        def rest(zone: Records) -> Records:
            return {key: reply for key, reply in zone.items() if key != (name, kind)}

        return replace(self, external=rest(self.external), at_edge=rest(self.at_edge))

    def with_tenant(self, **changes: Any) -> Self:
        return replace(self, tenant=replace(self.tenant, **changes))

    def with_federation(self, **changes: Any) -> Self:
        return self.with_tenant(federation={**self.tenant.federation, **changes})


SOUND = Deployment(
    external=MappingProxyType({**records(ACCESS_EDGE_ADDRESS, webs=REVERSE_PROXY_ADDRESS), **CLOUD_RECORDS}),
    internal=MappingProxyType(records("10.0.0.20", webs="10.0.0.30")),
    at_edge=MappingProxyType({**records(ACCESS_EDGE_ADDRESS, webs=REVERSE_PROXY_ADDRESS), **CLOUD_RECORDS}),
    onprem=MappingProxyType(
        {
            "Get-CsHostingProvider": rows(hosting_provider(), exchange_um_provider()),
            "Get-CsPublicProvider": rows(),
            "Get-CsAccessEdgeConfiguration": rows(access_edge()),
            "Get-CsAllowedDomain": rows(),
            "Get-CsBlockedDomain": rows(),
            "Get-CsSipDomain": rows(
                *(thing("Xds.SipDomain", Identity=name, Name=name, IsDefault=name == DOMAINS[0]) for name in DOMAINS)
            ),
            "Get-CsPool": rows(pool(POOL, "Registrar", *FRONT_ENDS), pool(EDGE_POOL, "EdgeServer", EDGE)),
            "Get-CsService": rows(edge_service(EDGE_POOL)),
            "Get-CsUser": rows(
                *(on_premises_user(name, domain) for name, domain in PEOPLE),
                on_premises_user("ines.moved", "contoso.com", HostingProvider=SIPFED, RegistrarPool=""),
            ),
        }
    ),
    servers=MappingProxyType(
        {
            **{server: {"Get-CsServerPatchVersion": patch_version("7.0.2046.396")} for server in FRONT_ENDS},
            EDGE: {"Get-CsServerPatchVersion": patch_version("7.0.2046.396")},
            ADMIN_HOST: {
                "Get-CsServerPatchVersion": patch_version("7.0.2046.396"),
                "Get-Module": module("7.1.0"),
            },
        }
    ),
    pages=MappingProxyType(
        {
            **{
                (f"lyncdiscover.{domain}", "/"): WebReply(
                    headers=(("Content-Type", "application/json"), ("X-MS-Server-Fqdn", FRONT_ENDS[0])),
                    body=(
                        b'{"_links":{"self":{"href":"https://lyncweb.contoso.com/Autodiscover/AutodiscoverService.svc/root"},'
                        b'"user":{"href":"https://lyncweb.contoso.com/Autodiscover/AutodiscoverService.svc/root/oauth/user"}}}'
                    ),
                )
                for domain in DOMAINS
            },
            (LOGIN, "/"): WebReply(body=b"sign in"),
            (GRAPH, "/"): WebReply(404),
            (CONFIG_API, "/"): WebReply(404),
        }
    ),
    tenant=Tenant(
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
        users=tuple(cloud_user(name, domain, "TEAMS1", "MCOSTANDARD") for name, domain in PEOPLE),
    ),
)
