"""What of a paste is a documented fault: the number decides, then the published sentences, and nothing is guessed.

In every published rendering the number stands in brackets behind an equals sign. Without that sign ``error: (407)``, an
HTTP status, would become a fault.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from checker.explaining.normalising import Form, Paste, letters, normalised, packed
from checker.explaining.signatures import DESCRIPTIONS_OF_510, SIGNATURES
from checker.faults import FAULTS
from checker.related_errors import RELATED_ERRORS

_HOSTED = r"hostedmigration.{0,120}?=\(([0-9]{3})\)"
# Without that word, the word for "error" as the published translations of fault 510 have it.
_ERROR = r"(?:error|fehler|erreur|エラー|错误|錯誤)=\(([0-9]{3})\)"
_NUMBER = re.compile(f"{_HOSTED}|{_ERROR}")
_DESCRIPTION = re.compile(r"[^\d()=]{0,20}=\(([^()]{1,400})")  # what stands in the second pair of brackets
_DIRECT = re.compile(r"(?:error|fault|hms-)?\(?0*([0-9]{3})\)?")
_LONGEST_NAME = 200  # characters, with the white space around it
_TELLING = 20  # letters by which half a sentence is known again

NOT_DOCUMENTED = "not a documented hosted-migration fault"
_UNFAMILIAR = "The number decides; the sentence beside it is not one that is published for it."

_BY_CODE = {fault.code: fault.id for fault in FAULTS if fault.code}
_FAULT_IDS = frozenset(fault.id for fault in FAULTS)
_RELATED_IDS = frozenset(each.id for each in RELATED_ERRORS)


@dataclass(frozen=True)
class Meaning:
    """One of ``fault`` and ``related`` is an id; neither is for a number (``code``) that no source documents.

    ``note`` is what the reader must know of how it was recognised, empty when there is nothing. ``rank`` orders what
    one paste holds: the less, the surer.
    """

    rank: int
    fault: str = ""
    related: str = ""
    code: str = ""
    note: str = ""

    @property
    def key(self) -> str:
        """What makes two errors the same."""
        return self.fault or self.related or self.code


@dataclass(frozen=True)
class Hit:
    """An error at its place: its first and its last line."""

    meanings: tuple[Meaning, ...]
    first: int
    last: int


def named_outright(text: str) -> tuple[Meaning, ...]:
    """The whole text is a code (``510``, ``0510``, ``Error 510``, ``hms-510``) or an id; empty when it is neither."""
    word = packed(normalised(text)) if len(text) <= _LONGEST_NAME else ""
    if word in _FAULT_IDS:
        return (Meaning(0, fault=word),)
    if word in _RELATED_IDS:
        return (Meaning(0, related=word),)
    if direct := _DIRECT.fullmatch(word):
        return (_numbered(direct[1]),)
    return ()


def hits(paste: Paste) -> tuple[Hit, ...]:
    """Every error of the paste, in the order of its text."""
    form = paste.packed
    found: list[tuple[int, int, tuple[Meaning, ...]]] = []
    taken: list[tuple[int, int]] = []  # what belongs to a number: its sentence is no second error
    for number in _NUMBER.finditer(form.text):
        code = number[1] or number[2]
        description = _DESCRIPTION.match(form.text, number.end())
        end = description.end() if description else _end_of_line(form, number.end())
        taken.append((number.start(), end))
        found.append((number.start(), number.end(), (_numbered(code, description[1] if description else ""),)))
    numbered = tuple(taken)
    for start, end, meanings in _by_sentence(form):
        nearest = bisect_right(numbered, start, key=itemgetter(0)) - 1
        if nearest < 0 or start >= numbered[nearest][1]:
            found.append((start, end, meanings))
            taken.append((start, end))
    placed = [Hit(m, form.line_of(s), form.line_of(e - 1)) for s, e, m in found]
    lines_taken = {line for s, e in taken for line in range(form.line_of(s), form.line_of(e - 1) + 1)}
    placed += [hit for hit in _by_letters(paste.letters) if hit.first not in lines_taken]
    return tuple(sorted(placed, key=lambda hit: (hit.first, hit.last)))


def _numbered(code: str, description: str = "") -> Meaning:
    fault = _BY_CODE.get(code)
    if fault is None:
        return Meaning(4, code=code, note=NOT_DOCUMENTED)
    return Meaning(0, fault=fault, code=code, note=_note(fault, description))


def _note(fault: str, description: str) -> str:
    told = letters(description)
    if not told:
        return ""
    if fault == "hms-510" and any(_same(told, known) for known in _published()):
        return ""
    if any(signature.pattern.search(packed(description)) for signature in SIGNATURES if fault in signature.faults):
        return ""
    return _UNFAMILIAR


def _same(told: str, known: str) -> bool:
    """Whether one holds the other: pages shorten the sentence, and the console cuts it."""
    return known in told or (len(told) >= _TELLING and told in known)


def _by_sentence(form: Form) -> Iterator[tuple[int, int, tuple[Meaning, ...]]]:
    for signature in SIGNATURES:
        rank = 3 if signature.weak else 1
        note = f"A weak sign: {signature.weak}." if signature.weak else ""
        meanings = tuple(Meaning(rank, fault=fault, note=note) for fault in signature.faults)
        if signature.related:
            meanings = (Meaning(rank, related=signature.related, note=note),)
        for found in signature.pattern.finditer(form.text):
            yield found.start(), found.end(), meanings


def _by_letters(form: Form) -> Iterator[Hit]:
    for known in _published():
        start = form.text.find(known)
        while start >= 0:
            end = start + len(known)
            yield Hit((Meaning(2, fault="hms-510"),), form.line_of(start), form.line_of(end - 1))
            start = form.text.find(known, end)


@cache
def _published() -> tuple[str, ...]:
    return tuple(letters(normalised(text)) for text in DESCRIPTIONS_OF_510)


def _end_of_line(form: Form, position: int) -> int:
    """Where the line that holds the character before ``position`` ends."""
    return form.end_of(form.line_of(position - 1))
