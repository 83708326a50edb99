"""The hosting provider leads to the cloud that is configured here, and that is the tenant's own cloud.

A tenant lives in one cloud, and each cloud has a federation host of its own; gcc shares that of the worldwide one. With
the host of another cloud as ProxyFqdn the move looks for the tenant where it is not. The tenant's cloud is read off its
own service configuration records, else off ServiceInstance or the OpenID configuration of a SIP domain, where a table
knows their value. Correct cloud and target in the configuration, or make the provider anew (hosting-provider.present).
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import remedies, rows
from checker.readings.cloud_names import CLOUD_NAMES
from checker.readings.hosting_providers import NO_PROVIDER, hosting_providers
from checker.readings.powershell_text import quoted
from checker.readings.tenant_cloud import own_sipfed

SIPFEDS = frozenset(names.sipfed for names in CLOUD_NAMES.values())
ANOTHER_TOO = "One hosting provider leads to the configured cloud, another one to a cloud that is not."


def judge(target: Target, evidence: Evidence) -> Verdict:
    providers = [each for each in hosting_providers(evidence) if each.proxy_fqdn in SIPFEDS]
    if not providers:
        return NO_PROVIDER
    configured = CLOUD_NAMES[target.cloud].sipfed
    strangers = [each for each in providers if each.proxy_fqdn != configured]
    expected = f"ProxyFqdn {configured}, of cloud {target.cloud.value} and of the tenant"
    seen = "ProxyFqdn " + rows.named(f"{each.proxy_fqdn} ({each.identity})" for each in providers)
    fill = (("identity", quoted((strangers or providers)[0].identity)),)
    if len(strangers) == len(providers):
        return Verdict.when(False, expected=expected, observed=seen, fill=fill)
    own, said_by = own_sipfed(target, evidence)
    seen = f"{seen}; the tenant's is {own} ({said_by})"
    if strangers and own == configured:
        return Verdict.mind(expected=expected, observed=seen, summary=ANOTHER_TOO, fill=fill)
    return Verdict.when(own == configured, expected=expected, observed=seen, fill=fill)


CHECK = DeploymentCheck(
    id="tenant.cloud-matches-provider",
    title="The hosting provider belongs to the tenant's cloud",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.MEDIUM,
    predicts=("hosting-provider-missing",),
    judge=judge,
    remediation=remedies.on_premises(
        "Correct [deployment].cloud and target in csready.toml; or, where these are right, take the provider away with"
        " Remove-CsHostingProvider -Identity {identity} and make it anew (hosting-provider.present).",
        verify="Get-CsHostingProvider | Select-Object Identity, ProxyFqdn",
        rollback="make it again with New-CsHostingProvider and the values it had",
        wait=remedies.REPLICATION,
    ),
    sources=(sources.GTEN, sources.XDNS),
    page=__doc__,
)
