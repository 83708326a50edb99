"""The tenant as a whole: its id, its directory synchronisation, its policies for everybody.

Get-CsTenant (Microsoft Learn) and the resource organization (Microsoft Graph), read 2026-11-22.
"""

import re
from datetime import datetime

from checker.model.answers import Objects
from checker.model.evidence import Evidence
from checker.model.probes import CmdletProbe, Vantage
from checker.model.undecided import Unreadable
from checker.readings import rows
from checker.readings.alternatives import first_read
from checker.readings.moments import moment, moment_of

TENANT = CmdletProbe(
    vantage=Vantage.TENANT,
    cmdlet="Get-CsTenant",
    properties=("TenantId", "VerifiedDomains", "ServiceInstance", "DirSyncEnabled", "LastSyncTimeStamp"),
)
ORGANIZATION = CmdletProbe(
    vantage=Vantage.TENANT,
    cmdlet="Get-MgOrganization",
    properties=("Id", "OnPremisesSyncEnabled", "OnPremisesLastSyncDateTime"),
)

_TENANT_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def only(answer: Objects, cmdlet: str) -> rows.Row:
    """The one object of a cmdlet that always has one. Raises ``Unreadable`` for none and for several."""
    if len(answer.rows) != 1:
        raise Unreadable(f"{cmdlet} gave {len(answer.rows)} objects, not one")
    return answer.rows[0]


def global_instance(answer: Objects, cmdlet: str) -> rows.Row:
    """The policy of everybody who has none of his own. Raises ``Unreadable`` where it is not among the objects."""
    for row in answer.rows:
        if rows.text(row, "Identity").casefold() == "global":
            return row
    raise Unreadable(f"{cmdlet} shows no instance Global")


def tenant_id(row: rows.Row, name: str) -> str:
    """Lower case. Raises ``Unreadable`` for what is none."""
    found = rows.text(row, name).lower()
    if not _TENANT_ID.fullmatch(found):
        raise Unreadable(f"{name} is no tenant id")
    return found


def synchronised(evidence: Evidence) -> tuple[str, bool | None]:
    """The property that says whether directory synchronisation is on, and what it says; ``None``: it never was."""
    probe, is_on = first_read(evidence, (TENANT, _is_synchronised), (ORGANIZATION, _organization_is_synchronised))
    return "DirSyncEnabled" if probe is TENANT else "onPremisesSyncEnabled", is_on


def last_synchronised(evidence: Evidence) -> tuple[datetime | None, datetime]:
    """When the directory was synchronised last, ``None`` for never, and when that was observed; both with a zone."""
    probe, last = first_read(evidence, (TENANT, _last), (ORGANIZATION, _last_of_organization))
    return last, evidence.observed_at(probe)


def _is_synchronised(answer: Objects) -> bool | None:
    return rows.flag(only(answer, "Get-CsTenant"), "DirSyncEnabled")


def _organization_is_synchronised(answer: Objects) -> bool | None:
    """Null is "never synchronised" (resource organization)."""
    row = only(answer, "Get-MgOrganization")
    name = "OnPremisesSyncEnabled"
    return None if rows.raw(row, name) is None else rows.flag(row, name)


def _last(answer: Objects) -> datetime:
    return moment_of(only(answer, "Get-CsTenant"), "LastSyncTimeStamp")


def _last_of_organization(answer: Objects) -> datetime | None:
    return moment(rows.text(only(answer, "Get-MgOrganization"), "OnPremisesLastSyncDateTime"))
