"""The catalogues for other programs: checks and faults as JSON with stable keys, in the order of the reports."""

import inspect
from collections.abc import Iterable

import msgspec

from checker.model.axes import Cloud, Direction, Phase
from checker.model.checks import Check, Confidence, Impact, Reference, Remediation, Scope, Worst
from checker.model.faults import Fault, Ground


class Applicability(msgspec.Struct, frozen=True, kw_only=True):
    phases: tuple[Phase, ...]
    directions: tuple[Direction, ...]
    clouds: tuple[Cloud, ...]


class CheckRecord(msgspec.Struct, frozen=True, kw_only=True):
    """``remediation`` as it stands in the check: what is in braces is filled in from the evidence of a run."""

    id: str
    title: str
    area: str
    scope: Scope
    impact: Impact
    worst: Worst
    confidence: Confidence
    confidence_note: str
    applies: Applicability
    predicts: tuple[str, ...]
    remediation: Remediation
    references: tuple[Reference, ...]
    page: str
    revision: int


class FaultRecord(msgspec.Struct, frozen=True, kw_only=True):
    """``status``: ``predictable`` when a check foresees it, else ``not-predictable``. ``not_foreseen`` says what no
    evidence can foresee of it, ``null`` where nothing is left; ``message`` is ``null`` where none is published.
    """

    id: str
    code: str | None
    title: str
    step: int
    scope: Scope
    status: str
    predicted_by: tuple[str, ...]
    confidence: Ground
    message: str | None
    cause: str
    not_foreseen: str | None
    directions: tuple[Direction, ...]
    clouds: tuple[Cloud, ...]
    references: tuple[Reference, ...]


def check_record(check: Check) -> CheckRecord:
    applies = check.applies
    return CheckRecord(
        id=check.id,
        title=check.title,
        area=check.area,
        scope=check.scope,
        impact=check.impact,
        worst=check.worst,
        confidence=check.confidence,
        confidence_note=check.confidence_note,
        applies=Applicability(
            phases=tuple(each for each in Phase if each in applies.phases),
            directions=tuple(each for each in Direction if each in applies.directions),
            clouds=tuple(each for each in Cloud if each in applies.clouds),
        ),
        predicts=check.predicts,
        remediation=check.remediation,
        references=check.sources,
        page=inspect.cleandoc(check.page),
        revision=check.revision,
    )


def fault_record(fault: Fault, checks: Iterable[Check]) -> FaultRecord:
    """``checks`` is the catalogue."""
    predicted_by = tuple(check.id for check in checks if fault.id in check.predicts)
    return FaultRecord(
        id=fault.id,
        code=fault.code,
        title=fault.title,
        step=fault.step,
        scope=fault.scope,
        status="predictable" if predicted_by else "not-predictable",
        predicted_by=predicted_by,
        confidence=fault.confidence,
        message=fault.message or None,
        cause=fault.cause,
        not_foreseen=fault.unpredictable or None,
        directions=tuple(each for each in Direction if each in fault.directions),
        clouds=tuple(each for each in Cloud if each in fault.clouds),
        references=fault.sources,
    )


def as_json(records: Iterable[CheckRecord] | Iterable[FaultRecord]) -> str:
    return msgspec.json.format(msgspec.json.encode(tuple(records)), indent=2).decode("utf-8")
