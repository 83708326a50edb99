"""After the last move no enabled hosting provider leads to the cloud any more.

Leaving hybrid is three steps that belong together: the DNS records, the tenant's SharedSipAddressSpace, and the
hosting provider, which is switched off. What goes wrong if it stays on is written nowhere. The page switches off every
hosting provider; one of another kind, such as Exchange UM's exap.um.outlook.com, is shown here and not judged.
"""

from checker import sources
from checker.model.axes import Phase
from checker.model.checks import Applies, Confidence, DeploymentCheck, Impact, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import remedies, rows
from checker.readings.cloud_names import CLOUD_NAMES
from checker.readings.hosting_providers import hosting_providers, leading_to
from checker.readings.powershell_text import quoted


def judge(target: Target, evidence: Evidence) -> Verdict:
    providers = hosting_providers(evidence)
    sipfed = CLOUD_NAMES[target.cloud].sipfed
    judged = leading_to(providers, sipfed)
    enabled = [provider.identity for provider in judged if rows.flag(provider.row, "Enabled")]
    others = [f"{provider.identity} ({provider.proxy_fqdn})" for provider in providers if provider not in judged]
    return Verdict.when(
        not enabled,
        expected=f"no enabled provider with ProxyFqdn {sipfed}",
        observed=f"enabled: {rows.named(enabled)}; of another kind, not judged: {rows.named(others)}",
        summary="" if judged else f"No hosting provider has the ProxyFqdn {sipfed} any more.",
        fill=(("identity", quoted(enabled[0])),) if enabled else (),
    )


CHECK = DeploymentCheck(
    id="hosting-provider.disabled",
    title="No enabled hosting provider leads to the cloud any more",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.HIGH,
    confidence_note="the step; no text says what breaks without it",
    applies=Applies(phases=frozenset({Phase.DECOMMISSION})),
    judge=judge,
    remediation=remedies.on_premises(
        "Set-CsHostingProvider -Identity {identity} -Enabled $false",
        verify="(Get-CsHostingProvider -Identity {identity}).Enabled",
        rollback="Set-CsHostingProvider -Identity {identity} -Enabled $true",
        wait=remedies.REPLICATION,
    ),
    sources=(sources.DISH,),
    page=__doc__,
)
