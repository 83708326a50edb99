"""Scenarios in which something on-premises is wrong, or cannot be read."""

from dataclasses import replace

from checker import sources
from checker.lab.machine_objects import edge_names, patch_version
from checker.lab.management_objects import (
    access_edge,
    default_route_access_edge,
    edge_service,
    exchange_um_provider,
    hosting_provider,
    pool,
    replicas,
    rows,
    thing,
)
from checker.lab.naming import EDGE, EDGE_POOL, FRONT_ENDS, POOL, RETIRED_WEBDIR
from checker.lab.powershell_objects import Enumeration, Thing
from checker.lab.scenario import Scenario, failing, predicted
from checker.lab.sound_deployment import SOUND, edge_certificates
from checker.model.report import RunVerdict

# Every check that looks at the one provider; without it there is nothing to look at.
OF_ONE_PROVIDER = frozenset(
    {
        "hosting-provider.enabled",
        "hosting-provider.shared-address-space",
        "hosting-provider.hosts-ocs-users",
        "hosting-provider.not-local",
        "hosting-provider.verification-level",
        "hosting-provider.autodiscover-url",
        "hosting-provider.autodiscover-answers",
        "hosting-provider.unique",
        "tenant.cloud-matches-provider",
    }
)
_WITH_BOTH_NAMES = replace(
    SOUND.machines[EDGE],
    cmdlets={
        **SOUND.machines[EDGE].cmdlets,
        "Get-CsCertificate": lambda moment: edge_certificates(moment, *edge_names(), "access2.contoso.com"),
    },
)
_SECOND_EDGE, _SECOND_EDGE_POOL = "edge02.contoso.com", "edgepool2.contoso.com"


def _partner(domain: str) -> dict[str, object]:
    return {"AllowedDomain": [{"Domain": domain}]}


def _allowed(domain: str) -> Thing:
    return thing("WritableConfig.Settings.Edge.AllowedDomain", Identity=domain, Domain=domain, ProxyFqdn=None)


