"""On what terms two reports can be compared at all: what was assessed, in which phase, by which version, with which
names.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from checker.model.checks import Scope
from checker.model.report import Report

PSEUDONYMOUS = frozenset({Scope.USER, Scope.SERVER})
"""Kinds of subjects that redaction renames; deployments and SIP domains keep their names."""


@dataclass(frozen=True)
class Terms:
    """``why_not``: why nothing can be compared. ``another_phase``: why a changed status shows no change of the estate.
    ``other_names``: why users and servers cannot be matched. Each is empty where there is no such reason. ``notes`` are
    for the reader.
    """

    why_not: tuple[str, ...]
    another_phase: str
    other_names: str
    notes: tuple[str, ...]


def terms(old: Report, new: Report) -> Terms:
    another_phase, other_names = _another_phase(old, new), _other_names(old, new)
    return Terms(
        why_not=tuple(_why_not(old, new)),
        another_phase=another_phase,
        other_names=other_names,
        notes=tuple(_notes(old, new, another_phase, other_names)),
    )


def _why_not(old: Report, new: Report) -> Iterator[str]:
    was, now = old.deployment, new.deployment
    for what, before, after in (
        ("deployment", was.name, now.name),
        ("cloud", was.cloud.value, now.cloud.value),
        ("direction", was.direction.value, now.direction.value),
    ):
        if before != after:
            yield f"another {what}: {before} then, {after} now"


def _another_phase(old: Report, new: Report) -> str:
    was, now = old.deployment.phase.value, new.deployment.phase.value
    return f"another phase, {was} then and {now} now: other values are expected" if was != now else ""


def _other_names(old: Report, new: Report) -> str:
    was, now = redaction_key(old), redaction_key(new)
    if was == now != "":
        return ""
    if was is not None and now is not None:
        return "redacted with different keys, so nobody can say which user or server is which"
    return f"only the {'new' if was is None else 'old'} report is redacted: its names are pseudonyms"


def redaction_key(report: Report) -> str | None:
    """``None`` where names stand as they are; empty where they do not and the key is not known."""
    if report.redacted:
        return report.redacted.key
    return "" if report.redaction else None


def _notes(old: Report, new: Report, *of_terms: str) -> Iterator[str]:
    if old.tool.version != new.tool.version:
        yield (
            f"the tool changed, {old.tool.version} then and {new.tool.version} now: a check that only one of them has "
            "is new or gone because of it"
        )
    yield from filter(None, of_terms)
    if old.deployment.target != new.deployment.target:
        yield f"another target of the move: {old.deployment.target} then, {new.deployment.target} now"
    if old.as_of > new.as_of:
        yield "the old report is the later one: the two may be swapped"
    for which, report in (("old", old), ("new", new)):
        if report.interrupted:
            yield f"the {which} run was interrupted: its report is partial"
    if bool(users_left_out(old)) != bool(users_left_out(new)):
        yield f"users were left out of the {'old' if users_left_out(old) else 'new'} run on purpose"
    if _is_of_a_lab(old) != _is_of_a_lab(new):
        yield f"the {'old' if _is_of_a_lab(old) else 'new'} one is of a lab run"


def users_left_out(report: Report) -> str:
    """What the report says of it, and each finding that rests on it, where that was done on purpose; else empty."""
    return next((notice.text for notice in report.notices if notice.code == "no-users"), "")


def _is_of_a_lab(report: Report) -> bool:
    return any(notice.code == "lab" for notice in report.notices)
