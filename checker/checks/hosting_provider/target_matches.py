"""What the runbook passes as -Target is the ProxyFqdn of an enabled hosting provider.

Move-CsUser looks the target up among the hosting providers; a name that is mistyped, or of another cloud, finds none.
Correct -Target in the runbook, and [deployment].target with it, where it is set at all: left out, it is the cloud's.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.cloud_names import CLOUD_NAMES
from checker.readings.hosting_providers import hosting_providers, leading_to
from checker.readings.names import same_name
from checker.readings.powershell_text import quoted

RIGHT_BUT_MISSING = "The target is the cloud's; the provider has to be created (hosting-provider.present)."


def judge(target: Target, evidence: Evidence) -> Verdict:
    sipfed = CLOUD_NAMES[target.cloud].sipfed
    meant = leading_to(hosting_providers(evidence), target.proxy_fqdn)
    enabled = any(rows.flag(provider.row, "Enabled") for provider in meant)
    names = rows.named(provider.identity for provider in meant)
    state = "enabled" if enabled else "not enabled" if meant else "of no hosting provider"
    return Verdict.when(
        enabled,
        expected="-Target is the ProxyFqdn of an enabled hosting provider",
        observed=f"-Target {target.proxy_fqdn}: {f'{names}, ' if meant else ''}{state}",
        summary="" if meant or not same_name(target.proxy_fqdn, sipfed) else RIGHT_BUT_MISSING,
        fill=(("proxy_fqdn", quoted(sipfed)),),
    )


CHECK = DeploymentCheck(
    id="hosting-provider.target-matches",
    title="The -Target of the runbook is the provider's ProxyFqdn",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    predicts=("hosting-provider-missing",),
    judge=judge,
    remediation=Remediation(
        run="In the runbook: Move-CsUser -Target {proxy_fqdn}; the same in [deployment].target.",
        where="the runbook, and csready.toml",
        role="whoever keeps the runbook",
        verify="(Get-CsHostingProvider).ProxyFqdn",
    ),
    sources=(sources.MCU,),
    page=__doc__,
)
