"""The report, part by part: what the product wrote itself stays, what speaks of the estate gets pseudonyms.

A text that a later version adds is redacted unless it is named here.
"""

import re
from typing import TypeVar, cast

import msgspec

from checker.model import report as parts
from checker.model.answers import Json
from checker.model.checks import Reference, Scope
from checker.model.facts import CommandRun, Notice
from checker.redacting.answers import redacted_answer
from checker.redacting.wording import Wording

_OURS: dict[type, frozenset[str]] = {
    kind: frozenset(names.split())
    for kind, names in (
        (parts.Deployment, "name"),
        (parts.FaultEntry, "id code title message cause not_foreseen"),
        (parts.FindingEntry, "check title area confidence_note predicts"),
        (parts.NotLookedAt, "check"),
        (parts.Waiver, "check"),
        (parts.CheckCount, "id"),
        (parts.Fix, "check"),
        (parts.Advice, "id title text"),
        (parts.UserOutcome, "first_fault faults"),
        (parts.Users, "conditions by_fault file"),
        (parts.EvidenceEntry, "kind outcome"),
        (Notice, "code"),
        (parts.FaultRecord, "id"),
        (parts.Report, "schema_version redaction redacted seal"),
    )
}
_WHOLLY_OURS = (parts.Tool, parts.ServerBuild, parts.Advisory, Reference)
_TOKEN = re.compile(r"\b(user|host|number|address)-[0-9a-f]{8,}\b")
P = TypeVar("P", bound=msgspec.Struct)


def redacted_report(report: parts.Report, wording: Wording) -> parts.Report:
    redaction = _Redaction(report, wording)
    done = cast(parts.Report, redaction.value(report))
    done = msgspec.structs.replace(done, redaction="pii", seal="", redacted=None)
    return parts.sealed(msgspec.structs.replace(done, redacted=_counts(done, wording)))


def _counts(report: parts.Report, wording: Wording) -> parts.Redacted:
    """Of the pseudonyms that stand in it."""
    given = {token for _, token, _ in wording.pseudonyms.given()}
    text = msgspec.json.encode(report).decode()
    met = {found[0] for found in _TOKEN.finditer(text)} & given
    number = {
        kind: sum(token.startswith(f"{kind}-") for token in met) for kind in ("user", "host", "number", "address")
    }
    return parts.Redacted(
        users=number["user"],
        hosts=number["host"],
        numbers=number["number"],
        addresses=number["address"],
        key=wording.pseudonyms.key_id,
    )


class _Redaction:
    def __init__(self, report: parts.Report, wording: Wording) -> None:
        self._wording = wording
        self._ids: dict[str, str] = {}
        taken: set[str] = set()
        for finding in report.findings:
            self._ids[finding.id] = self._new_id(finding, taken)

    def value(self, value: Json) -> Json:
        """Of any type that a report holds."""
        if isinstance(value, str):
            return self._wording.text(value)
        if isinstance(value, tuple):
            return tuple(map(self.value, value))
        if not isinstance(value, msgspec.Struct) or isinstance(value, _WHOLLY_OURS):
            return value
        changed = self._special(value)
        ours = _OURS.get(type(value), frozenset())
        for name in value.__struct_fields__:
            if name not in changed and name not in ours:
                changed[name] = self.value(getattr(value, name))
        return msgspec.structs.replace(value, **changed)

    def _special(self, part: msgspec.Struct) -> dict[str, Json]:
        """What is more than a text: names of known kind, ids, hashes, answers."""
        wording = self._wording
        match part:
            case parts.Deployment():
                return {"sip_domains": part.sip_domains}
            case parts.FindingEntry():
                return {"id": self._ids[part.id], "fingerprint": wording.pseudonyms.digest(part.fingerprint)}
            case parts.SubjectEntry():
                return {"name": self._subject(part.kind, part.name)}
            case parts.FaultEntry():
                return {"because": tuple(map(self._id, part.because))}
            case parts.NotLookedAt():
                return {"subject": wording.whole(part.subject)}
            case parts.Waiver():
                judged = part.fingerprint and wording.pseudonyms.digest(part.fingerprint)
                return {
                    "subject": wording.whole(part.subject),
                    "owner": wording.person(part.owner),
                    "fingerprint": judged,
                }
            case parts.WaiverEntry():
                return {"findings": tuple(map(self._id, part.findings))}
            case parts.UserOutcome():
                return {"sip_address": wording.person(part.sip_address)}
            case parts.Advice():
                return {"users": tuple(map(wording.person, part.users))}
            case parts.EvidenceEntry():
                return {"answer": redacted_answer(part.asked, part.answer, wording)}
            case CommandRun():
                return {"as_whom": wording.account(part.as_whom)}
            case _:
                return {}

    def _subject(self, kind: Scope, name: str) -> str:
        match kind:
            case Scope.USER:
                return self._wording.person(name)
            case Scope.SERVER:
                return self._wording.host(name)
            case _:
                return name

    def _id(self, finding: str) -> str:
        if finding in self._ids:
            return self._ids[finding]
        check, _, subject = finding.partition("@")
        return f"{check}@{self._wording.whole(subject)}"

    def _new_id(self, finding: parts.FindingEntry, taken: set[str]) -> str:
        """With the number of a duplicate, and one where two names turn out to be one person's."""
        old = f"{finding.check}@{finding.subject.name}".lower()
        stem = f"{finding.check}@{self._subject(finding.subject.kind, finding.subject.name)}".lower()
        new = stem + finding.id[len(old) :]
        number = 2
        while new in taken:
            new, number = f"{stem}#{number}", number + 1
        taken.add(new)
        return new
