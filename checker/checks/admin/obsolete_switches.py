"""The runbook passes Move-CsUser no switch that does nothing any more, or does harm.

-MoveToTeams has had no effect since 2021. -HostedMigrationOverrideUrl is needless where the hosting provider has its
AutodiscoverUrl, and with a wrong value the move fails. -BypassAudioConferencingCheck is deprecated, -UseOAuth is for
Skype for Business Server 2015 CU8 to CU11 alone, and of -BypassEnterpriseVoiceCheck the texts contradict each other.
Drop them. Where the override must be: https://adminXX.online.lync.com/HostedMigration/hostedmigrationService.svc, XX
as in ServiceInstance of Get-CsTenant (MicrosoftCommunicationsOnline/NOAM-4A-S7 gives 4A).
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import NotSaid
from checker.model.verdicts import Verdict
from checker.readings import rows

# Parameter of Move-CsUser: its key in [move].
SWITCHES = {
    "-MoveToTeams": "move_to_teams",
    "-HostedMigrationOverrideUrl": "hosted_migration_override_url",
    "-BypassAudioConferencingCheck": "bypass_audio_conferencing_check",
    "-UseOAuth": "use_oauth",
    "-BypassEnterpriseVoiceCheck": "bypass_enterprise_voice_check",
}


def judge(target: Target, evidence: Evidence) -> Verdict:
    said = {switch: getattr(target.runbook, key) for switch, key in SWITCHES.items()}
    passed = [switch for switch, value in said.items() if value]
    silent = [SWITCHES[switch] for switch, value in said.items() if value is None]
    if silent and not passed:
        raise NotSaid(rows.named(f"[move].{key}" for key in silent))
    summary = "-UseOAuth is for Skype for Business Server 2015 CU8 to CU11, where it is needed." * (
        "-UseOAuth" in passed
    )
    return Verdict.when(not passed, expected="none of them", observed=rows.named(passed), summary=summary)


CHECK = DeploymentCheck(
    id="admin.obsolete-switches",
    title="The runbook passes no switch that does nothing or harms",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.HIGH,
    judge=judge,
    remediation=Remediation(
        run="drop the switches from the Move-CsUser lines",
        where="runbook of the move",
        role="its author",
        verify="the Move-CsUser lines of the runbook",
        rollback="the lines as they were",
    ),
    sources=(sources.MCU, sources.PR7904, sources.PR11618, sources.I2457, sources.I4126, sources.I8822, sources.PR2301),
    page=__doc__,
)
