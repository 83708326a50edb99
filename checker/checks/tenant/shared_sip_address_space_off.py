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

EXPECTED = "SharedSipAddressSpace False, once nobody is homed on-premises"
LEAVE_ON = "Users are still homed on-premises: not yet. Move them first, and leave it on until then."
TURN_ON = "Users are still homed on-premises: not yet. Turn it on again, and move them first."
NOT_NOW = "<$false, and not before nobody is left on-premises>"  # a blank, so that no script runs it


def judge(target: Target, evidence: Evidence) -> Verdict:
    shared = rows.flag(federation_row(evidence), "SharedSipAddressSpace")
    left = None if target.no_users else _left_on_premises(evidence, is_off=not shared)
    homed = "not read" if left is None else left
    observed = f"SharedSipAddressSpace {shared}; users homed on-premises: {homed}"
    before = ("before", "$true" if shared else "$false")
    if left:
        fill = (("wanted", NOT_NOW if shared else "$true"), before)
        return Verdict.mind(expected=EXPECTED, observed=observed, summary=LEAVE_ON if shared else TURN_ON, fill=fill)
    fill = (("wanted", "$false  # when nobody is left on-premises"), before)
    return Verdict.when(not shared, expected=EXPECTED, observed=observed, fill=fill)


def _left_on_premises(evidence: Evidence, *, is_off: bool) -> int | None:
    """How many the evidence shows, ``None`` where not all were looked at. Raises ``Undecided`` for that where sharing
    is off, which is right only if there is nobody; where it is on, it is a warning either way.
    """
    users = evidence.attempt(ON_PREMISES_USERS)
    read = users.rows if isinstance(users, Objects) else ()
    left = sum(rows.text_or_empty(row, "HostingProvider").upper() == HOMED_ON_PREMISES for row in read)
    if left or (isinstance(users, Objects) and users.complete):
        return left
    if is_off:
        rows.all_of(evidence.answer(ON_PREMISES_USERS), ON_PREMISES_USERS.cmdlet)
    return None


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
        "Set-CsTenantFederationConfiguration -SharedSipAddressSpace {wanted}",
        verify="(Get-CsTenantFederationConfiguration).SharedSipAddressSpace",
        rollback="Set-CsTenantFederationConfiguration -SharedSipAddressSpace {before}",
    ),
    sources=(sources.DISH, sources.I9881, sources.I9911),
    page=__doc__,
)
