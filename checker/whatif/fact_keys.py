"""The keys of a snapshot's facts: ``<vantage>.<question>[<object>].<property>``.

``tenant.SharedSipAddressSpace`` does where only one object of that vantage has the property; else the question stands
before it: ``onprem.Get-CsHostingProvider[Office365].Enabled``. An object is named by what names it in the estate, or by
its number: ``[#2]``. No case counts.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from checker.errors import UsageError
from checker.model.answers import DnsAnswer, Json, Objects
from checker.model.facts import Fact, NoAnswer
from checker.model.probes import CmdletProbe
from checker.model.undecided import Unreadable
from checker.readings.rows import Row, has, scalar
from checker.rendering.words import counted, first_few
from checker.whatif.settings import Setting, ambiguous_key, unknown_key

_NAMING = (  # what a person would call it comes first
    "SipAddress",
    "UserPrincipalName",
    "Identity",
    "Name",
    "ComponentName",
    "SamAccountName",
    "Fqdn",
    "ComputerName",
    "Domain",
    "DisplayName",
    "Id",
    "SkuPartNumber",
    "Subject",
    "Thumbprint",
    "Uri",
)
_MOST_OBJECTS = 20  # of one question whose properties are listed each
_BULK = ("Get-CsUser", "Get-CsOnlineUser", "Get-ADUser", "Get-MgUser")
_AFTER_QUESTION = re.compile(r"(?:\[(.*?)\])?(?:\.([^\[\]]+))?")
RECORDS = "data"  # of a DNS answer: its records as a zone file has them


@dataclass(frozen=True)
class Path:
    """What a key leads to. ``chosen`` names one object of several, empty where it is not said; ``path`` is the property
    and what lies below it, empty where the whole answer is meant.
    """

    facts: tuple[Fact, ...]  # those with the same question
    chosen: str
    path: tuple[str, ...]

    @property
    def question(self) -> str:
        return question(self.facts[0])


def question(fact: Fact) -> str:
    """The longer form, without an object: ``tenant.Get-CsTenantFederationConfiguration``."""
    return f"{fact.probe.place}.{fact.probe.asked}"


def resolved(key: str, facts: Sequence[Fact]) -> Path | None:
    """``None`` for a key that leads nowhere. Raises ``UsageError`` for one that leads to several things."""
    by_question: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_question[question(fact)].append(fact)
    names = _names(by_question)
    folded = key.casefold()
    for name in sorted((each for each in names if folded.startswith(each)), key=len, reverse=True):
        rest = _AFTER_QUESTION.fullmatch(key[len(name) :])
        if rest:
            path = tuple(rest[2].split(".")) if rest[2] else ()
            return Path(tuple(by_question[names[name]]), rest[1] or "", path)
    return _by_property(key, facts)


def _names(by_question: Mapping[str, Sequence[Fact]]) -> dict[str, str]:
    """Questions by what they may be called: in full, or by the cmdlet alone where its parameters tell nothing apart."""
    short: defaultdict[str, list[str]] = defaultdict(list)
    for name, (first, *_) in by_question.items():
        if isinstance(first.probe, CmdletProbe):
            short[f"{first.probe.place}.{first.probe.cmdlet}".casefold()].append(name)
    alone = {name: questions[0] for name, questions in short.items() if len(questions) == 1}
    return alone | {name.casefold(): name for name in by_question}


def _by_property(key: str, facts: Sequence[Fact]) -> Path | None:
    found: dict[str, list[Fact]] = defaultdict(list)
    path: tuple[str, ...] = ()
    for fact in facts:
        start = f"{fact.probe.place}.".casefold()
        if not key.casefold().startswith(start):
            continue
        below = tuple(key[len(start) :].split("."))
        if isinstance(fact.answer, Objects) and len(fact.answer.rows) == 1 and has(fact.answer.rows[0], below[0]):
            found[question(fact)].append(fact)
            path = below
    if not found:
        return None
    if len(found) > 1:
        raise ambiguous_key(key, (f"{name}.{'.'.join(path)}" for name in found))
    (same,) = found.values()
    return Path(tuple(same), "", path)


def longer_forms(key: str, facts: Iterable[Fact]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where a short key leads nowhere: for each question whose objects have such a property the longer key of the first
    of them, and the longer keys of questions that ask for it and that nobody answered.
    """
    by_question = {question(fact): fact for fact in facts}
    among_several, unanswered = [], []
    for name, fact in by_question.items():
        start = f"{fact.probe.place}."
        if not isinstance(fact.probe, CmdletProbe) or not key.casefold().startswith(start.casefold()):
            continue
        below = key[len(start) :]
        first = below.partition(".")[0]
        if isinstance(fact.answer, Objects):
            rows = fact.answer.rows
            place = next((place for place, row in enumerate(rows) if has(row, first)), None)
            among_several += [f"{name}[{labels(rows)[place]}].{below}"] if place is not None else []
        else:
            unanswered += [f"{name}.{each}" for each in fact.probe.properties if each.casefold() == below.casefold()]
    return tuple(among_several), tuple(unanswered)


