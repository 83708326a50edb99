"""The raw evidence as the report shows it: each fact with its answer, bounded, so that findings can be checked."""

import hashlib

import msgspec

from checker.model import report as parts
from checker.model.answers import AnyAnswer, Json, Objects
from checker.model.facts import Fact, NoAnswer, answer_parts, cure

MOST_ANSWER_BYTES = 4096


def evidence_entry(fact: Fact) -> parts.EvidenceEntry:
    """A longer answer stands as its count and sha256; it is whole in the snapshot only."""
    answer = fact.answer
    none = answer if isinstance(answer, NoAnswer) else None
    reason = parts.ReasonEntry(code=none.reason, detail=none.detail, needs=cure((none,))) if none else None
    return parts.EvidenceEntry(
        id=fact.probe.id,
        kind=str(type(fact.probe).__struct_config__.tag),
        asked=fact.probe.asked,
        vantage=fact.probe.place,
        observed_at=fact.observed_at,
        duration_ms=fact.duration_ms,
        outcome="no-answer" if none else "answer",
        reason=reason,
        source=fact.source,
        answer=None if isinstance(answer, NoAnswer) else _bounded(answer),
    )


def _bounded(answer: AnyAnswer) -> Json:
    digest = hashlib.sha256()
    size, first = 0, b""
    for part in answer_parts(answer):
        if size <= MOST_ANSWER_BYTES:
            first += part
        size += len(part)
        digest.update(part)
    if size <= MOST_ANSWER_BYTES:
        return msgspec.json.decode(first)
    count = len(answer.rows) if isinstance(answer, Objects) else 1
    return {"count": count, "bytes": size, "sha256": digest.hexdigest()}
