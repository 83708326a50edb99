"""What a check is: an identity, a claim with its source and remedy, and one pure function from evidence to verdict.

There is one class for each scope, because the scope decides what the function is handed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import ClassVar

import msgspec

from checker.model.axes import Cloud, Direction, Phase
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.users import UserRow
from checker.model.verdicts import Verdict


class Scope(Enum):
    DEPLOYMENT = "deployment"
    SIP_DOMAIN = "sip-domain"
    SERVER = "server"
    USER = "user"


class Impact(Enum):
    BLOCKS = "blocks"  # the move fails
    DEGRADES = "degrades"  # the move works; federation, presence or calls break
    LOSES = "loses"  # data is left behind
    ADVISES = "advises"


class Worst(Enum):
    FAIL = "fail"
    WARN = "warn"


class Confidence(Enum):
    HIGH = "high"  # a Microsoft text, or Microsoft-written code, says it
    MEDIUM = "medium"  # a reputable third party; or a Microsoft text that is old or contradicts another
    LOW = "low"  # inference, or common knowledge without a source


class Reference(msgspec.Struct, frozen=True):
    """``url`` is ``None`` where the source has no address that a reader could open."""

    title: str
    url: str | None
    read_on: date


class Remediation(msgspec.Struct, frozen=True, kw_only=True):
    """``run`` is a command or an action to take; an empty ``verify``, ``rollback`` or ``wait`` says that none is
    known.
    """

    run: str
    where: str
    role: str
    verify: str = ""
    rollback: str = ""
    wait: str = ""


class ServerRole(Enum):
    FRONT_END = "front-end"
    EDGE = "edge"


class Server(msgspec.Struct, frozen=True, kw_only=True):
    fqdn: str
    role: ServerRole
    pool: str = ""


def _nothing_else(target: Target) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Applies:
    """Where a check applies at all; decided before anything is asked. Outside it is ``not-applicable``, never
    ``pass``. ``unless``: why else it does not, empty for no reason.
    """

    phases: frozenset[Phase] = frozenset({Phase.PREPARE, Phase.HYBRID, Phase.CUTOVER})
    directions: frozenset[Direction] = frozenset({Direction.TO_CLOUD})
    clouds: frozenset[Cloud] = frozenset(Cloud)
    unless: Callable[[Target], str] = _nothing_else

    def refusal(self, target: Target) -> str:
        """Why it does not apply to this target; empty when it does."""
        if target.phase not in self.phases:
            return f"not judged in phase {target.phase.value}"
        if target.direction not in self.directions:
            return f"not judged for a move {target.direction.value}"
        if target.cloud not in self.clouds:
            return f"not judged in cloud {target.cloud.value}"
        return self.unless(target)


@dataclass(frozen=True, kw_only=True)
class Check:
    """``id`` is ``area.slug``, never reused. ``page`` is the docstring of its module or, in a table of siblings, its
    own: what is examined, why the move breaks without it, what to do. Raise ``revision`` when its rule changes.
    """

    scope: ClassVar[Scope]
    id: str
    title: str
    impact: Impact
    worst: Worst
    confidence: Confidence
    confidence_note: str = ""
    predicts: tuple[str, ...] = ()
    applies: Applies = Applies()
    remediation: Remediation
    sources: tuple[Reference, ...]
    page: str
    revision: int = 1

    @property
    def area(self) -> str:
        return self.id.partition(".")[0]


@dataclass(frozen=True, kw_only=True)
class DeploymentCheck(Check):
    scope = Scope.DEPLOYMENT
    judge: Callable[[Target, Evidence], Verdict]


@dataclass(frozen=True, kw_only=True)
class SipDomainCheck(Check):
    """Judged once for each SIP domain (lower case)."""

    scope = Scope.SIP_DOMAIN
    judge: Callable[[Target, Evidence, str], Verdict]


@dataclass(frozen=True, kw_only=True)
class ServerCheck(Check):
    """Judged once for each server of ``roles``."""

    scope = Scope.SERVER
    roles: frozenset[ServerRole]
    judge: Callable[[Target, Evidence, Server], Verdict]


@dataclass(frozen=True, kw_only=True)
class UserCheck(Check):
    """Judged in bulk: ``bind`` asks once for the bulk facts and returns what judges one user without asking anything.

    What it returns may raise ``Undecided`` for that one user."""

    scope = Scope.USER
    bind: Callable[[Target, Evidence], Callable[[UserRow], Verdict]]
