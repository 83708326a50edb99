"""Scenarios in which the runbook, the operator, or the machine that runs the move does not fit."""

from checker import sources
from checker.lab.machine_objects import modules, patch_version, tls12_off, tls_never_set
from checker.lab.naming import ADMIN_HOST, EDGE, FRONT_ENDS, LOGIN
from checker.lab.scenario import Scenario, failing, not_ruled_out, predicted, unknown, warning
from checker.lab.sound_deployment import SOUND
from checker.lab.web_server import WebReply
from checker.model.report import RunVerdict

_OLD_BUILD = patch_version("7.0.2046.396")
_SERVERS = (*FRONT_ENDS, EDGE, ADMIN_HOST)

SCENARIOS = (
    Scenario(
        name="module-too-old",
        title="The MicrosoftTeams module is older than 6.2.1",
        deployment=SOUND.with_machine(ADMIN_HOST, modules={"MicrosoftTeams": modules("5.6.0")}),
        verdict=RunVerdict.NOT_READY,
        findings=failing("workstation.teams-module-minimum@contoso"),
        faults=predicted("teams-module-too-old"),
        sources=(sources.MCU, sources.PR12068),
    ),
    Scenario(
        name="module-too-new",
        title="The MicrosoftTeams module is newer than the server build bears",
        deployment=SOUND.with_machine(*_SERVERS, cmdlets={"Get-CsServerPatchVersion": _OLD_BUILD}).with_machine(
            ADMIN_HOST, modules={"MicrosoftTeams": modules("7.3.0")}
        ),
        verdict=RunVerdict.NOT_READY,
        findings=failing("workstation.teams-module-regression@contoso"),
        faults=predicted("teams-module-regression"),
        sources=(sources.PR13690, sources.PR13244),
    ),
    Scenario(
        name="module-new-and-servers-too",
        title="The newest MicrosoftTeams module, and servers of the build that cures it",
        deployment=SOUND.with_machine(ADMIN_HOST, modules={"MicrosoftTeams": modules("7.3.0")}),
        verdict=RunVerdict.READY,
        sources=(sources.PR13690,),
    ),
    Scenario(
        name="module-twice",
        title="Two versions of the MicrosoftTeams module are installed, and the older one would not do",
        deployment=SOUND.with_machine(ADMIN_HOST, modules={"MicrosoftTeams": modules("7.1.0", "4.9.3")}),
        verdict=RunVerdict.READY_WITH_WARNINGS,
        findings=warning("workstation.single-teams-module@contoso"),
        sources=(sources.MCU,),
    ),
    Scenario(
        name="admin-tools-too-old",
        title="The cumulative update was installed on the servers, and not on the admin host",
        deployment=SOUND.with_local(ADMIN_HOST, "Get-CsServerPatchVersion", patch_version("7.0.2046.123")),
        verdict=RunVerdict.NOT_READY,
        findings=failing("workstation.admin-tools-version@contoso"),
        faults=predicted("server-build-too-old"),
        sources=(sources.MCU, sources.PR8687),
    ),
    Scenario(
        name="workstation-without-tls12",
        title="TLS 1.2 is switched off on the machine that runs the move",
        deployment=SOUND.with_machine(ADMIN_HOST, registry=tls12_off()),
        verdict=RunVerdict.NOT_READY,
        findings=failing("workstation.tls12@contoso"),
        faults=predicted("tls12-unavailable"),
        sources=(sources.MCU, sources.PR8120),
    ),
    Scenario(
        name="tls12-never-set",
        title="Nobody set anything of TLS, on a Windows that has it right from the start",
        deployment=SOUND.with_machine(*_SERVERS, registry=tls_never_set("20348")),
        verdict=RunVerdict.READY_WITH_WARNINGS,
        findings=warning(*(f"certificate.root-store-clean@{server}" for server in (*FRONT_ENDS, EDGE))),
        sources=(sources.MCU, sources.OPD),
    ),
    Scenario(
        name="servers-without-tls12",
        title="TLS 1.2 is switched off on a Front End",
        deployment=SOUND.with_machine(FRONT_ENDS[0], registry=tls12_off()),
        verdict=RunVerdict.NOT_READY,
        findings=failing(f"topology.server-tls12@{FRONT_ENDS[0]}"),
        sources=(sources.MCU, sources.OPD),
    ),
    Scenario(
        name="proxy-wants-a-password",
        title="The proxy before the machine that runs the move wants a password",
        deployment=SOUND.with_page(LOGIN, "/", WebReply(407)),
        verdict=RunVerdict.NOT_READY,
        findings=failing("network.cloud-https@contoso"),
        faults=predicted("cloud-unreachable"),
        sources=(sources.PLAN,),
    ),
    Scenario(
        name="operator-without-groups",
        title="Whoever runs the move is in none of the groups on-premises",
        deployment=SOUND.saying("operator", onprem_groups=["Domain Users", "CsViewOnlyAdministrator"]),
        verdict=RunVerdict.NOT_READY,
        findings=failing("admin.onprem-roles@contoso"),
        faults=predicted("onprem-role-missing"),
        sources=(sources.MOVE2, sources.I7470),
    ),
    Scenario(
        name="operator-without-tenant-role",
        title="The cloud account may read everything and move nobody",
        deployment=SOUND.saying("operator", tenant_roles=["Global Reader"]),
        verdict=RunVerdict.NOT_READY,
        findings=failing("admin.tenant-roles@contoso"),
        faults=predicted("tenant-role-missing"),
        sources=(sources.MOVE2, sources.MOVE),
    ),
    Scenario(
        name="credential-under-mfa",
        title="The runbook passes -Credential with an account that needs a second factor",
        deployment=SOUND.saying("move", uses_credential_parameter=True, admin_needs_mfa=True),
        verdict=RunVerdict.NOT_READY,
        findings=failing("admin.mfa-and-credential@contoso"),
        faults=predicted("sign-in-refused"),
        sources=(sources.MCU, sources.I1842),
    ),
    Scenario(
        name="old-switches",
        title="The runbook is of 2019: switches that do nothing, or harm",
        deployment=SOUND.saying("move", move_to_teams=True, force=True, bypass_audio_conferencing_check=True),
        verdict=RunVerdict.READY_WITH_WARNINGS,
        findings=warning("admin.obsolete-switches@contoso", "admin.force-switch@contoso"),
        sources=(sources.MCU, sources.PR7904),
    ),
    Scenario(
        name="nothing-said",
        title="The operator left the questions about the move unanswered",
        deployment=SOUND.saying(
            "move", uses_credential_parameter=None, admin_needs_mfa=None, force=None, move_to_teams=None
        ).saying("operator", onprem_groups=None, tenant_roles=None),
        verdict=RunVerdict.INDETERMINATE,
        findings=unknown(
            "admin.mfa-and-credential@contoso",
            "admin.obsolete-switches@contoso",
            "admin.force-switch@contoso",
            "admin.onprem-roles@contoso",
            "admin.tenant-roles@contoso",
        ),
        faults=not_ruled_out("sign-in-refused", "onprem-role-missing", "tenant-role-missing"),
        sources=(sources.MCU, sources.MOVE2),
    ),
)
