"""The cloud's word on who sent a message is taken: the provider's VerificationLevel is UseSourceVerification.

With another level the Edge does not use what the cloud says of each sender, but takes every message from there for
verified, or none. AlwaysVerifiable is what a provider gets that was created without the parameter. The texts on hybrid
ask for this level, and none ties it to a failing move. Set it with Set-CsHostingProvider.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.verdicts import Verdict
from checker.readings import remedies
from checker.readings.enumerations import member
from checker.readings.hosting_providers import HostingProvider, of_the_cloud_provider
from checker.readings.powershell_text import quoted

WANTED = "UseSourceVerification"
LEVELS = (WANTED, "AlwaysVerifiable", "AlwaysUnverifiable")  # Set-CsHostingProvider (Microsoft Learn)


def judge(target: Target, evidence: Evidence, provider: HostingProvider) -> Verdict:
    level = member(provider.row, "VerificationLevel")
    if level not in LEVELS:
        raise Unreadable(f"VerificationLevel is {level or 'null'}, which is no level of verification")
    return Verdict.when(
        level == WANTED,
        expected=f"VerificationLevel {WANTED}",
        observed=f"VerificationLevel {level}",
        fill=(("identity", quoted(provider.identity)), ("old", quoted(level))),
    )


CHECK = DeploymentCheck(
    id="hosting-provider.verification-level",
    title="The provider's messages are trusted by source verification",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    judge=of_the_cloud_provider(judge),
    remediation=remedies.on_premises(
        f"Set-CsHostingProvider -Identity {{identity}} -VerificationLevel {WANTED}",
        verify="(Get-CsHostingProvider -Identity {identity}).VerificationLevel",
        rollback="Set-CsHostingProvider -Identity {identity} -VerificationLevel {old}",
        wait=remedies.REPLICATION,
    ),
    sources=(sources.FEDC, sources.NHP, sources.OPD),
    page=__doc__,
)
