"""The runbook does not pass -Force to Move-CsUser.

With -Force the move goes on without the user's contacts and meetings, and they are lost for good. It is no cure for a
move that fails. Drop it; use it on a single user whose move failed without it, after an export of the contacts.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target, said
from checker.model.verdicts import Verdict


def judge(target: Target, evidence: Evidence) -> Verdict:
    forced = said(target.runbook.force, "[move].force")
    return Verdict.when(not forced, expected="no -Force", observed="-Force" if forced else "no -Force")


CHECK = DeploymentCheck(
    id="admin.force-switch",
    title="The runbook does not pass -Force",
    impact=Impact.LOSES,
    worst=Worst.WARN,
    confidence=Confidence.HIGH,
    judge=judge,
    remediation=Remediation(
        run="drop -Force; use it only on a user whose move failed without it, after an export of the contacts",
        where="runbook of the move",
        role="its author",
        verify="the Move-CsUser lines of the runbook",
    ),
    sources=(sources.MCU,),
    page=__doc__,
)
