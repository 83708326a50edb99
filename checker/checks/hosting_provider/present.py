"""A hosting provider leads to the cloud: one of Get-CsHostingProvider has the cloud's ProxyFqdn.

Move-CsUser looks the target up among the hosting providers, and the Edge routes to users in the cloud by it; without
one there is nowhere to move to. Its name means nothing: documents call it LyncOnline, SkypeforBusinessOnline and
Office365. A provider of another kind (exap.um.outlook.com is Exchange UM) does not count, nor one that leads to
another cloud. A ProxyFqdn cannot be changed: remove the wrong provider and create the right one.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import remedies, rows
from checker.readings.cloud_names import CLOUD_NAMES
from checker.readings.hosting_providers import free_identity, hosting_providers, identities, leading_to
from checker.readings.powershell_text import quoted

OTHER_CLOUDS = frozenset(names.sipfed for names in CLOUD_NAMES.values())


def judge(target: Target, evidence: Evidence) -> Verdict:
    cloud = CLOUD_NAMES[target.cloud]
    hosting = hosting_providers(evidence)
    found = leading_to(hosting, cloud.sipfed)
    seen = rows.named(f"{provider.identity} ({provider.proxy_fqdn or 'no ProxyFqdn'})" for provider in found or hosting)
    expected, observed = f"a hosting provider with ProxyFqdn {cloud.sipfed}", f"hosting providers: {seen}"
    if found:
        return Verdict.when(True, expected=expected, observed=observed)
    astray = [provider for provider in hosting if provider.proxy_fqdn in OTHER_CLOUDS]
    return Verdict.when(
        False,
        expected=expected,
        observed=observed,
        summary=_wrong_cloud(astray[0].proxy_fqdn) if astray else "",
        fill=(
            ("identity", quoted(free_identity(identities(evidence)))),
            ("proxy_fqdn", quoted(cloud.sipfed)),
            ("autodiscover_url", quoted(cloud.autodiscover_url)),
        ),
    )


def _wrong_cloud(fqdn: str) -> str:
    remove = f"Get-CsHostingProvider | Where-Object ProxyFqdn -eq {quoted(fqdn)} | Remove-CsHostingProvider"
    return f"{fqdn} belongs to another cloud and cannot be changed; if [deployment].cloud is right, first: {remove}"


CHECK = DeploymentCheck(
    id="hosting-provider.present",
    title="A hosting provider exists for the cloud's ProxyFqdn",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    predicts=("hosting-provider-missing",),
    judge=judge,
    remediation=remedies.on_premises(
        "New-CsHostingProvider -Identity {identity} -ProxyFqdn {proxy_fqdn} -Enabled $true"
        " -EnabledSharedAddressSpace $true -HostsOCSUsers $true -VerificationLevel UseSourceVerification"
        " -IsLocal $false -AutodiscoverUrl {autodiscover_url}",
        verify="Get-CsHostingProvider | Where-Object ProxyFqdn -eq {proxy_fqdn}",
        rollback="Remove-CsHostingProvider -Identity {identity}",
        wait=remedies.REPLICATION,
    ),
    sources=(sources.FEDC, sources.NHP, sources.MCU),
    page=__doc__,
)
