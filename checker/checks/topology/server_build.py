"""Every server has the cumulative update that moves need: the build of its Core Components is at the minimum.

Since 2022-07-31 Move-CsUser works only with Lync Server 2013 from CU10 HF7, Skype for Business Server 2015 from CU12,
and 2019 from CU6 on; Subscription Edition is in no such list and is judged by the line of 2019. The texts tie this to
the move, that is to the Front Ends; an Edge below it is a warning. A server that could not be asked stays unknown. Lync
Server 2013 cannot name its update; what stands in for it is the version of a file.
Install the latest cumulative update, Front Ends by upgrade domain, then the back-end database steps of its notes.
"""

from checker import sources
from checker.model.checks import Confidence, Impact, Remediation, Server, ServerCheck, ServerRole, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings.builds import line_of, shown
from checker.readings.server_builds import server_build


def judge(target: Target, evidence: Evidence, server: Server) -> Verdict:
    found = server_build(evidence, server)
    build = found.build
    line = line_of(build)
    expected = f"{line.product}: {shown(line.minimum)} or later" if line.minimum else f"a successor of {line.product}"
    observed = f"{'Microsoft.Rtc.Management.dll' if found.is_of_file else 'Core Components'} {shown(build)}"
    if server.role is ServerRole.EDGE and not line.suffices(build):
        return Verdict.mind(expected=expected, observed=observed, summary="The texts tie the build to Front Ends.")
    if found.is_of_file and not line.suffices(build):
        return Verdict.mind(expected=expected, observed=observed, summary="Which file shows the update is not sourced.")
    return Verdict.when(line.suffices(build), expected=expected, observed=observed)


CHECK = ServerCheck(
    id="topology.server-build",
    title="Every server is at the minimum build for moves",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    predicts=("server-build-too-old",),
    roles=frozenset(ServerRole),
    judge=judge,
    remediation=Remediation(
        run="install the latest cumulative update, Front Ends by upgrade domain; then its back-end database steps",
        where="each server",
        role="local administrator",
        verify="Get-CsServerPatchVersion",
        rollback="as the notes of the update say",
    ),
    sources=(sources.MCU, sources.PR9637),
    page=__doc__,
)
