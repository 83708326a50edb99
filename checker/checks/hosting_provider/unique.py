"""Nothing else has the ProxyFqdn of the provider that leads to the cloud, among hosting and public providers alike.

Which of two counts is written nowhere, and the texts on hybrid say to remove an older one first: what was set up by
the 2013 page is called LyncOnline, by a later one SkypeforBusinessOnline or Office365. Export the one that is wrong,
then remove it.
"""

from collections import Counter

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import remedies, rows
from checker.readings.cloud_names import CLOUD_NAMES
from checker.readings.hosting_providers import (
    HOSTING_PROVIDERS,
    NO_PROVIDER,
    PUBLIC_PROVIDERS,
    HostingProvider,
    hosting_providers,
    leading_to,
    public_providers,
)


def judge(target: Target, evidence: Evidence) -> Verdict:
    evidence.attempts(HOSTING_PROVIDERS, PUBLIC_PROVIDERS)  # both are asked, though the first may be enough
    sipfed = CLOUD_NAMES[target.cloud].sipfed
    providers = hosting_providers(evidence)
    if not leading_to(providers, sipfed):
        return NO_PROVIDER
    if not (clash := _clash(providers, sipfed)):  # two hosting providers need no further witness
        providers += public_providers(evidence)
        clash = _clash(providers, sipfed)
    return Verdict.when(
        not clash,
        expected=f"one provider with ProxyFqdn {sipfed}, and every Identity once",
        observed=rows.named(clash or [provider.identity for provider in leading_to(providers, sipfed)]),
    )


def _clash(providers: tuple[HostingProvider, ...], fqdn: str) -> list[str]:
    """The identities of those that share the FQDN or an identity; empty when none do."""
    sharing = leading_to(providers, fqdn)
    times = Counter(provider.identity.casefold() for provider in providers)
    return [
        f"{provider.identity} ({provider.proxy_fqdn})"
        for provider in providers
        if (len(sharing) > 1 and provider in sharing) or times[provider.identity.casefold()] > 1
    ]


CHECK = DeploymentCheck(
    id="hosting-provider.unique",
    title="No other provider shares its ProxyFqdn",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    judge=judge,
    remediation=remedies.on_premises(
        "Of the providers named, remove the wrong one, exported first:"
        " Get-CsHostingProvider | Export-Clixml providers.xml, then Remove-CsHostingProvider -Identity of that one"
        " (Remove-CsPublicProvider for a public provider).",
        verify="Get-CsHostingProvider | Format-Table Identity, ProxyFqdn",
        rollback="New-CsHostingProvider with the values in providers.xml",
        wait=remedies.REPLICATION,
    ),
    sources=(sources.NHP, sources.FEDC),
    page=__doc__,
)
