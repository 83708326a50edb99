"""Answers DNS questions out of all the files of one place."""

from collections import defaultdict

from checker.model.answers import DnsAnswer, DnsRecord
from checker.model.facts import NoAnswer
from checker.model.probes import DnsProbe
from checker.model.undecided import Reason
from checker.probers.dns_rows import answer_from_error, answer_from_rows, by_name, type_name
from checker.probers.error_records import ErrorRecord, meaning, shown
from checker.probers.evidence_files.dns_sources import (
    ADDRESSES,
    Answered,
    Failed,
    Heap,
    RecordKey,
    Said,
    Source,
    Table,
    record_key,
    spelt,
)
from checker.probers.evidence_files.known_files import RESOLVED
from checker.probers.evidence_files.manifests import Failure
from checker.probers.evidence_files.reading import FileRows, Found, of_file
from checker.probers.evidence_files.shelf import EvidenceFile, named

_BOTH = "A_AAAA"  # what Resolve-DnsName asks for unless it is told a type

# An error's id in the words of English Windows: errors 9003, 9501, 9002, 9005 and 1460 of winerror.h.
_IDS_BY_TEXT = {
    "dns name does not exist": "DNS_ERROR_RCODE_NAME_ERROR",
    "no records found for given dns query": "DNS_INFO_NO_RECORDS",
    "dns server failure": "DNS_ERROR_RCODE_SERVER_FAILURE",
    "dns operation refused": "DNS_ERROR_RCODE_REFUSED",
    "the timeout period expired": "ERROR_TIMEOUT",
}


class Resolver:
    """All that the files of one place say; each is read once, and looked up by name."""

    def __init__(self, files: tuple[EvidenceFile, ...], reader: FileRows) -> None:
        self._reader = reader
        self._asked: dict[str, list[EvidenceFile]] = defaultdict(list)
        self._sources: list[Source] = []
        self._failed: list[Failed] = []
        for file in files:
            name = file.told("Name")
            if file.name.cmdlet == RESOLVED and isinstance(name, str):
                self._asked[spelt(name)].append(file)
                continue
            found = reader.read(file)
            if isinstance(found, NoAnswer):
                self._failed.append(Failed(file, found))
            else:
                self._sources.append((Heap if file.name.cmdlet == RESOLVED else Table)(file, found))

    def answer(self, probe: DnsProbe) -> Found | None:
        """``None``: no file is about the question, or could be."""
        said = [_as_asked(file, probe, self._reader) for file in self._asked.get(probe.name, ()) if _asks(file, probe)]
        for source in self._sources:
            said += source.said(probe)
        if answers := [each for each in said if isinstance(each, Answered)]:
            return _agreed([each for each in answers if not each.is_inferred] or answers)
        if failed := [each for each in said if isinstance(each, Failed)] or self._failed:
            first = next((each for each in failed if each.answer.reason is not Reason.NO_ACCESS), failed[0])
            return Found(first.answer, (first.file,))
        if not self._sources:
            return None
        files = tuple(source.file for source in self._sources)
        detail = f"{named(files)}: nothing is said of {probe.record} {probe.name}"
        return Found(NoAnswer(reason=Reason.NO_ACCESS, code="not-in-file", detail=detail), files)


def _agreed(answered: list[Answered]) -> Found:
    """Addresses change from one query to the next, and are united; all else that differs is a contradiction."""
    files = tuple(dict.fromkeys(each.file for each in answered))
    first = answered[0]
    records: dict[RecordKey, DnsRecord] = {}
    for each in answered:
        if _fixed(each.answer) != _fixed(first.answer):
            detail = f"{first.file.shown} and {each.file.shown} contradict each other"
            return Found(NoAnswer(reason=Reason.MALFORMED, code="contradiction", detail=detail), files)
        for record in each.answer.records:
            records.setdefault(record_key(record), record)
    addresses = sorted((record for record in records.values() if record.record in ADDRESSES), key=by_name)
    others = (record for record in first.answer.records if record.record not in ADDRESSES)
    return Found(DnsAnswer(rcode=first.answer.rcode, records=(*others, *addresses), server=first.answer.server), files)


def _fixed(answer: DnsAnswer) -> tuple[str, frozenset[RecordKey], bool]:
    kept = frozenset(record_key(record) for record in answer.records if record.record not in ADDRESSES)
    return answer.rcode, kept, len(kept) < len(answer.records)


def _asks(file: EvidenceFile, probe: DnsProbe) -> bool:
    """Whether the manifest's type is the one asked for; without one Resolve-DnsName asks for both kinds of address."""
    told = file.told("Type")
    kind = _BOTH if told is None else type_name(told)
    return probe.record == kind or (kind == _BOTH and probe.record in ADDRESSES)


def _as_asked(file: EvidenceFile, probe: DnsProbe, reader: FileRows) -> Said:
    """What Resolve-DnsName said when it was asked for just this, read as if it had been asked live."""
    answer: DnsAnswer | NoAnswer
    if file.note.error:
        answer = _of_error(file.note.error)
    else:
        found = reader.read(file)
        if isinstance(found, NoAnswer):
            return Failed(file, found)
        answer = answer_from_rows(found.rows, probe)
    return Answered(file, answer) if isinstance(answer, DnsAnswer) else Failed(file, of_file(file, answer))


def _of_error(error: Failure) -> DnsAnswer | NoAnswer:
    message = error.message or ""
    known = (name for words, name in _IDS_BY_TEXT.items() if words in message.casefold())
    said = meaning(ErrorRecord(error.category or "", message, error.id or next(known, "")), RESOLVED)
    if isinstance(said, NoAnswer):
        return answer_from_error(said) if said.reason is Reason.REFUSED else said
    return NoAnswer(reason=Reason.REFUSED, code="error-record", detail=shown(message) or RESOLVED)
