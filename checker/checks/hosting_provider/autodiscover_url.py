"""The provider's AutodiscoverUrl is the cloud's: Move-CsUser finds the hosted migration service by it.

Microsoft's page says that -HostedMigrationOverrideUrl is needless "as long as the hosting provider has its
AutoDiscover URL properly configured". Right is https, the cloud's webdir host or that of one forest
(webdir1e.online.lync.com), and the path /Autodiscover/AutodiscoverService.svc/root. Wrong is an empty one, the
deployment's own lyncdiscover, or another cloud's. For GCC High, DoD and China no text gives the address, so there a
deviation is a warning; so is one where the runbook passes an override.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Reason, Undecided
from checker.model.verdicts import Verdict
from checker.readings import remedies, rows
from checker.readings.autodiscover import leads_to
from checker.readings.cloud_names import CLOUD_NAMES, CloudNames
from checker.readings.hosting_providers import HostingProvider, of_the_cloud_provider
from checker.readings.powershell_text import quoted


def judge(target: Target, evidence: Evidence, provider: HostingProvider) -> Verdict:
    cloud = CLOUD_NAMES[target.cloud]
    url = rows.text(provider.row, "AutodiscoverUrl")
    expected, observed = f"AutodiscoverUrl {cloud.autodiscover_url}", f"AutodiscoverUrl {url or '(empty)'}"
    fill = (
        ("identity", quoted(provider.identity)),
        ("wanted", quoted(cloud.autodiscover_url)),
        ("old", quoted(url) if url else "$null"),
    )
    if excuse := _excuse(target, cloud, url):
        return Verdict.mind(expected=expected, observed=observed, summary=excuse, fill=fill)
    return Verdict.when(leads_to(url, cloud), expected=expected, observed=observed, fill=fill)


def _excuse(target: Target, cloud: CloudNames, url: str) -> str:
    """Why what is there is a warning only; empty where it is right, and where it is plainly wrong."""
    if leads_to(url, cloud):
        return "No text has the slash at its end." if url.endswith("/") else ""
    if not cloud.autodiscover_sourced:
        return "No text gives the address for this cloud; the one expected is inferred."
    override = target.runbook.hosted_migration_override_url
    if override is None:
        unsaid = f"AutodiscoverUrl {url or '(empty)'} is wrong, unless the runbook passes -HostedMigrationOverrideUrl"
        raise Undecided(Reason.NOT_ASKED, unsaid, needs="[move].hosted_migration_override_url in csready.toml")
    return "The runbook passes -HostedMigrationOverrideUrl, which takes its place." if override else ""


CHECK = DeploymentCheck(
    id="hosting-provider.autodiscover-url",
    title="The provider's AutodiscoverUrl leads to the cloud",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="worldwide; low in other clouds, where a deviation is warn",
    predicts=("hosted-migration-undiscoverable",),
    judge=of_the_cloud_provider(judge),
    remediation=remedies.on_premises(
        "Set-CsHostingProvider -Identity {identity} -AutodiscoverUrl {wanted}",
        verify="(Get-CsHostingProvider -Identity {identity}).AutodiscoverUrl",
        rollback="Set-CsHostingProvider -Identity {identity} -AutodiscoverUrl {old}",
        wait=remedies.REPLICATION,
    ),
    sources=(sources.MCU, sources.NHP, sources.FEDC, sources.OPD, sources.HHC),
    page=__doc__,
)
