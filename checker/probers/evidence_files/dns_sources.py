"""What one file says to a DNS question: rows of Resolve-DnsName, or a table of answers that can say NXDOMAIN too."""

from collections import defaultdict
from contextlib import suppress
from ipaddress import ip_address
from typing import NamedTuple, Protocol

import dns.exception
import dns.rcode

from checker.model.answers import DnsAnswer, DnsRecord
from checker.model.facts import NoAnswer
from checker.model.probes import DnsProbe
from checker.model.undecided import Reason, Unreadable
from checker.probers.dns_rows import (
    UnreadableRow,
    by_name,
    is_answer,
    is_zone,
    owner,
    read_record,
    record_type,
    type_name,
)
from checker.probers.evidence_files.reading import Contents, Row, malformed
from checker.probers.evidence_files.shelf import EvidenceFile
from checker.probers.lifeline import Stage
from checker.probers.no_answers import timed_out
from checker.readings import rows
from checker.readings.names import dns_name

ADDRESSES = ("A", "AAAA")
_TIMED_OUT = frozenset({"TIMEOUT", "TIMED_OUT", "TIMEDOUT", "TIMED-OUT"})


class Answered(NamedTuple):
    """``is_inferred``: "no such record", out of rows that do not repeat the question; it counts where no other file has
    an answer."""

    file: EvidenceFile
    answer: DnsAnswer
    is_inferred: bool = False


class Failed(NamedTuple):
    file: EvidenceFile
    answer: NoAnswer


Said = Answered | Failed


class Source(Protocol):
    file: EvidenceFile

    def said(self, probe: DnsProbe) -> list[Said]:
        """Nothing where the question does not occur."""
        ...


RecordKey = tuple[str, str, str]


def record_key(record: DnsRecord) -> RecordKey:
    return record.name, record.record, record.data.lower()


class Heap:
    """Rows of Resolve-DnsName of which nobody says what was asked: they speak for the names that they are of."""

    def __init__(self, file: EvidenceFile, contents: Contents) -> None:
        self.file = file
        self._answers: dict[str, list[Row]] = defaultdict(list)
        for row in contents.rows:
            if is_answer(row, record_type(row)):
                self._answers[owner(row)].append(row)
        self._authorities = [row for row in contents.rows if record_type(row) == "SOA"]

    def said(self, probe: DnsProbe) -> list[Said]:
        try:
            chain: list[DnsRecord] = []
            name, passed = probe.name, {probe.name}
            while probe.record != "CNAME" and (aliases := self._records(name, "CNAME")):
                name = spelt(aliases[0].data)
                chain.append(aliases[0])
                if name in passed:
                    break
                passed.add(name)
            found = self._records(name, probe.record)
        except UnreadableRow as exc:
            return [Failed(self.file, malformed(self.file, "not-dns", f"a row of {probe.name} {exc}"))]
        if found:
            return [Answered(self.file, DnsAnswer(rcode="NOERROR", records=(*chain, *found)))]
        if self._denies(probe.record, name, passed):
            return [Answered(self.file, DnsAnswer(rcode="NOERROR", records=tuple(chain)), is_inferred=True)]
        return []

    def _records(self, name: str, kind: str) -> list[DnsRecord]:
        found = (read_record(row) for row in self._answers.get(name, ()) if record_type(row) == kind)
        return sorted({record_key(record): record for record in found}.values(), key=by_name)

    def _denies(self, kind: str, name: str, passed: set[str]) -> bool:
        """Whether the zone's SOA says that the name has no address of the kind: only in a file that holds nothing but
        the answer to one question for addresses can it be about no other name."""
        return (
            kind in ADDRESSES
            and not passed.isdisjoint(self._answers)
            and passed.issuperset(self._answers)
            and any(is_zone(row, name) for row in self._authorities)
        )


