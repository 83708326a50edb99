"""The directory was synchronised within the three hours before this was read.

Synchronisation runs every 30 minutes by default. When it is late, what was changed on-premises for the move, an address
or an account that was enabled, is not in the tenant yet, and checks of users read old values. The limit of three hours
is csready's own: no text gives one. Start a cycle, and look at the errors of the connectors.
"""

from datetime import datetime, timedelta

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.verdicts import Verdict
from checker.readings.tenant import last_synchronised

LIMIT = timedelta(hours=3)


def judge(target: Target, evidence: Evidence) -> Verdict:
    last, observed_at = last_synchronised(evidence)
    if last is not None and last - observed_at > LIMIT:  # more than clocks differ
        raise Unreadable(f"the last synchronisation, {_shown(last)}, lies after it was read, {_shown(observed_at)}")
    when = _shown(last) if last else "never"
    return Verdict.when(
        last is not None and observed_at - last <= LIMIT,
        expected="the last synchronisation not more than 3 hours before it was read",
        observed=f"last synchronisation {when}, read {_shown(observed_at)}",
        value=when,
    )


def _shown(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


CHECK = DeploymentCheck(
    id="tenant.directory-sync-recent",
    title="The last synchronisation is recent",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.MEDIUM,
    judge=judge,
    remediation=Remediation(
        run="Start-ADSyncSyncCycle -PolicyType Delta",
        where="Entra Connect server; look at the errors of the connectors too",
        role="local administrator of the server (ADSyncOperators)",
        verify="(Get-CsTenant).LastSyncTimeStamp",
    ),
    sources=(sources.AADC,),
    page=__doc__,
)
