"""The switches of the hosting provider that leads to the cloud, each a check of its own."""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Reference, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import remedies, rows
from checker.readings.hosting_providers import HostingProvider, of_the_cloud_provider
from checker.readings.powershell_text import boolean, quoted


def switch_check(
    slug: str,
    title: str,
    name: str,
    wanted: bool,
    origins: tuple[Reference, ...],
    page: str,
    confidence: Confidence = Confidence.HIGH,
    confidence_note: str = "",
) -> DeploymentCheck:
    def judge(target: Target, evidence: Evidence, provider: HostingProvider) -> Verdict:
        value = rows.flag(provider.row, name)
        identity = (("identity", quoted(provider.identity)),)
        return Verdict.when(value is wanted, expected=f"{name} {wanted}", observed=f"{name} {value}", fill=identity)

    command = f"Set-CsHostingProvider -Identity {{identity}} -{name}"
    return DeploymentCheck(
        id=f"hosting-provider.{slug}",
        title=title,
        impact=Impact.BLOCKS,
        worst=Worst.FAIL,
        confidence=confidence,
        confidence_note=confidence_note,
        predicts=("hosting-provider-misconfigured",),
        judge=of_the_cloud_provider(judge),
        remediation=remedies.on_premises(
            f"{command} {boolean(wanted)}",
            verify=f"(Get-CsHostingProvider -Identity {{identity}}).{name}",
            rollback=f"{command} {boolean(not wanted)}",
            wait=remedies.REPLICATION,
        ),
        sources=origins,
        page=page,
    )


CHECKS = (
    switch_check(
        "enabled",
        "The provider is enabled",
        "Enabled",
        True,
        (sources.NHP, sources.FEDC, sources.OPD),
        """The hosting provider that leads to the cloud is switched on: Enabled is True.

A provider that is off is not used, so nobody can be moved to where it leads. Off is the default on creation. Switch it
on with Set-CsHostingProvider; after the last move it is to be off, which hosting-provider.disabled looks at.
""",
    ),
    switch_check(
        "shared-address-space",
        "The provider has the shared address space enabled",
        "EnabledSharedAddressSpace",
        True,
        (sources.NHP, sources.FEDC, sources.OPD, sources.PR5716),
        """The on-premises half of split domain: the provider's EnabledSharedAddressSpace is True.

Without it the servers do not look in the cloud for users of their own SIP domains; after a move that shows as SIP 504.
False is the default on creation. It looks like the tenant's SharedSipAddressSpace, the other half, whose absence is
fault 510; this one is not the cause of 510. Switch it on with Set-CsHostingProvider.
""",
    ),
    switch_check(
        "hosts-ocs-users",
        "The provider hosts Skype for Business users",
        "HostsOCSUsers",
        True,
        (sources.NHP, sources.FEDC),
        """The provider is one that users can be homed at: HostsOCSUsers is True.

With False, the default on creation, it is of the Exchange kind, which hosts voice mail and no users, and nobody can be
moved to it. Switch it on with Set-CsHostingProvider.
""",
    ),
    switch_check(
        "not-local",
        "The provider is not marked local",
        "IsLocal",
        False,
        (sources.FEDC, sources.NHP, sources.HHC),
        """The provider lies outside the deployment: IsLocal is False.

Every Microsoft text on hybrid has it False, which is the default too; what True does is written nowhere. The README of
one public checker asks for True and its code for False: False is right. Set it with Set-CsHostingProvider.
""",
        Confidence.MEDIUM,
        "no text on what a wrong value does",
    ),
)
