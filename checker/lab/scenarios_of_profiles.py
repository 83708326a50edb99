"""Scenarios of other generations, clouds, phases and directions: what is right in one is wrong in the next."""

from dataclasses import replace

from checker import sources
from checker.lab.cloud_accounts import CloudAccount
from checker.lab.deployment import Deployment
from checker.lab.machine_objects import management_file, modules, no_patch_version, patch_version
from checker.lab.management_objects import hosting_provider, on_premises_user, pool, rows
from checker.lab.naming import ADMIN_HOST, CHINA, DOMAINS, EDGE, EDGE_POOL, FRONT_ENDS, GCC_HIGH, POOL, SIPFED
from checker.lab.scenario import Scenario, failing, predicted, warning
from checker.lab.scenarios_on_premises import OF_ONE_PROVIDER
from checker.lab.sound_deployment import PEOPLE, SOUND, online_records, sound_deployment
from checker.model.report import RunVerdict

_SERVERS = (*FRONT_ENDS, EDGE, ADMIN_HOST)


def built(build: str, generation: str, deployment: Deployment = SOUND) -> Deployment:
    return deployment.with_machine(
        *_SERVERS, cmdlets={"Get-CsServerPatchVersion": patch_version(build, generation)}
    ).with_machine(ADMIN_HOST, modules={"SkypeForBusiness": modules(f"{build[:3]}.0.0", name="SkypeForBusiness")})


def lync_2013() -> Deployment:
    """Lync Server 2013 CU10 HF7 on Windows Server 2012 R2, which has no Get-CsServerPatchVersion."""
    old = {"Get-CsServerPatchVersion": no_patch_version(), "Get-Item": management_file("5.0.8308.1182")}
    on_lync = SOUND.with_machine(*_SERVERS, cmdlets=old).with_machine(
        ADMIN_HOST, modules={"SkypeForBusiness": rows(), "Lync": modules("5.0.8308.0", name="Lync")}
    )
    return on_lync.saying("move", admin_needs_mfa=False)  # it cannot sign in an account that needs a second factor


def homed_online(**changes: object) -> tuple[CloudAccount, ...]:
    """Everybody, as the tenant sees those who were moved."""
    moved = {"HostingProvider": SIPFED, "OnPremHostingProvider": SIPFED, "TeamsUpgradeEffectiveMode": "TeamsOnly"}
    return tuple(CloudAccount(name=name, domain=domain, online={**moved, **changes}) for name, domain in PEOPLE)


def _all_moved(deployment: Deployment) -> Deployment:
    people = (on_premises_user(name, domain, HostingProvider=SIPFED, RegistrarPool="") for name, domain in PEOPLE)
    return deployment.with_cmdlet("Get-CsUser", rows(*people)).with_tenant(users=homed_online())


RETURNING = _all_moved(SOUND).saying("deployment", direction="to-onprem", target=POOL)
_IN_THE_CLOUD = replace(
    _all_moved(SOUND),
    external={
        **{key: reply for key, reply in SOUND.external.items() if not key[0].endswith(DOMAINS)},
        **online_records(),
    },
)
DECOMMISSIONED = (
    _IN_THE_CLOUD.with_cmdlet("Get-CsHostingProvider", rows(hosting_provider(Enabled=False)))
    .with_federation(SharedSipAddressSpace=False)
    .saying("deployment", phase="decommission")
)

