"""The upgrade mode of the whole tenant is one of those in which calls of TeamsOnly users reach Skype for Business.

A user who has been moved is TeamsOnly. In mode Islands, the default, chats and calls to somebody who is still
on-premises go to that person's Teams client, where nobody may look. The three SfB modes deliver them on-premises.
TeamsOnly for the whole tenant is refused while hybrid, so reading it contradicts the rest. The mode changes the clients
of everybody: plan it.
"""

from checker import sources
from checker.model.axes import Phase
from checker.model.checks import Applies, Confidence, DeploymentCheck, Impact, Worst
from checker.model.evidence import Evidence
from checker.model.probes import CmdletProbe, Vantage
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.verdicts import Verdict
from checker.readings import remedies
from checker.readings.enumerations import member
from checker.readings.powershell_text import quoted
from checker.readings.tenant import global_instance

UPGRADE_POLICIES = CmdletProbe(
    vantage=Vantage.TENANT, cmdlet="Get-CsTeamsUpgradePolicy", properties=("Identity", "Mode")
)
ON_PREMISES_FIRST = ("SfBOnly", "SfBWithTeamsCollab", "SfBWithTeamsCollabAndMeetings")
POLICY_OF_MODE = {"islands": "Islands", "teamsonly": "UpgradeToTeams"}  # Grant-CsTeamsUpgradePolicy -PolicyName
CONTRADICTION = "The tenant cannot be TeamsOnly while users are homed on-premises: this contradicts the other evidence."


def judge(target: Target, evidence: Evidence) -> Verdict:
    mode = member(global_instance(evidence.answer(UPGRADE_POLICIES), UPGRADE_POLICIES.cmdlet), "Mode")
    holds = mode.casefold() in {each.casefold() for each in ON_PREMISES_FIRST}
    if not holds and mode.casefold() not in POLICY_OF_MODE:
        raise Unreadable(f"the Mode of the policy Global is {mode!r}, which is none that is known")
    return Verdict.when(
        holds,
        expected=f"Global Mode one of {', '.join(ON_PREMISES_FIRST)}",
        observed=f"Global Mode {mode}",
        summary=CONTRADICTION if mode.casefold() == "teamsonly" else "",
        fill=(("policy", quoted(POLICY_OF_MODE.get(mode.casefold(), mode))),),
    )


CHECK = DeploymentCheck(
    id="tenant.coexistence-mode",
    title="The tenant-wide upgrade mode lets TeamsOnly users call on-premises users",
    impact=Impact.DEGRADES,
    worst=Worst.WARN,
    confidence=Confidence.HIGH,
    applies=Applies(phases=frozenset({Phase.PREPARE, Phase.HYBRID})),
    judge=judge,
    remediation=remedies.tenant(
        "Grant-CsTeamsUpgradePolicy -Global -PolicyName SfBWithTeamsCollab  # changes the clients of everybody",
        verify="(Get-CsTeamsUpgradePolicy -Identity Global).Mode",
        rollback="Grant-CsTeamsUpgradePolicy -Global -PolicyName {policy}",
    ),
    sources=(sources.CONS, sources.TUP),
    page=__doc__,
)
