"""The replica of the Central Management store on every Front End and Edge is up to date.

What is changed on-premises, the hosting provider and the Edge's switches above all, takes effect on a server when its
replica has it. An Edge whose replica lags behind goes on with the old settings, whatever the shell shows. A status
that is older than an hour says little of now. Start the replication; where an Edge stays behind, look at TCP 4443 from
the Front End that holds the store.
"""

from datetime import timedelta

from checker import sources
from checker.model.checks import Confidence, Impact, Server, ServerCheck, ServerRole, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import remedies
from checker.readings.powershell_text import quoted
from checker.readings.replicas import REPLICAS, replica_of

FRESH = timedelta(hours=1)  # ours


def judge(target: Target, evidence: Evidence, server: Server) -> Verdict:
    replica = replica_of(server.fqdn, evidence.answer(REPLICAS))
    seen = evidence.observed_at(REPLICAS)
    reported = f"{replica.reported_at:%Y-%m-%d %H:%M %Z}" if replica.reported_at else "never"
    expected = f"UpToDate True, reported within an hour of {seen:%Y-%m-%d %H:%M %Z}"
    observed = f"UpToDate {replica.up_to_date}, reported {reported}"
    fill = (("replica", quoted(server.fqdn)),)
    if replica.up_to_date and (replica.reported_at is None or abs(seen - replica.reported_at) > FRESH):
        return Verdict.mind(expected=expected, observed=observed, summary="The status is not of now.", fill=fill)
    lags = None if replica.up_to_date else "UpToDate False"  # which it reports again every few minutes
    return Verdict.when(replica.up_to_date, expected=expected, observed=observed, value=lags, fill=fill)


CHECK = ServerCheck(
    id="topology.replication-current",
    title="All CMS replicas are up to date",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    roles=frozenset(ServerRole),
    judge=judge,
    remediation=remedies.on_premises(
        "Invoke-CsManagementStoreReplication -ReplicaFqdn {replica}",
        verify="Get-CsManagementStoreReplicationStatus -ReplicaFqdn {replica}",
        wait="minutes",
    ),
    sources=(sources.HHC, sources.OPD),
    page=__doc__,
)
