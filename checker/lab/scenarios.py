"""All scenarios of the lab by name, the default one among them."""

from collections.abc import Mapping
from types import MappingProxyType

from checker import sources
from checker.lab import (
    scenarios_in_cloud,
    scenarios_of_profiles,
    scenarios_of_the_move,
    scenarios_of_users,
    scenarios_on_premises,
    scenarios_unread,
)
from checker.lab.machine_objects import modules
from checker.lab.management_objects import access_edge, hosting_provider, rows
from checker.lab.naming import ADMIN_HOST
from checker.lab.scenario import Scenario, failing, predicted
from checker.lab.scenarios_of_hostile_names import HOSTILE
from checker.lab.sound_deployment import SOUND
from checker.model.report import RunVerdict

DEFAULT = "tenant-not-shared"

_READY = Scenario(
    name="ready",
    title="The sound deployment: nothing stands in the way of a move",
    deployment=SOUND,
    verdict=RunVerdict.READY,
    sources=(sources.PLAN, sources.FEDC, sources.MCU),
)

_SEVERAL = Scenario(
    name="several-things-wrong",
    title="What an unprepared deployment looks like: many faults at once",
    deployment=scenarios_in_cloud.unlicensed(SOUND)
    .with_cmdlet("Get-CsHostingProvider", rows(hosting_provider(Enabled=False, AutodiscoverUrl="")))
    .with_cmdlet("Get-CsAccessEdgeConfiguration", rows(access_edge(AllowFederatedUsers=False)))
    .with_machine(ADMIN_HOST, modules={"MicrosoftTeams": modules("5.0.0")})
    .with_federation(SharedSipAddressSpace=False)
    .without_record("_sipfederationtls._tcp.fabrikam.com", "SRV"),
    verdict=RunVerdict.NOT_READY,
    findings=failing(
        "tenant.shared-sip-address-space@contoso",
        "hosting-provider.enabled@contoso",
        "hosting-provider.target-matches@contoso",
        "hosting-provider.autodiscover-url@contoso",
        "edge.federated-users-allowed@contoso",
        "dns.federation-srv@fabrikam.com",
        "workstation.teams-module-minimum@contoso",
        "user.licence-teams-sfb@ben.okafor@contoso.com",
        "user.licence-teams-sfb@chloe.martin@contoso.com",
        "user.licence-teams-sfb@grace.o'neill@fabrikam.com",
    ),
    faults=predicted(
        "teams-module-too-old",
        "hosting-provider-missing",
        "hosting-provider-misconfigured",
        "hosted-migration-undiscoverable",
        "hms-510",
        "hms-507",
    ),
    not_applicable=frozenset(
        {
            "hosting-provider.autodiscover-answers",
            "dns.federation-srv-target-name",
            "dns.federation-srv-matches-edge",
            "dns.federation-srv-on-premises",
            "dns.federation-srv-split-brain",
        }
    ),
    sources=(sources.FEDC, sources.MCU, sources.S510, sources.S507),
)

SCENARIOS: Mapping[str, Scenario] = MappingProxyType(
    {
        scenario.name: scenario
        for scenario in (
            _READY,
            *scenarios_in_cloud.SCENARIOS,
            *scenarios_on_premises.SCENARIOS,
            *scenarios_of_users.SCENARIOS,
            *scenarios_of_the_move.SCENARIOS,
            *scenarios_of_profiles.SCENARIOS,
            *scenarios_unread.SCENARIOS,
            _SEVERAL,
            HOSTILE,
        )
    }
)