def chosen_object(key: str, chosen: str, objects: Sequence[Row]) -> int:
    """The place of the object that is named. Raises ``UsageError`` when there is none, or more than one."""
    if not chosen:
        if len(objects) == 1:
            return 0
        named = first_few((f"[{label}]" for label in labels(objects)), 3)
        raise UsageError(
            f"--set {key}: the answer holds {counted(len(objects), 'object')}",
            f"Say which one, in brackets: {named}." if named else "Give the objects themselves, as a JSON list.",
        )
    wanted = chosen.casefold()
    places = [
        place
        for place, row in enumerate(objects)
        if wanted in (each.casefold() for each in (*_naming(row), f"#{place + 1}"))
    ]
    if not places:
        raise unknown_key(key, (key.replace(f"[{chosen}]", f"[{label}]") for label in labels(objects)))
    if len(places) > 1:
        raise ambiguous_key(key, (key.replace(f"[{chosen}]", f"[#{place + 1}]") for place in places))
    return places[0]


def labels(objects: Sequence[Row]) -> tuple[str, ...]:
    """What to call each of them: the first thing that names it and no other one, else its number."""
    names = [_naming(row) for row in objects]
    often = Counter(name.casefold() for mine in names for name in dict.fromkeys(mine))
    return tuple(
        next((name for name in mine if often[name.casefold()] == 1), f"#{place}")
        for place, mine in enumerate(names, start=1)
    )


def _naming(row: Row) -> tuple[str, ...]:
    if has(row, "Path") and has(row, "Value"):  # a value of the registry is one by its path and its name
        return (f"{_text(row, 'Path')}\\{_text(row, 'Name')}",)
    found = (_text(row, name).removeprefix("sip:") for name in _NAMING)
    return tuple(dict.fromkeys(name for name in found if name and "[" not in name and "]" not in name))


def _text(row: Row, name: str) -> str:
    try:
        return scalar(row.get(name), name)
    except Unreadable:
        return ""


def fact_settings(facts: Iterable[Fact]) -> Iterator[Setting]:
    """Every key with its value, in the shorter form where that is enough; of many objects only how many they are."""
    listed = sorted({question(fact): fact for fact in facts}.values(), key=question)
    often = Counter(
        f"{fact.probe.place}.{name}".casefold()
        for fact in listed
        if isinstance(fact.answer, Objects) and len(fact.answer.rows) == 1
        for name in fact.answer.rows[0]
    )
    for fact in listed:
        name = question(fact)
        answer = fact.answer
        if isinstance(answer, NoAnswer):
            yield Setting(name, note=f"no answer: {answer.reason.value}")
        elif not isinstance(answer, Objects):
            yield from _of_wire(name, answer)
        elif len(answer.rows) == 1 and not _is_bulk(fact):
            for prop, value in _properties(fact, answer.rows[0]):
                short = f"{fact.probe.place}.{prop}"
                yield Setting(short if often[short.casefold()] == 1 else f"{name}.{prop}", value)
        elif not answer.rows or len(answer.rows) > _MOST_OBJECTS or _is_bulk(fact):
            how = ": [name].property sets one of them" if answer.rows else ""
            yield Setting(name, note=f"{counted(len(answer.rows), 'object')}{how}")
        else:
            for label, row in zip(labels(answer.rows), answer.rows, strict=True):
                yield from (Setting(f"{name}[{label}].{prop}", value) for prop, value in _properties(fact, row))


def _is_bulk(fact: Fact) -> bool:
    return isinstance(fact.probe, CmdletProbe) and fact.probe.cmdlet in _BULK


def _properties(fact: Fact, row: Row) -> Iterator[tuple[str, Json]]:
    """Those that a check reads; all, where the question does not say which."""
    read = {name.casefold() for name in fact.probe.properties} if isinstance(fact.probe, CmdletProbe) else set()
    for name, value in row.items():
        if not name.startswith("@") and (not read or name.casefold() in read):
            yield name, value


def _of_wire(name: str, answer: msgspec.Struct) -> Iterator[Setting]:
    if isinstance(answer, DnsAnswer):
        yield Setting(f"{name}.rcode", answer.rcode)
        yield Setting(f"{name}.{RECORDS}", [record.data for record in answer.records])
        return
    for field, value in msgspec.to_builtins(answer).items():
        if field != "type":
            yield Setting(f"{name}.{field}", value)
