"""On the machine that runs the move the Teams environment is set to the cloud operated by 21Vianet.

Without it the MicrosoftTeams module, which carries the cloud half of a move, addresses the worldwide cloud. No cmdlet
reads the setting back, so csready can only ask: run Set-TeamsEnvironmentConfig there and say so in csready.toml.
"""

from checker import sources
from checker.model.axes import Cloud
from checker.model.checks import Applies, Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target, said
from checker.model.verdicts import Verdict

WANTED = "TeamsChina"


def judge(target: Target, evidence: Evidence) -> Verdict:
    environment = said(target.teams_environment, "[workstation].teams_environment").strip()
    return Verdict.when(environment.lower() == WANTED.lower(), expected=WANTED, observed=environment or "none")


CHECK = DeploymentCheck(
    id="workstation.china-environment",
    title="The Teams environment is set to TeamsChina",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    applies=Applies(clouds=frozenset({Cloud.CHINA})),
    predicts=("wrong-cloud-environment",),
    judge=judge,
    remediation=Remediation(
        run="Set-TeamsEnvironmentConfig -TeamsEnvironmentName TeamsChina",
        where="MicrosoftTeams PowerShell module on the machine that runs the move",
        role="the account that runs the move",
    ),
    sources=(sources.MCU, sources.ENVC),
    page=__doc__,
)
