"""After the last move the tenant's SharedSipAddressSpace is False.

Leaving hybrid is three steps that belong together: the DNS records, this setting, and the hosting provider, which is
switched off. What goes wrong if it stays on is written nowhere. Turn it off when nobody is homed on-premises any more,
never before: whoever is left there is then cut off from the cloud.
"""

from checker import sources
from checker.model.answers import Objects
from checker.model.axes import Phase
from checker.model.checks import Applies, Confidence, DeploymentCheck, Impact, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import remedies, rows
from checker.readings.tenant_federation import federation_row
from checker.readings.users import HOMED_ON_PREMISES, ON_PREMISES_USERS

EXPECTED = "SharedSipAddressSpace False, nobody homed on-premises"
NOT_YET = "Users are still homed on-premises: not yet. Move them first, and leave it on until then."


def judge(target: Target, evidence: Evidence) -> Verdict:
    shared = rows.flag(federation_row(evidence), "SharedSipAddressSpace")
    observed = f"SharedSipAddressSpace {shared}"
    if left := 0 if target.no_users else _left_on_premises(evidence):
        observed = f"{observed}, users homed on-premises: {left}"
        return Verdict.mind(expected=EXPECTED, observed=observed, summary=NOT_YET)
    return Verdict.when(not shared, expected=EXPECTED, observed=observed)


def _left_on_premises(evidence: Evidence) -> int:
    """How many the evidence shows; none where nobody looked, for the setting alone can be judged too."""
    users = evidence.attempt(ON_PREMISES_USERS)
    found = users.rows if isinstance(users, Objects) else ()
    return sum(rows.text_or_empty(row, "HostingProvider").upper() == HOMED_ON_PREMISES for row in found)


CHECK = DeploymentCheck(
    id="tenant.shared-sip-address-space-off",
    title="The tenant no longer shares its SIP address space",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.HIGH,
    confidence_note="the step; no text says what breaks without it",
    applies=Applies(phases=frozenset({Phase.DECOMMISSION})),
    judge=judge,
    remediation=remedies.tenant(
        "Set-CsTenantFederationConfiguration -SharedSipAddressSpace $false  # when nobody is left on-premises",
        verify="(Get-CsTenantFederationConfiguration).SharedSipAddressSpace",
        rollback="Set-CsTenantFederationConfiguration -SharedSipAddressSpace $true",
    ),
    sources=(sources.DISH, sources.I9881, sources.I9911),
    page=__doc__,
)
