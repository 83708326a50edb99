"""The machine that runs the move has the MicrosoftTeams PowerShell module, version 6.2.1 or later.

Move-CsUser hands the cloud half of a move to this module, and since August 2024 its page asks for 6.2.1 or later.
Windows PowerShell 5.1 hosts the on-premises module, so the Teams module has to lie where that edition looks; one in
PowerShell 7's own folders is not seen. Install a version in the window that works, and open a new shell.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.advisories import MODULE_MINIMUM
from checker.readings.teams_module import TEAMS_MODULES, ModuleVersion, module_versions

MINIMUM = ModuleVersion(MODULE_MINIMUM.module_min or (), released=True)


def judge(target: Target, evidence: Evidence) -> Verdict:
    versions = module_versions(evidence.answer(TEAMS_MODULES))
    return Verdict.when(
        bool(versions) and versions[0] >= MINIMUM,
        expected=f"MicrosoftTeams {MINIMUM} or later",
        observed=f"MicrosoftTeams {rows.named(map(str, versions))}",
    )


CHECK = DeploymentCheck(
    id="workstation.teams-module-minimum",
    title="The MicrosoftTeams module is 6.2.1 or later",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    predicts=("teams-module-too-old",),
    judge=judge,
    remediation=Remediation(
        run="Install-Module MicrosoftTeams -RequiredVersion 7.1.0 -Scope AllUsers",
        where="the machine that runs the move, Windows PowerShell 5.1",
        role="local administrator",
        verify="Get-Module -Name MicrosoftTeams -ListAvailable  # in a new shell",
        rollback="Uninstall-Module MicrosoftTeams -RequiredVersion 7.1.0",
    ),
    sources=(sources.MCU, sources.PR12068),
    page=__doc__,
)
