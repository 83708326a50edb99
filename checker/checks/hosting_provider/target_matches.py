"""What the runbook passes as -Target is the ProxyFqdn of an enabled hosting provider.

Move-CsUser looks the target up among the hosting providers; a name that is mistyped, or of another cloud, finds none.
That of a provider of another kind, such as exap.um.outlook.com, is found and leads elsewhere: a warning. Correct
-Target in the runbook, and [deployment].target with it, where it is set at all: left out, it is the cloud's.
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
RIGHT_BUT_OFF = "The target is the cloud's; the provider has to be switched on (hosting-provider.enabled)."


def judge(target: Target, evidence: Evidence) -> Verdict:
    sipfed = CLOUD_NAMES[target.cloud].sipfed
    meant = leading_to(hosting_providers(evidence), target.proxy_fqdn)
    enabled = any(rows.flag(provider.row, "Enabled") for provider in meant)
    names = rows.named(provider.identity for provider in meant)
    state = "enabled" if enabled else "not enabled" if meant else "of no hosting provider"
    expected = f"-Target is the ProxyFqdn of an enabled hosting provider, {sipfed}"
    observed = f"-Target {target.proxy_fqdn}: {f'{names}, ' if meant else ''}{state}"
    fill = (("proxy_fqdn", quoted(sipfed)),)
    is_the_clouds = same_name(target.proxy_fqdn, sipfed)
    if enabled and not is_the_clouds:
        summary = f"That provider does not lead to cloud {target.cloud.value}."
        return Verdict.mind(expected=expected, observed=observed, summary=summary, fill=fill)
    excuse = RIGHT_BUT_OFF if meant else RIGHT_BUT_MISSING
    summary = excuse if is_the_clouds and not enabled else ""
    return Verdict.when(enabled, expected=expected, observed=observed, summary=summary, fill=fill)


CHECK = DeploymentCheck(
    id="hosting-provider.target-matches",
    title="The -Target of the runbook is the provider's ProxyFqdn",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    predicts=("hosting-provider-missing",),
    judge=judge,
    remediation=Remediation(
        run="In the runbook: Move-CsUser -Target {proxy_fqdn}, the same in [deployment].target;"
        " and a hosting provider with that ProxyFqdn that is switched on.",
        where="the runbook, and csready.toml",
        role="whoever keeps the runbook",
        verify="Get-CsHostingProvider | Where-Object Enabled | Select-Object Identity, ProxyFqdn",
    ),
    sources=(sources.MCU,),
    page=__doc__,
)
