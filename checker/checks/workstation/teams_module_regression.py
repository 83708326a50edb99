"""The MicrosoftTeams module is none of those with which Move-CsUser fails.

Modules after 7.2 broke the move; the servers' build 7.0.2046.849 (KB5090660, Skype for Business Server 2019 and
Subscription Edition) repairs it, and for older generations there is no repair. Of 7.2 itself one text says that it is
bad and a later one does not. The highest version that is installed is the one that loads; the lowest build among admin
tools and Front Ends decides. Install 7.1.0 and remove the newer ones, or update the servers and the admin tools.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, ServerRole, Worst
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.verdicts import Verdict
from checker.readings.advisories import against
from checker.readings.builds import WORKSTATION_PATCH_VERSION, Build, core_components, patch_version, shown
from checker.readings.powershell_text import quoted
from checker.readings.teams_module import TEAMS_MODULES, module_versions
from checker.readings.topology import servers


def judge(target: Target, evidence: Evidence) -> Verdict:
    versions = module_versions(evidence.answer(TEAMS_MODULES))
    if not versions:
        return Verdict.not_applicable("no MicrosoftTeams module is installed (workstation.teams-module-minimum)")
    loads = versions[0]
    expected = "a module up to 7.1, or builds that repair it"
    observed = f"MicrosoftTeams {loads}"
    bad = [quoted(str(version)) for version in versions if against(version.major_minor)]
    fill = (("versions", ",".join(bad)),)
    advisories = against(loads.major_minor)
    if not advisories:
        return Verdict.when(True, expected=expected, observed=observed)
    fixes = [advisory.fixed_by for advisory in advisories if advisory.fixed_by is not None]
    if not fixes:
        summary = f"Called bad by {advisories[-1].source.title}, not by the later text."
        return Verdict.mind(expected=expected, observed=observed, summary=summary, fill=fill)
    lowest = lowest_build(evidence, max(fixes))
    observed = f"{observed}, lowest build {shown(lowest)}"
    return Verdict.when(lowest >= max(fixes), expected=f"{expected}: {shown(max(fixes))}", observed=observed, fill=fill)


def lowest_build(evidence: Evidence, wanted: Build) -> Build:
    """Of admin tools and Front Ends. One that is below ``wanted`` is enough; else all of them must have answered."""
    front_ends = [server for server in servers(evidence) if server.role is ServerRole.FRONT_END]
    if not front_ends:
        raise Unreadable("the topology names no Front End")
    probes = [WORKSTATION_PATCH_VERSION, *map(patch_version, front_ends)]
    answers = evidence.attempts(*probes)
    builds = [core_components(answer) for answer in answers if not isinstance(answer, NoAnswer)]
    missing = tuple((probe, each) for probe, each in zip(probes, answers, strict=True) if isinstance(each, NoAnswer))
    if missing and min(builds, default=wanted) >= wanted:
        raise Unanswered(missing)
    return min(builds)


CHECK = DeploymentCheck(
    id="workstation.teams-module-regression",
    title="The MicrosoftTeams module is not one that breaks Move-CsUser",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="that it is real; medium for the bounds",
    predicts=("teams-module-regression",),
    judge=judge,
    remediation=Remediation(
        run="Install-Module MicrosoftTeams -RequiredVersion 7.1.0 -Scope AllUsers;"
        " {versions} | ForEach-Object { Uninstall-Module MicrosoftTeams -RequiredVersion $_ }",
        where="the machine that runs the move, Windows PowerShell 5.1",
        role="local administrator",
        verify="Get-Module -Name MicrosoftTeams -ListAvailable  # in a new shell",
        rollback="{versions} | ForEach-Object { Install-Module MicrosoftTeams -RequiredVersion $_ -Scope AllUsers }",
    ),
    sources=(sources.PR13690, sources.PR13244, sources.A730, sources.I8499),
    page=__doc__,
)
