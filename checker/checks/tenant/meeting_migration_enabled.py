"""The meeting migration service is on: MeetingMigrationEnabled is not False.

After a move it turns the user's Skype for Business meetings into Teams meetings, about 90 minutes later, with up to
nine retries in 24 hours; while it is off, they keep links to a server that the user has left. The text that says so is
of 2019. Turn it on before the move; Get-CsMeetingMigrationStatus -SummaryOnly shows how far it is.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Worst
from checker.model.evidence import Evidence
from checker.model.probes import CmdletProbe, Vantage
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import remedies, rows
from checker.readings.tenant import only

MIGRATION_CONFIGURATION = CmdletProbe(
    vantage=Vantage.TENANT, cmdlet="Get-CsTenantMigrationConfiguration", properties=("MeetingMigrationEnabled",)
)


def judge(target: Target, evidence: Evidence) -> Verdict:
    configuration = only(evidence.answer(MIGRATION_CONFIGURATION), MIGRATION_CONFIGURATION.cmdlet)
    enabled = rows.flag(configuration, "MeetingMigrationEnabled")
    return Verdict.when(enabled, expected="MeetingMigrationEnabled True", observed=f"MeetingMigrationEnabled {enabled}")


CHECK = DeploymentCheck(
    id="tenant.meeting-migration-enabled",
    title="The meeting migration service is on",
    impact=Impact.LOSES,
    worst=Worst.WARN,
    confidence=Confidence.HIGH,
    confidence_note="a text of 2019",
    judge=judge,
    remediation=remedies.tenant(
        "Set-CsTenantMigrationConfiguration -MeetingMigrationEnabled $true",
        verify="(Get-CsTenantMigrationConfiguration).MeetingMigrationEnabled",
        rollback="Set-CsTenantMigrationConfiguration -MeetingMigrationEnabled $false",
        wait="meetings convert about 90 minutes after each move; Get-CsMeetingMigrationStatus -SummaryOnly",
    ),
    sources=(sources.DMMS, sources.MOVE),
    page=__doc__,
)
