"""The machine that runs the move has the on-premises admin tools, at the minimum build and not behind the servers.

Move-CsUser runs from these tools, and since 2022-07-31 the minimum cumulative update is asked of them as of the Front
Ends. Tools that are older than the newest Front End know less of it than it expects; that this stops a move is less
well documented. Where only the version of a file was read, a low one is a warning: which file carries the build is not
sourced. Run the installer of the cumulative update on this machine too.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Undecided
from checker.model.verdicts import Claim, Verdict
from checker.readings.admin_tools import admin_tools
from checker.readings.builds import line_of, shown
from checker.readings.pool_builds import front_end_builds, known


def judge(target: Target, evidence: Evidence) -> Verdict:
    tools = admin_tools(evidence)
    if tools is None:
        return Verdict.when(
            False, expected="the on-premises admin tools", observed="no SkypeForBusiness or Lync module"
        )
    line = line_of(tools.build)
    observed = f"{'file version' if tools.is_of_file else 'Core Components'} {shown(tools.build)}"
    if not line.suffices(tools.build):
        expected = (
            f"{line.product}: {shown(line.minimum)} or later" if line.minimum else f"a successor of {line.product}"
        )
        claim = Claim.MIND if tools.is_of_file else Claim.DOES_NOT_HOLD
        return Verdict(claim, expected=expected, observed=observed)
    servers = evidence.derive(front_end_builds)
    newest = max((build for build in servers.values() if not isinstance(build, Undecided)), default=tools.build)
    expected = f"{shown(max(newest, line.minimum or newest))} or later"
    if tools.build < newest:
        return Verdict.mind(expected=expected, observed=observed, summary="Older than the newest Front End.")
    for build in servers.values():
        known(build)
    return Verdict.when(True, expected=expected, observed=observed)


CHECK = DeploymentCheck(
    id="workstation.admin-tools-version",
    title="The admin tools are at the minimum build and not older than the pools",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="the minimum; medium for not older",
    predicts=("server-build-too-old",),
    judge=judge,
    remediation=Remediation(
        run="run the installer of the cumulative update on the machine that runs the move",
        where="the machine that runs the move",
        role="local administrator",
        verify="Get-CsServerPatchVersion  # there",
        rollback="as the notes of the update say",
    ),
    sources=(sources.MCU, sources.PLAN, sources.PR8687),
    page=__doc__,
)
