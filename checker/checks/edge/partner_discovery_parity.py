"""The Edge discovers partners by itself exactly when the tenant federates with everybody.

In hybrid both sides have to have one model: an open tenant wants EnablePartnerDiscovery True, a tenant that federates
with listed domains only, or with nobody, wants it False. Where they differ, a partner reaches users on one side and
not on the other. The page of 2013 leaves discovery out, and some checkers always want True: both are wrong for half of
all tenants. Which of the two sides gives way is the customer's choice.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import remedies, rows
from checker.readings.access_edge import ACCESS_EDGE, access_edge_row, has_default_route
from checker.readings.powershell_text import boolean
from checker.readings.tenant_federation import TENANT_FEDERATION, federation_model, federation_row


def judge(target: Target, evidence: Evidence) -> Verdict:
    evidence.attempts(ACCESS_EDGE, TENANT_FEDERATION)  # asked together, though the first may be enough
    edge = access_edge_row(evidence)
    if has_default_route(edge):
        return Verdict.not_applicable("the Edge has a default route, a type without partner discovery")
    discovers = rows.flag(edge, "EnablePartnerDiscovery")
    model = federation_model(federation_row(evidence))
    agree = discovers is model.is_open
    return Verdict.when(
        agree,
        expected=f"EnablePartnerDiscovery {model.is_open}, the tenant being {model.described}",
        observed=f"EnablePartnerDiscovery {discovers}, the tenant being {model.described}",
        summary="" if agree else "Or change the tenant's model instead: the choice is the customer's.",
        fill=(("wanted", boolean(model.is_open)), ("old", boolean(discovers))),
    )


CHECK = DeploymentCheck(
    id="edge.partner-discovery-parity",
    title="Partner discovery on the Edge matches the tenant's federation model",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    judge=judge,
    remediation=remedies.on_premises(
        "Set-CsAccessEdgeConfiguration -UseDnsSrvRouting -EnablePartnerDiscovery {wanted}",
        verify="(Get-CsAccessEdgeConfiguration).EnablePartnerDiscovery",
        rollback="Set-CsAccessEdgeConfiguration -UseDnsSrvRouting -EnablePartnerDiscovery {old}",
        wait=remedies.REPLICATION,
    ),
    sources=(sources.PLAN, sources.SAE, sources.SEED, sources.HHC, sources.I1254, sources.I4478, sources.I4882),
    page=__doc__,
)
