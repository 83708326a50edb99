"""Service plans of the users: Microsoft Graph's ids joined with the names of what the tenant bought, or the names that
Get-CsOnlineUser gives.

AssignedPlan is a list of objects or JSON text since version 3.0 of the MicrosoftTeams module, XML text before:
Get-CsOnlineUser (Microsoft Learn), List subscribedSkus (Microsoft Graph), Batch Move to Teams; read 2026-11-22.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from functools import lru_cache

import msgspec
from lxml import etree

from checker.model.answers import Json, Objects
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import CmdletProbe, Vantage
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.users import UserRow
from checker.readings import rows
from checker.readings.cloud_users import GRAPH_USERS, ONLINE_USERS, CloudUsers, joined
from checker.readings.moments import moment as moment

SUBSCRIBED_SKUS = CmdletProbe(
    vantage=Vantage.TENANT, cmdlet="Get-MgSubscribedSku", properties=("SkuId", "SkuPartNumber", "ServicePlans")
)

FRESH = timedelta(minutes=30)  # HostedMigration fault 507 (Microsoft support article): wait after assigning


class PlanState(IntEnum):
    """In the order of usefulness: of a plan that a user has twice the best counts."""

    ENABLED = 0
    FRESH = 1  # enabled, and assigned less than 30 minutes before it was read
    PENDING = 2
    OFF = 3


# capabilityStatus of assignedPlan, provisioningStatus of servicePlanInfo (Microsoft Graph); all others are off.
_STATES = {
    "enabled": PlanState.ENABLED,
    "success": PlanState.ENABLED,
    "warning": PlanState.PENDING,  # the subscription has run out, and its grace period has not
    "pendingactivation": PlanState.PENDING,
    "pendinginput": PlanState.PENDING,
    "pendingprovisioning": PlanState.PENDING,
}


@dataclass(frozen=True, slots=True, eq=False)
class Plans:
    """``by_name``: states by plan name in lower case. ``unnamed``: whether a plan is on whose id has no name here, so
    that a plan that seems to be missing may be that one. Users who were given the same share one object."""

    by_name: Mapping[str, PlanState]
    unnamed: bool = False

    def best(self, names: Iterable[str]) -> PlanState:
        return min(self.by_name.get(name, PlanState.OFF) for name in names)

    def matching(self, pattern: re.Pattern[str]) -> tuple[str, ...]:
        """The names of plans that are not off and match as a whole."""
        return tuple(
            name for name, state in self.by_name.items() if state is not PlanState.OFF and pattern.fullmatch(name)
        )


class Licences:
    """The plans of the batch; read from a user's object when asked for the first time."""

    def __init__(self, users: CloudUsers, names: Mapping[str, str] | None, observed_at: datetime) -> None:
        """``names``: plan names by id, for objects of Graph; ``None`` for objects of Get-CsOnlineUser."""
        self._users = users
        self._names = names
        self._observed_at = observed_at
        self._read: dict[int, Plans] = {}  # by identity of the user, whom ``users`` keeps alive
        # Whoever was given a licence in one go has the same plans with the same times: most were read before.
        self._plans = lru_cache(maxsize=1 << 12)(self._read_plans)
        self._plan = lru_cache(maxsize=1 << 12)(self._read_plan)

    def of(self, user: UserRow) -> Plans | None:
        """``None``: has no account in the cloud. Raises ``Undecided`` as :meth:`CloudUsers.of`, and where the user's
        plans were not read.
        """
        if (plans := self._read.get(id(user))) is not None:
            return plans
        row = self._users.of(user)
        if row is None:
            return None
        assigned = msgspec.json.encode(rows.raw(row, "assignedPlans", "AssignedPlans", "AssignedPlan"))
        plans = self._read[id(user)] = self._plans(assigned)
        return plans

    def _read_plans(self, assigned: bytes) -> Plans:
        """``assigned``: the property's value as JSON, which compares faster than the value."""
        states: dict[str, PlanState] = {}
        unnamed = False
        for plan in _assigned(msgspec.json.decode(assigned)):
            try:
                name, state = self._plan(tuple(plan.items()))
            except TypeError:  # a nested value, which cannot be a key of the cache
                name, state = self._name(plan), self._state(plan)
            if name:
                states[name] = state if name not in states else min(states[name], state)
            else:
                unnamed = unnamed or state is not PlanState.OFF
        return Plans(states, unnamed)

    def _read_plan(self, properties: tuple[tuple[str, Json], ...]) -> tuple[str, PlanState]:
        plan = dict(properties)
        return self._name(plan), self._state(plan)

    def _name(self, plan: rows.Row) -> str:
        if self._names is None:
            return _capability(rows.raw(plan, "Capability", "Plan", "ServicePlanName")).lower()
        return self._names.get(rows.text(plan, "servicePlanId", "ServicePlanId").lower(), "")

    def _state(self, plan: rows.Row) -> PlanState:
        said = rows.text(plan, "capabilityStatus", "CapabilityStatus", "provisioningStatus")
        state = _STATES.get(said.lower(), PlanState.OFF)
        if state is PlanState.ENABLED and rows.has(plan, "assignedDateTime", "AssignedTimestamp"):
            assigned = moment(rows.text(plan, "assignedDateTime", "AssignedTimestamp"))
            if assigned is not None and self._observed_at - assigned < FRESH:
                return PlanState.FRESH
        return state


