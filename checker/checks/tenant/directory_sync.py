"""Directory synchronisation is on for the tenant.

A move turns the account that the directory synchronised into one homed in the cloud: without synchronisation there is
no account to take the user, and the move stops. Entra Connect must synchronise every account that is enabled for Skype
for Business, those that will not move included, for the tenant has to know who is on-premises.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings.tenant import synchronised


def judge(target: Target, evidence: Evidence) -> Verdict:
    name, is_on = synchronised(evidence)
    observed = f"{name} {'null: never synchronised' if is_on is None else is_on}"
    return Verdict.when(bool(is_on), expected=f"{name} True", observed=observed)


CHECK = DeploymentCheck(
    id="tenant.directory-sync",
    title="Directory synchronisation is on for the tenant",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    predicts=("not-synced",),
    judge=judge,
    remediation=Remediation(
        run="install Entra Connect, and have it synchronise every account enabled for Skype for Business",
        where="Entra Connect server",
        role="Hybrid Identity Administrator, and local administrator of the server",
        verify="(Get-CsTenant).DirSyncEnabled",
        rollback="switch synchronisation off for the tenant",
        wait="the first full synchronisation cycle",
    ),
    sources=(sources.AADC, sources.CONF, sources.OPD),
    page=__doc__,
)
