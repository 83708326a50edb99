"""The Access Edge finds the way to other domains by DNS SRV records, not by a default route.

Federation with a hosting provider is impossible with a default route, says the provider's page; that Move-CsUser
itself then fails is written nowhere. The setting has two types of object, and the one for a default route has no
EnablePartnerDiscovery. Switching to -UseDnsSrvRouting makes it the other type; discovery is then on exactly where the
tenant federates with everybody (edge.partner-discovery-parity).
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import remedies, rows
from checker.readings.access_edge import access_edge_row, default_route, routes_by_dns_srv, type_name
from checker.readings.powershell_text import quoted


def judge(target: Target, evidence: Evidence) -> Verdict:
    row = access_edge_row(evidence)
    holds = routes_by_dns_srv(row)
    method = rows.text(row, "RoutingMethod") if rows.has(row, "RoutingMethod") else ""
    signs = (method and f"RoutingMethod {method}", type_name(row), f"DefaultRouteFqdn {default_route(row) or 'none'}")
    return Verdict.when(
        holds,
        expected="RoutingMethod UseDnsSrvRouting",
        observed=rows.named(sign for sign in signs if sign),
        fill=(("old", quoted(route) if (route := default_route(row)) else "<the route it had>"),),
    )


CHECK = DeploymentCheck(
    id="edge.dns-srv-routing",
    title="The Edge routes by DNS SRV",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="the rule; medium for the effect",
    judge=judge,
    remediation=remedies.on_premises(
        "Set-CsAccessEdgeConfiguration -UseDnsSrvRouting -AllowFederatedUsers $true"
        " -EnablePartnerDiscovery <$true where the tenant federates with everybody, else $false>",
        verify="(Get-CsAccessEdgeConfiguration).RoutingMethod",
        rollback="Set-CsAccessEdgeConfiguration -UseDefaultRouting -DefaultRouteFqdn {old}",
        wait=remedies.REPLICATION,
    ),
    sources=(sources.GHP, sources.NHP, sources.SAE, sources.OPD),
    page=__doc__,
)