@dataclass(frozen=True, slots=True)
class _Reading:
    """Hashable by the joined lists, which is what ``derive`` keys on."""

    graph: Callable[[Evidence], CloudUsers]
    online: Callable[[Evidence], CloudUsers]

    def __call__(self, evidence: Evidence) -> Licences:
        users, skus = evidence.attempts(GRAPH_USERS, SUBSCRIBED_SKUS)
        if isinstance(users, Objects) and isinstance(skus, Objects) and _were_read(users, "AssignedPlans"):
            return Licences(evidence.derive(self.graph), _plan_names(skus), evidence.observed_at(GRAPH_USERS))
        online = evidence.attempt(ONLINE_USERS)
        if isinstance(online, Objects):
            if not _were_read(online, "AssignedPlan"):
                raise Unreadable("Get-CsOnlineUser shows AssignedPlan of no user")
            return Licences(evidence.derive(self.online), None, evidence.observed_at(ONLINE_USERS))
        graph = ((GRAPH_USERS, users), (SUBSCRIBED_SKUS, skus))
        missing = tuple((probe, answer) for probe, answer in graph if isinstance(answer, NoAnswer))
        raise Unanswered((*missing, (ONLINE_USERS, online)))


def licences(target: Target) -> Callable[[Evidence], Licences]:
    """From Graph where both of its lists were read with plans in them, else from Get-CsOnlineUser; for
    ``evidence.derive``. Raises :class:`Unanswered` naming both ways when neither is open."""
    return _Reading(joined(target, GRAPH_USERS), joined(target, ONLINE_USERS))


def _were_read(users: Objects, name: str) -> bool:
    """Null for one user is an empty list; null for all is a property that was not read, as Get-MgUser leaves it unless
    it is asked for. No user at all cannot be all: a tenant has at least the one who set it up."""
    return any(rows.has(row, name) and rows.raw(row, name) is not None for row in users.rows)


def _plan_names(skus: Objects) -> dict[str, str]:
    names = {}
    for plan in (plan for sku in skus.rows for plan in rows.items(sku, "ServicePlans")):
        if not isinstance(plan, dict):
            raise Unreadable("a service plan of Get-MgSubscribedSku is no object")
        names[rows.text(plan, "servicePlanId").lower()] = rows.text(plan, "servicePlanName").lower()
    return names


def _assigned(value: Json) -> tuple[rows.Row, ...]:
    """The plans of one user as objects; null is an empty list. Raises ``Unreadable`` for a list that was cut off."""
    found: list[rows.Row] = []
    for item in rows.items({"AssignedPlan": value}, "AssignedPlan"):
        if isinstance(item, dict):
            found.append(item)
        elif isinstance(item, str):
            found += _from_text(item.strip())
        else:
            raise Unreadable("an assigned plan is no object")
    return tuple(found)


@lru_cache(maxsize=4096)  # users who were given the same SKUs have the same text
def _from_text(text: str) -> tuple[rows.Row, ...]:
    if not text:
        return ()
    if text.startswith("<"):
        return _from_xml(text)
    try:
        decoded = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as exc:
        raise Unreadable("an assigned plan is neither JSON nor XML") from exc
    found = tuple(decoded) if isinstance(decoded, list) else (decoded,)
    if not all(isinstance(each, dict) for each in found):
        raise Unreadable("an assigned plan is no object")
    return found


def _from_xml(text: str) -> tuple[rows.Row, ...]:
    """``XmlValueAssignedPlan/Plan`` with the state in attributes, the name in ``Capability/Capability/@Plan``."""
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as exc:
        raise Unreadable("an assigned plan is neither JSON nor XML") from exc
    return tuple(
        {
            **{str(key): str(value) for key, value in plan.attrib.items()},
            "Capability": next((str(each.get("Plan")) for each in plan.iter("{*}Capability") if each.get("Plan")), ""),
        }
        for plan in root.iter("{*}Plan")
    )


def _capability(value: Json) -> str:
    """``"Teams"``, or an object that holds the name as ``Plan``."""
    return (
        rows.text(value, "Plan")
        if isinstance(value, Mapping) and rows.has(value, "Plan")
        else rows.scalar(value, "Capability")
    )