SCENARIOS = (
    Scenario(
        name="provider-missing",
        title="No hosting provider leads to the cloud",
        deployment=SOUND.with_cmdlet("Get-CsHostingProvider", rows(exchange_um_provider())),
        verdict=RunVerdict.NOT_READY,
        findings=failing("hosting-provider.present@contoso", "hosting-provider.target-matches@contoso"),
        faults=predicted("hosting-provider-missing"),
        not_applicable=OF_ONE_PROVIDER,
        sources=(sources.FEDC, sources.NHP),
    ),
    Scenario(
        name="provider-misconfigured",
        title="The hosting provider was created with the cmdlet's defaults",
        deployment=SOUND.with_cmdlet(
            "Get-CsHostingProvider",
            rows(
                hosting_provider(
                    Enabled=False,
                    EnabledSharedAddressSpace=False,
                    HostsOCSUsers=False,
                    VerificationLevel=Enumeration(
                        "Microsoft.Rtc.Management.WritableConfig.Settings.Edge.VerificationLevelType",
                        "AlwaysVerifiable",
                        0,
                    ),
                )
            ),
        ),
        verdict=RunVerdict.NOT_READY,
        findings=failing(
            "hosting-provider.enabled@contoso",
            "hosting-provider.shared-address-space@contoso",
            "hosting-provider.hosts-ocs-users@contoso",
            "hosting-provider.verification-level@contoso",
            "hosting-provider.target-matches@contoso",
        ),
        faults=predicted("hosting-provider-misconfigured", "hosting-provider-missing"),
        sources=(sources.NHP, sources.FEDC),
    ),
    Scenario(
        name="provider-renamed",
        title="The hosting provider has the right ProxyFqdn and a name of its own",
        deployment=SOUND.with_cmdlet("Get-CsHostingProvider", rows(hosting_provider("LyncOnline"))),
        verdict=RunVerdict.READY,
        sources=(sources.FEDC, sources.SEED),
    ),
    Scenario(
        name="autodiscover-gone",
        title="The provider's AutodiscoverUrl names a forest that answers 404",
        deployment=SOUND.with_cmdlet(
            "Get-CsHostingProvider",
            rows(
                hosting_provider(AutodiscoverUrl=f"https://{RETIRED_WEBDIR}/Autodiscover/AutodiscoverService.svc/root")
            ),
        ),
        verdict=RunVerdict.NOT_READY,
        findings=failing("hosting-provider.autodiscover-answers@contoso"),
        faults=predicted("hosted-migration-undiscoverable"),
        sources=(sources.MCU,),
    ),
    Scenario(
        name="edge-default-route",
        title="The Edge routes by a default route",
        deployment=SOUND.with_cmdlet("Get-CsAccessEdgeConfiguration", rows(default_route_access_edge())),
        verdict=RunVerdict.NOT_READY,
        findings=failing("edge.dns-srv-routing@contoso"),
        not_applicable=frozenset({"edge.partner-discovery-parity"}),
        sources=(sources.GHP, sources.SAE),
    ),
    Scenario(
        name="edge-federation-off",
        title="The Edge does not allow federated users",
        deployment=SOUND.with_cmdlet("Get-CsAccessEdgeConfiguration", rows(access_edge(AllowFederatedUsers=False))),
        verdict=RunVerdict.NOT_READY,
        findings=failing("edge.federated-users-allowed@contoso"),
        sources=(sources.SAE, sources.FEDC),
    ),
    Scenario(
        name="closed-federation",
        title="Federation is closed, with the same list on both sides",
        deployment=SOUND.with_cmdlet("Get-CsAccessEdgeConfiguration", rows(access_edge(EnablePartnerDiscovery=False)))
        .with_cmdlet("Get-CsAllowedDomain", rows(_allowed("partner.example")))
        .with_federation(AllowedDomains=_partner("partner.example")),
        verdict=RunVerdict.READY,
        sources=(sources.PLAN, sources.I1254),
    ),
    Scenario(
        name="federation-mismatch",
        title="The tenant is closed, the Edge discovers partners, and the lists differ",
        deployment=SOUND.with_cmdlet("Get-CsAllowedDomain", rows(_allowed("other.example"))).with_federation(
            AllowedDomains=_partner("partner.example")
        ),
        verdict=RunVerdict.NOT_READY,
        findings=failing("edge.partner-discovery-parity@contoso", "federation.allowed-domains-parity@contoso"),
        sources=(sources.PLAN,),
    ),
    Scenario(
        name="two-federated-edges",
        title="A second Edge pool carries federation",
        deployment=replace(
            SOUND.with_cmdlet(
                "Get-CsPool",
                rows(
                    pool(POOL, "Registrar", *FRONT_ENDS),
                    pool(EDGE_POOL, "EdgeServer", EDGE),
                    pool(_SECOND_EDGE_POOL, "EdgeServer", _SECOND_EDGE),
                ),
            )
            .with_cmdlet(
                "Get-CsService", rows(edge_service(EDGE_POOL), edge_service(_SECOND_EDGE_POOL, "access2.contoso.com"))
            )
            .with_cmdlet(
                "Get-CsManagementStoreReplicationStatus",
                lambda moment: replicas(moment, *FRONT_ENDS, EDGE, _SECOND_EDGE),
            ),
            edges=(EDGE, _SECOND_EDGE),
            machines={**SOUND.machines, EDGE: _WITH_BOTH_NAMES, _SECOND_EDGE: _WITH_BOTH_NAMES},
        ),
        verdict=RunVerdict.NOT_READY,
        findings=failing("topology.single-federation-edge@contoso"),
        faults=predicted("multiple-federated-edges"),
        sources=(sources.I9464, sources.MCU),
    ),
    Scenario(
        name="no-federated-edge",
        title="The only Edge pool carries no federation",
        deployment=SOUND.with_cmdlet("Get-CsService", rows(edge_service(EDGE_POOL, port=None))),
        verdict=RunVerdict.NOT_READY,
        findings=failing("topology.federation-edge-present@contoso"),
        not_applicable=frozenset(
            {
                "topology.single-federation-edge",
                "topology.edge-next-hop",
                "dns.federation-srv-matches-edge",
                "certificate.edge-same-on-all",
            }
        ),
        sources=(sources.PLAN, sources.FEDC),
    ),
    Scenario(
        name="build-too-old",
        title="One Front End is below the minimum build",
        deployment=SOUND.with_local(FRONT_ENDS[1], "Get-CsServerPatchVersion", patch_version("7.0.2046.244")),
        verdict=RunVerdict.NOT_READY,
        findings=failing(f"topology.server-build@{FRONT_ENDS[1]}"),
        faults=predicted("server-build-too-old"),
        sources=(sources.MCU, sources.PR9637),
    ),
)