SCENARIOS = (
    Scenario(
        name="lync-2013",
        title="Lync Server 2013, at the minimum build",
        deployment=lync_2013(),
        verdict=RunVerdict.READY_WITH_WARNINGS,
        findings=warning("topology.product-supported@contoso"),
        not_applicable=frozenset({"topology.subscription-edition-coexistence"}),
        sources=(sources.MCU, sources.PLAN),
    ),
    Scenario(
        name="sfb-2015",
        title="Skype for Business Server 2015 CU12: all that is needed, and out of support",
        deployment=built("6.0.9319.619", "2015"),
        verdict=RunVerdict.READY_WITH_WARNINGS,
        findings=warning("topology.product-supported@contoso"),
        not_applicable=frozenset({"topology.subscription-edition-coexistence"}),
        sources=(sources.MCU, sources.SE1),
    ),
    Scenario(
        name="gcc-high",
        title="The sound deployment in GCC High",
        deployment=sound_deployment(GCC_HIGH),
        verdict=RunVerdict.READY,
        sources=(sources.XDNS, sources.CMT),
    ),
    Scenario(
        name="china-not-set",
        title="21Vianet, and nobody ran Set-TeamsEnvironmentConfig",
        deployment=sound_deployment(CHINA).saying("workstation", teams_environment=""),
        verdict=RunVerdict.NOT_READY,
        findings=failing("workstation.china-environment@contoso"),
        faults=predicted("wrong-cloud-environment"),
        sources=(sources.MCU, sources.ENVC),
    ),
    Scenario(
        name="three-generations",
        title="2013, 2015 and 2019 in one topology",
        deployment=SOUND.with_cmdlet(
            "Get-CsPool",
            rows(
                pool(POOL, "Registrar", FRONT_ENDS[0]),
                pool("pool02.contoso.com", "Registrar", FRONT_ENDS[1]),
                pool(EDGE_POOL, "EdgeServer", EDGE),
            ),
        )
        .with_local(FRONT_ENDS[0], "Get-CsServerPatchVersion", patch_version("7.0.2046.849", "2019"))
        .with_local(FRONT_ENDS[1], "Get-CsServerPatchVersion", patch_version("6.0.9319.619", "2015"))
        .with_local(EDGE, "Get-CsServerPatchVersion", patch_version("5.0.8308.1182", "2013")),
        verdict=RunVerdict.NOT_READY,
        findings={**failing("topology.supported-mix@contoso"), **warning("topology.product-supported@contoso")},
        faults=predicted("unsupported-topology"),
        not_applicable=frozenset({"topology.subscription-edition-coexistence"}),
        sources=(sources.PLAN,),
    ),
    Scenario(
        name="second-forest",
        title="Another forest is in hybrid with the same tenant",
        deployment=SOUND.with_tenant(
            online_domains=(*DOMAINS, "tailspin.example"),
            verified_domains=(*DOMAINS, "tailspin.example"),
            users=(*SOUND.tenant.users, CloudAccount(name="other", domain="tailspin.example")),
        ).saying("deployment", forests=2),
        verdict=RunVerdict.NOT_READY,
        findings={
            **failing(
                "topology.single-hybrid-forest@contoso",
                *(f"tenant.foreign-sip-domains-disabled@{name}" for name in DOMAINS),
            ),
            **warning(f"certificate.edge-names@{EDGE}"),
        },
        faults=predicted("unsupported-topology"),
        sources=(sources.PLAN, sources.OSD),
    ),
    Scenario(
        name="return-move",
        title="A move back: everybody is in the cloud, and may return",
        deployment=RETURNING,
        verdict=RunVerdict.READY,
        sources=(sources.DBACK, sources.S506),
    ),
    Scenario(
        name="return-refused",
        title="A move back of users whom the cloud takes for its own: fault 506",
        deployment=RETURNING.with_tenant(users=homed_online(HostingProvider="SRV:")),
        verdict=RunVerdict.NOT_READY,
        findings=failing(*(f"user.return-hosting-provider@{name}@{domain}" for name, domain in PEOPLE)),
        faults=predicted("hms-506"),
        sources=(sources.S506,),
    ),
    Scenario(
        name="return-of-nobody",
        title="A move back of somebody who does not exist on-premises",
        deployment=RETURNING.listing("anna.berg@contoso.com", "born.online@contoso.com"),
        verdict=RunVerdict.NOT_READY,
        findings=failing("user.return-present-on-premises@born.online@contoso.com"),
        faults=predicted("return-user-absent"),
        sources=(sources.DBACK,),
    ),
    Scenario(
        name="return-teams-only",
        title="A move back to servers before 2015 CU8, of users with a TeamsOnly policy of their own",
        deployment=built("6.0.9319.281", "2015", RETURNING).with_tenant(
            users=homed_online(TeamsUpgradePolicy="UpgradeToTeams")
        ),
        verdict=RunVerdict.NOT_READY,
        findings=failing(*(f"user.return-teams-only@{name}@{domain}" for name, domain in PEOPLE)),
        faults=predicted("return-teams-only-policy"),
        sources=(sources.DBACK,),
    ),
    Scenario(
        name="prepare",
        title="Nothing is switched on yet: 510 and the missing provider are foretold",
        deployment=SOUND.with_cmdlet("Get-CsHostingProvider", rows())
        .with_federation(SharedSipAddressSpace=False)
        .saying("deployment", phase="prepare"),
        verdict=RunVerdict.NOT_READY,
        findings=failing(
            "tenant.shared-sip-address-space@contoso",
            "hosting-provider.present@contoso",
            "hosting-provider.target-matches@contoso",
        ),
        faults=predicted("hms-510", "hosting-provider-missing"),
        not_applicable=OF_ONE_PROVIDER,
        sources=(sources.FEDC, sources.S510),
    ),
    Scenario(
        name="cutover-with-long-ttl",
        title="Everybody was moved, and the records would be remembered for a day",
        deployment=replace(
            SOUND,
            external={
                key: replace(reply, ttl=86400) if key[0].endswith(DOMAINS) else reply
                for key, reply in SOUND.external.items()
            },
        ).saying("deployment", phase="cutover"),
        verdict=RunVerdict.READY_WITH_WARNINGS,
        findings=warning(
            *(f"dns.ttl-before-cutover@{name}" for name in DOMAINS),
            *(f"dns.tenant-teams-only-ready@{name}" for name in DOMAINS),
        ),
        sources=(sources.DDNS,),
    ),
    Scenario(
        name="decommission",
        title="The end of hybrid: sharing off, provider off, records in the cloud",
        deployment=DECOMMISSIONED,
        verdict=RunVerdict.READY,
        sources=(sources.DISH, sources.DDNS),
    ),
    Scenario(
        name="decommission-too-early",
        title="The same DNS answers as in hybrid, in the phase in which they are wrong",
        deployment=_all_moved(SOUND).saying("deployment", phase="decommission"),
        verdict=RunVerdict.NOT_READY,
        findings={
            **failing(*(f"dns.online-records@{name}" for name in DOMAINS)),
            **warning(
                "tenant.shared-sip-address-space-off@contoso",
                "hosting-provider.disabled@contoso",
                *(f"dns.tenant-teams-only-ready@{name}" for name in DOMAINS),
            ),
        },
        sources=(sources.DISH, sources.DDNS),
    ),
)
