"""Of the MicrosoftTeams module only one version is installed, or all that are installed work alike.

The highest version loads by itself, but a session can load another one, and an update of the module changes which it
is. Where one of them is below the minimum and another is not, or one is called bad and another is not, the move works
in one shell and fails in the next. That this happens is inferred. Uninstall the others.
"""

from checker import sources
from checker.checks.workstation.teams_module_minimum import MINIMUM
from checker.checks.workstation.teams_module_regression import lowest_build
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.advisories import against
from checker.readings.powershell_text import quoted
from checker.readings.teams_module import TEAMS_MODULES, ModuleVersion, module_versions


def judge(target: Target, evidence: Evidence) -> Verdict:
    versions = tuple(dict.fromkeys(module_versions(evidence.answer(TEAMS_MODULES))))
    if not versions:
        return Verdict.not_applicable("no MicrosoftTeams module is installed (workstation.teams-module-minimum)")
    good = [each for each in versions if each >= MINIMUM and not against(each.major_minor)]
    others = [quoted(str(each)) for each in versions if each not in good[:1]]
    return Verdict.when(
        _alike(versions, evidence),
        expected="one version, or several that are judged alike",
        observed=f"MicrosoftTeams {rows.named(map(str, versions))}",
        fill=(("others", ",".join(others)),),
    )


def _alike(versions: tuple[ModuleVersion, ...], evidence: Evidence) -> bool:
    """Whether the checks of minimum and regression say the same of all. Builds are asked only where they decide it."""
    if len({(each >= MINIMUM, against(each.major_minor)) for each in versions}) == 1:
        return True
    called_bad = [found for each in versions if (found := against(each.major_minor))]
    repaired_by = [max(fixes) for found in called_bad if (fixes := [each.fixed_by for each in found if each.fixed_by])]
    if versions[-1] < MINIMUM or len(repaired_by) < len(called_bad):
        return False
    return lowest_build(evidence, max(repaired_by)) >= max(repaired_by)


CHECK = DeploymentCheck(
    id="workstation.single-teams-module",
    title="Only one version of the MicrosoftTeams module can load",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.LOW,
    confidence_note="inference",
    judge=judge,
    remediation=Remediation(
        run="{others} | ForEach-Object { Uninstall-Module MicrosoftTeams -RequiredVersion $_ }",
        where="the machine that runs the move, Windows PowerShell 5.1",
        role="local administrator",
        verify="Get-Module -Name MicrosoftTeams -ListAvailable  # in a new shell",
        rollback="{others} | ForEach-Object { Install-Module MicrosoftTeams -RequiredVersion $_ -Scope AllUsers }",
    ),
    sources=(sources.MCU, sources.PR13690),
    page=__doc__,
)
