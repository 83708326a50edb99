"""The answer to a paste: one match for each distinct error, with its users, its cause and its fix.

A report of the deployment turns "this is what it means" into "and this is whether you have it".
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from checker.explaining.normalising import Paste, collapsed, normalised
from checker.explaining.passages import passages
from checker.explaining.recognising import NOT_DOCUMENTED, Meaning, hits, named_outright
from checker.faults import FAULTS
from checker.model.checks import Check, Reference, Remediation
from checker.model.faults import Fault
from checker.model.findings import FaultStatus
from checker.model.report import FaultEntry, Report
from checker.related_errors import RELATED_ERRORS, RelatedError

_MOST_TEXT = 400  # characters of a paste that are given back

_FAULTS = {fault.id: fault for fault in FAULTS}
_RELATED = {each.id: each for each in RELATED_ERRORS}


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """One distinct error. Neither ``fault`` nor ``related`` is set for a number that no source documents.

    ``text`` is what was recognised, at its first place; ``users`` are SIP addresses in lower case, or the ``CN=`` of a
    distinguished name where the text says no more. ``deployment_has_cause`` is ``null`` without a report, and where
    the report leaves it open.
    """

    fault: str | None
    related: str | None
    code: str | None
    users: tuple[str, ...]
    text: str
    cause: str
    fix: tuple[Remediation, ...]
    references: tuple[Reference, ...]
    deployment_has_cause: bool | None


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Surest match first; ``fault`` and ``code`` are those of the first one."""

    fault: str | None
    code: str | None
    matches: tuple[Match, ...]

    @property
    def recognised(self) -> bool:
        return any(match.fault or match.related for match in self.matches)


@dataclass
class _Occurrences:
    meaning: Meaning
    text: str
    users: dict[str, None] = field(default_factory=dict)


def explained(text: str, checks: Sequence[Check], report: Report | None = None) -> Answer:
    """``checks`` is the catalogue. No match at all: neither a code nor a known sentence was found."""
    found = _outright(text) or _in_paste(text)
    ordered = sorted(found, key=lambda each: each.meaning.rank)  # equals keep the order of the text
    matches = tuple(_match(each, checks, report) for each in ordered)
    first = matches[0] if matches else None
    return Answer(fault=first.fault if first else None, code=first.code if first else None, matches=matches)


def _outright(text: str) -> list[_Occurrences]:
    return [_Occurrences(meaning, collapsed(normalised(text))) for meaning in named_outright(text)]


def _in_paste(text: str) -> list[_Occurrences]:
    paste = Paste(text)
    found: dict[str, _Occurrences] = {}
    for hit, own, users in passages(paste.lines, hits(paste)):
        for meaning in hit.meanings:
            known = found.get(meaning.key)
            if known is None:
                known = found[meaning.key] = _Occurrences(meaning, collapsed("\n".join(own))[:_MOST_TEXT])
            elif meaning.rank < known.meaning.rank:
                known.meaning = meaning
            known.users.update(dict.fromkeys(users))
    return list(found.values())


def _match(found: _Occurrences, checks: Sequence[Check], report: Report | None) -> Match:
    meaning = found.meaning
    users = tuple(found.users)
    if meaning.fault:
        return _of_fault(_FAULTS[meaning.fault], meaning, found.text, users, checks, report)
    if meaning.related:
        return _of_related(_RELATED[meaning.related], meaning, found.text, users, report)
    return Match(
        fault=None,
        related=None,
        code=meaning.code,
        users=users,
        text=found.text,
        cause=f"{meaning.code} is {NOT_DOCUMENTED}",
        fix=(),
        references=(),
        deployment_has_cause=None,
    )


def _of_fault(
    fault: Fault,
    meaning: Meaning,
    text: str,
    users: tuple[str, ...],
    checks: Sequence[Check],
    report: Report | None,
) -> Match:
    entry = entry_of(report, fault.id) if report else None
    deciding = (check for check in checks if fault.id in check.predicts)
    return Match(
        fault=fault.id,
        related=None,
        code=fault.code,
        users=users,
        text=text,
        cause=_sentences(meaning.note, fault.cause),
        fix=(entry.remediation if entry else ()) or tuple(dict.fromkeys(check.remediation for check in deciding)),
        references=fault.sources,
        deployment_has_cause=_HAS_CAUSE.get(entry.status) if entry else None,
    )


def _of_related(
    related: RelatedError,
    meaning: Meaning,
    text: str,
    users: tuple[str, ...],
    report: Report | None,
) -> Match:
    return Match(
        fault=None,
        related=related.id,
        code=None,
        users=users,
        text=text,
        cause=_sentences(meaning.note, related.cause),
        fix=(Remediation(run=related.answer, where="", role=""),),
        references=related.sources,
        deployment_has_cause=None if report is None else _looked_wrong(related, report),
    )


_HAS_CAUSE = {FaultStatus.PREDICTED: True, FaultStatus.RULED_OUT: False}  # everything else leaves it open


def entry_of(report: Report, fault_id: str) -> FaultEntry | None:
    """``None`` where the report is of a version that did not know the fault."""
    return next((entry for entry in report.faults if entry.id == fault_id), None)


def _looked_wrong(related: RelatedError, report: Report) -> bool | None:
    """Whether a check of the related error's cause failed or warned; open where one was not looked at."""
    counts = [count for count in report.checks if count.id in related.checks]
    if any(count.fail or count.warn for count in counts):
        return True
    if len(counts) < len(related.checks) or any(count.unknown for count in counts):
        return None
    return False if any(count.passed for count in counts) else None


def _sentences(*parts: str) -> str:
    return " ".join(filter(None, parts))
