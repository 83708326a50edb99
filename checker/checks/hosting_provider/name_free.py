"""Where a hosting provider has to be created, the name that today's documents give it, Office365, is free.

New-CsHostingProvider stops with "There is a duplicate key sequence" when a hosting or public provider has that name
already, whatever its ProxyFqdn. Create it under another name, which means nothing to anybody, or remove the stale
provider. The command of hosting-provider.present takes a name that is free.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import remedies
from checker.readings.cloud_names import CLOUD_NAMES
from checker.readings.hosting_providers import (
    DOCUMENTED_IDENTITY,
    free_identity,
    hosting_providers,
    leading_to,
    public_providers,
)
from checker.readings.powershell_text import quoted


def judge(target: Target, evidence: Evidence) -> Verdict:
    providers = hosting_providers(evidence)
    if leading_to(providers, CLOUD_NAMES[target.cloud].sipfed):
        return Verdict.not_applicable("there is a provider that leads to the cloud, none has to be created")
    providers += public_providers(evidence)
    free = free_identity(provider.identity for provider in providers)
    taken = [provider for provider in providers if provider.identity.casefold() == DOCUMENTED_IDENTITY.casefold()]
    return Verdict.when(
        not taken,
        expected=f"no provider named {DOCUMENTED_IDENTITY}",
        observed=f"{taken[0].identity} has ProxyFqdn {taken[0].proxy_fqdn}" if taken else "the name is free",
        fill=(("identity", quoted(free)),),
    )


CHECK = DeploymentCheck(
    id="hosting-provider.name-free",
    title="The name that the fix would use is not taken",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.HIGH,
    judge=judge,
    remediation=remedies.on_premises(
        "Create the provider as {identity}, as the command of hosting-provider.present does; or remove the stale one.",
        verify="(Get-CsHostingProvider).Identity; (Get-CsPublicProvider).Identity",
    ),
    sources=(sources.SDUP,),
    page=__doc__,
)
