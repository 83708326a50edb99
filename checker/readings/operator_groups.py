"""Groups on premises and roles in the tenant of the account that runs the move: as the operator says, else as read.

Who collected the evidence may be somebody else, so what the operator says of the account comes first. ``whoami
/groups`` and the transitive memberships of Microsoft Graph hold nested groups too. csready asks for neither by itself:
they come from files.
"""

from dataclasses import dataclass

import msgspec

from checker.model.answers import Objects
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import CmdletProbe, Vantage
from checker.model.target import Target
from checker.model.undecided import Reason, Undecided
from checker.readings import rows

WHOAMI = CmdletProbe(
    vantage=Vantage.WORKSTATION, cmdlet="whoami", parameters=(("groups", ""),), properties=("Name", "SID")
)
DIRECTORY_ROLES = CmdletProbe(
    vantage=Vantage.TENANT,
    cmdlet="Get-MgUserTransitiveMemberOf",
    properties=("DisplayName", "@odata.type", "AdditionalProperties"),
)

DOMAIN_ADMINS = "Domain Admins"
_ELIGIBLE = "(eligible)"


@dataclass(frozen=True, slots=True)
class Memberships:
    """``names``: lower case, what follows the last backslash. ``is_complete``: what is not among them is not held;
    where it is false, it may be. ``eligible``: roles that have to be activated first.
    """

    names: frozenset[str]
    is_complete: bool = True
    eligible: frozenset[str] = frozenset()
    source: str = ""

    def has(self, name: str) -> bool:
        """Raises ``Undecided`` where the list lacks it, and is a part of a list."""
        if name.lower() in self.names:
            return True
        if self.is_complete:
            return False
        raise Undecided(Reason.NO_ACCESS, f"{name} is not in what was read", needs=self.source)


def operator_groups(target: Target, evidence: Evidence) -> Memberships:
    """The groups on premises, Domain Admins under that name in any language. Raises ``Undecided`` where neither the
    operator nor a file says them.
    """
    key = "[operator].onprem_groups in csready.toml"
    if target.onprem_groups is not None:
        return Memberships(frozenset(map(_name, target.onprem_groups)))
    found = _read(evidence, WHOAMI, key)
    names = {_name(rows.text(row, "Name", "Group Name")) for row in found.rows}
    sids = {rows.text_or_empty(row, "SID") for row in found.rows}
    if any(sid.startswith("S-1-5-21-") and sid.endswith("-512") for sid in sids):  # well-known SIDs, Microsoft Learn
        names.add(DOMAIN_ADMINS.lower())
    return Memberships(frozenset(names), found.complete, source=key)


def tenant_roles(target: Target, evidence: Evidence) -> Memberships:
    """The directory roles; the operator marks with ``(eligible)`` one that is not activated. Raises as above."""
    key = "[operator].tenant_roles in csready.toml"
    if target.tenant_roles is not None:
        said = {_name(each) for each in target.tenant_roles}
        eligible = {name for name in said if name.endswith(_ELIGIBLE)}
        return Memberships(
            frozenset(said - eligible), eligible=frozenset(name.removesuffix(_ELIGIBLE).rstrip() for name in eligible)
        )
    found = _read(evidence, DIRECTORY_ROLES, key)
    names = (_role(row) for row in found.rows)
    return Memberships(frozenset(name for name in names if name), found.complete, source=key)


def _read(evidence: Evidence, probe: CmdletProbe, key: str) -> Objects:
    answer = evidence.attempt(probe)
    if isinstance(answer, NoAnswer):  # no account cures it, for it is never asked live
        raise Unanswered(((probe, msgspec.structs.replace(answer, needs=key)),))
    return answer


def _role(row: rows.Row) -> str:
    """Empty for a group. The Graph module keeps all that is not of every directory object in AdditionalProperties."""
    more = rows.raw(row, "AdditionalProperties") if rows.has(row, "AdditionalProperties") else None
    whole = {name: value for name, value in row.items() if value is not None} | (more if isinstance(more, dict) else {})
    is_role = rows.text_or_empty(whole, "@odata.type").lower() in ("", "#microsoft.graph.directoryrole")
    return _name(rows.text(whole, "DisplayName")) if is_role else ""


def _name(text: str) -> str:
    return text.rpartition("\\")[2].strip().lower()
