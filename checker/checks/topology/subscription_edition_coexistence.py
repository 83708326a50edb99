"""Subscription Edition stands alone: no older server is in the deployment beside it.

It works beside 2015 and 2019 for a time, and a later update of it will refuse them: whoever plans a long coexistence is
stopped by that update. Servers of 2019 are upgraded in place. For 2015 Microsoft's text says side by side, one article
in the press says in place. Retire the older servers.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.verdicts import Verdict
from checker.readings.generations import deployment
from checker.readings.products import SFB_SE


def judge(target: Target, evidence: Evidence) -> Verdict:
    found = deployment(evidence)
    beside_older = {SFB_SE in mix and len(mix) > 1 for mix in found.mixes}
    if beside_older != {True}:
        found.complete()
    if len(beside_older) > 1:
        raise Unreadable(f"the servers do not tell whether they are 2019 or Subscription Edition: {found}")
    if not any(SFB_SE in mix for mix in found.mixes):
        return Verdict.not_applicable("no server is of Subscription Edition")
    return Verdict.when(True not in beside_older, expected="no older server beside it", observed=str(found))


CHECK = DeploymentCheck(
    id="topology.subscription-edition-coexistence",
    title="Subscription Edition stands alone or in its window of coexistence",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.MEDIUM,
    judge=judge,
    remediation=Remediation(
        run="upgrade the older servers or move what lives on them, and retire their pools",
        where="Topology Builder, and the servers",
        role="RTCUniversalServerAdmins",
        verify="Get-CsServerPatchVersion  # on a server of each pool",
    ),
    sources=(sources.SE1, sources.SE2),
    page=__doc__,
)
