"""The replicas of the Central Management store, as Get-CsManagementStoreReplicationStatus lists them."""

from dataclasses import dataclass
from datetime import datetime

from checker.model.answers import Objects
from checker.model.probes import CmdletProbe, Vantage
from checker.model.undecided import Unreadable
from checker.readings import rows
from checker.readings.moments import moment
from checker.readings.names import dns_name

REPLICAS = CmdletProbe(
    vantage=Vantage.ONPREM,
    cmdlet="Get-CsManagementStoreReplicationStatus",
    properties=("ReplicaFqdn", "UpToDate", "LastStatusReport"),
)


@dataclass(frozen=True, slots=True)
class Replica:
    """``reported_at`` is ``None`` where it has never reported."""

    up_to_date: bool
    reported_at: datetime | None


def replica_of(server: str, answer: Objects) -> Replica:
    """Raises ``Undecided`` where the list does not name it, or was read in part."""
    for row in answer.rows:
        if dns_name(rows.text(row, "ReplicaFqdn")) == server:
            return Replica(rows.flag(row, "UpToDate"), moment(rows.text(row, "LastStatusReport")))
    rows.all_of(answer, REPLICAS.cmdlet)
    raise Unreadable(f"{REPLICAS.cmdlet} names no replica {server}")