class Table:
    """``answers.json``: name, type, rcode, answers as in a zone file, ttl, server."""

    def __init__(self, file: EvidenceFile, contents: Contents) -> None:
        self.file = file
        self._rows: dict[str, list[Row]] = defaultdict(list)
        for row in contents.rows:
            with suppress(Unreadable):  # a row without a name speaks for none
                self._rows[spelt(rows.text(row, "name"))].append(row)

    def said(self, probe: DnsProbe) -> list[Said]:
        try:
            chain: list[DnsRecord] = []
            name, passed = probe.name, {probe.name}
            while probe.record != "CNAME" and (alias := self._alias(name)):
                name = spelt(alias.data)
                chain.append(alias)
                if name in passed:
                    break
                passed.add(name)
            found = self._of_type(name, probe.record) or self._of_type(probe.name, probe.record)
            # NXDOMAIN is said of a name, whatever type was asked for: RFC 8020.
            found = found or [row for row in self._rows.get(name, ()) if _rcode(row) == "NXDOMAIN"]
            return [self._read(row, name, tuple(chain), probe) for row in found]
        except Unreadable as exc:
            return [Failed(self.file, malformed(self.file, "not-dns", f"the row of {probe.name}: {exc.detail}"))]

    def _of_type(self, name: str, kind: str) -> list[Row]:
        return [row for row in self._rows.get(name, ()) if type_name(rows.raw(row, "type")) == kind]

    def _alias(self, name: str) -> DnsRecord | None:
        for row in self._of_type(name, "CNAME"):
            for data in rows.texts(row, "answers") if _rcode(row) == "NOERROR" else ():
                return DnsRecord(name, "CNAME", _ttl(row), data.rstrip(".") + ".")
        return None

    def _read(self, row: Row, name: str, chain: tuple[DnsRecord, ...], probe: DnsProbe) -> Said:
        rcode = _rcode(row)
        server = rows.text(row, "server") if rows.has(row, "server") else ""
        where = f"{self.file.shown}: {server or probe.name}"
        if rcode in _TIMED_OUT:
            return Failed(self.file, timed_out(Stage.READ, where))
        if rcode not in ("NOERROR", "NXDOMAIN"):
            none = NoAnswer(reason=Reason.REFUSED, code=rcode.lower(), detail=f"{where}: {rcode}")
            return Failed(self.file, none)
        aliases, found = [*chain], []
        for data in rows.texts(row, "answers") if rows.has(row, "answers") else ():
            if probe.record not in ADDRESSES or _is_address(data):
                found.append(DnsRecord(name, probe.record, _ttl(row), data))
            elif spelt(data) != name:  # dig +short lists the aliases first; the chain may have them already
                aliases.append(DnsRecord(name, "CNAME", _ttl(row), data.rstrip(".") + "."))
                name = spelt(data)
        records = (*aliases, *sorted(found, key=by_name))
        return Answered(self.file, DnsAnswer(rcode=rcode, records=records, server=server))


def spelt(text: str) -> str:
    """As probes spell it. What cannot be a name is nobody's."""
    try:
        return dns_name(text)
    except Unreadable:
        return text


def _rcode(row: Row) -> str:
    """``NXDOMAIN``, be it a name or a number; raises ``Unreadable`` for what is no rcode."""
    said = rows.text(row, "rcode").upper()
    if said in _TIMED_OUT:
        return said
    try:
        return dns.rcode.to_text(dns.rcode.from_text(said))
    except (dns.exception.DNSException, ValueError) as exc:
        raise Unreadable(f"{said[:20]!r} is no rcode") from exc


def _ttl(row: Row) -> int:
    text = rows.text(row, "ttl")
    if not (text.isascii() and text.isdigit() and len(text) < 11):  # RFC 2181 8: 31 bits
        raise Unreadable("it has answers, and no ttl")
    return int(text)


def _is_address(data: str) -> bool:
    try:
        return bool(ip_address(data))
    except ValueError:
        return False
