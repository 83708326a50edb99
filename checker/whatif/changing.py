"""A snapshot with some of its settings changed, and nothing else.

What nobody answered cannot be set by the short name of a property: nothing is made up because a name happened to fit.
It can be assumed on purpose, in the longer form of a key and one property at a time. The answer that is made of it
counts as read in part, so a check that needs the whole list, or another property, stays unknown.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from checker.errors import UsageError
from checker.model.answers import AnyAnswer, DnsAnswer, DnsRecord, Json, Objects
from checker.model.facts import Fact, NoAnswer, Snapshot
from checker.model.probes import CmdletProbe, DnsProbe
from checker.rendering.words import first_few
from checker.whatif.fact_keys import RECORDS, Path, chosen_object, fact_settings, longer_forms, resolved
from checker.whatif.settings import Change, Setting, bad_value, unknown_key
from checker.whatif.target_keys import changed_target, is_target_key, sound_target, target_settings
from checker.whatif.values import read_value, typed_like

_SETTING = re.compile(r"((?:[^=\[]|\[[^\]]*\])+)=(.*)", re.DOTALL)  # the name of an object may hold an equals sign
_ASSUMED_TTL = 3600  # seconds


@dataclass(frozen=True)
class Changed:
    snapshot: Snapshot
    changes: tuple[Change, ...]


def settings(snapshot: Snapshot) -> tuple[Setting, ...]:
    """Every key that can be set: what the operator said, then the facts by vantage and question."""
    return (*target_settings(snapshot.target), *fact_settings(snapshot.facts))


def changed(snapshot: Snapshot, written: Iterable[str]) -> Changed:
    """``written``: ``KEY=VALUE``, applied one after the other. Raises ``UsageError`` for a key that is not there, for a
    value of another kind, and for a move back without a target.
    """
    changes = []
    for each in written:
        parted = _SETTING.fullmatch(each)
        if not parted:
            raise UsageError(f"--set {each}: holds no value", "Write KEY=VALUE, as in deployment.phase=cutover.")
        key, value = parted[1].strip(), parted[2]
        if is_target_key(key):
            target, change = changed_target(snapshot.target, key, value)
            snapshot = msgspec.structs.replace(snapshot, target=target)
        else:
            path = resolved(key, snapshot.facts)
            if path is None:
                raise _no_short_name(key, snapshot)
            facts, change = _changed_facts(snapshot.facts, path, key, value)
            snapshot = msgspec.structs.replace(snapshot, facts=facts)
        changes.append(change)
    sound_target(snapshot.target)
    return Changed(snapshot, tuple(changes))


def _no_short_name(key: str, snapshot: Snapshot) -> UsageError:
    """Names what has such a property, and why the short form does not lead there."""
    among_several, unanswered = longer_forms(key, snapshot.facts)
    if among_several:
        return UsageError(
            f"--set {key}: a property of one object among several",
            f"Name the object, as in {first_few(among_several, 3)}.",
        )
    if unanswered:
        return UsageError(
            f"--set {key}: nobody answered, so there is nothing to change",
            f"Ask with a scan; or assume it on purpose, as {first_few(unanswered, 3)}.",
        )
    return unknown_key(key, (setting.key for setting in settings(snapshot)))


def _changed_facts(facts: tuple[Fact, ...], path: Path, key: str, written: str) -> tuple[tuple[Fact, ...], Change]:
    """Whatever asked the same is answered the same."""
    answers = {id(fact): _changed_answer(fact, path, key, written) for fact in path.facts}
    _, change = next(iter(answers.values()))
    replaced = (
        msgspec.structs.replace(fact, answer=answers[id(fact)][0]) if id(fact) in answers else fact for fact in facts
    )
    return tuple(replaced), change


def _changed_answer(fact: Fact, path: Path, key: str, written: str) -> tuple[AnyAnswer, Change]:
    if isinstance(fact.probe, CmdletProbe):
        before = fact.answer if isinstance(fact.answer, Objects) else None
        if not path.path and not path.chosen:
            return _whole(before, key, written)
        if before is None:
            return _assumed(fact.probe, path, key, written)
        return _changed_object(fact.probe, before, path, key, written)
    if isinstance(fact.probe, DnsProbe):
        return _changed_dns(fact.probe, fact.answer if isinstance(fact.answer, DnsAnswer) else None, path, key, written)
    if isinstance(fact.answer, NoAnswer):
        raise UsageError(
            f"--set {key}: nobody answered {fact.probe.asked}",
            "What a server would say of itself cannot be assumed from one field: ask it with a scan.",
        )
    return _changed_field(fact.answer, path, key, written)


def _whole(before: Objects | None, key: str, written: str) -> tuple[Objects, Change]:
    """A list of objects in the place of the answer: the operator says what there is, and that this is all."""
    value = read_value(written)
    rows = [value] if isinstance(value, dict) else value
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise bad_value(key, "a JSON list of objects, or name one of its properties")
    was = list(before.rows) if before else None
    return Objects(rows=tuple(rows)), Change(key=key, before=was, after=rows, assumed=before is None)


def _assumed(probe: CmdletProbe, path: Path, key: str, written: str) -> tuple[Objects, Change]:
    if path.chosen:
        raise UsageError(
            f"--set {key}: nobody answered {probe.asked}", "There is no object to choose: set a property without [...]."
        )
    name = _spelt(path.path[0], probe.properties)
    if name is None or len(path.path) > 1:
        raise unknown_key(key, (f"{path.question}.{each}" for each in probe.properties))
    value = read_value(written)
    return (
        Objects(rows=({name: value},), complete=False),
        Change(key=key, before=None, after=value, assumed=True),
    )


def _changed_object(probe: CmdletProbe, before: Objects, path: Path, key: str, written: str) -> tuple[Objects, Change]:
    place = chosen_object(key, path.chosen, before.rows)
    row = before.rows[place]
    if not path.path:
        raise unknown_key(key, (f"{key}.{name}" for name in row))
    first = _spelt(path.path[0], (*row, *probe.properties))
    if first is None:
        start = key[: -len(".".join(path.path))]
        raise unknown_key(key, (f"{start}{name}" for name in (*row, *probe.properties)))
    assumed = first not in row
    changed_row, was, value = _replaced_below(row, (first, *path.path[1:]), key, written)
    rows = (*before.rows[:place], changed_row, *before.rows[place + 1 :])
    return msgspec.structs.replace(before, rows=rows), Change(key=key, before=was, after=value, assumed=assumed)


def _replaced_below(
    row: Mapping[str, Json], path: Sequence[str], key: str, written: str
) -> tuple[dict[str, Json], Json, Json]:
    """The row with what ``path`` leads to replaced, what stood there, and what stands there now."""
    name = _spelt(path[0], tuple(row)) or path[0]
    present = row.get(name)
    if len(path) > 1:
        if not isinstance(present, Mapping) or _spelt(path[1], tuple(present)) is None:
            below = tuple(present) if isinstance(present, Mapping) else ()
            start = key[: -len(path[-1])] if len(path) == 2 else ""
            raise unknown_key(key, (f"{start}{each}" for each in below))
        below_row, was, value = _replaced_below(present, path[1:], key, written)
        return {**row, name: below_row}, was, value
    try:
        value = typed_like(present, written)
    except ValueError as exc:
        raise bad_value(key, str(exc)) from None
    return {**row, name: value}, present, value


def _changed_dns(
    probe: DnsProbe, before: DnsAnswer | None, path: Path, key: str, written: str
) -> tuple[DnsAnswer, Change]:
    """``rcode=NXDOMAIN`` takes the records away; ``data`` is one record or a JSON list of them, none is NODATA."""
    field = ".".join(path.path).casefold()
    if path.chosen or field not in ("rcode", RECORDS):
        raise unknown_key(key, (f"{path.question}.rcode", f"{path.question}.{RECORDS}"))
    value = read_value(written)
    if field == "rcode":
        rcode = written.strip().upper()
        if rcode not in ("NOERROR", "NXDOMAIN"):
            raise bad_value(key, "NOERROR or NXDOMAIN; any other code is no answer")
        records = before.records if before and rcode == "NOERROR" else ()
        was: Json = before.rcode if before else None
        value = rcode
    else:
        texts = value if isinstance(value, list) else [written.strip()]
        if not all(isinstance(each, str) and each for each in texts):
            raise bad_value(key, "a record as in a zone file, or a JSON list of them")
        rcode, value = "NOERROR", texts
        records = tuple(DnsRecord(probe.name, probe.record, _ASSUMED_TTL, each) for each in texts)
        was = [record.data for record in before.records] if before else None
    answer = msgspec.structs.replace(before or DnsAnswer(rcode=rcode), rcode=rcode, records=records)
    return answer, Change(key=key, before=was, after=value, assumed=before is None)


def _changed_field(answer: AnyAnswer, path: Path, key: str, written: str) -> tuple[AnyAnswer, Change]:
    """Of what a server said of itself: ``here.TLS sipfed.online.lync.com:5061.outcome=expired``."""
    known = msgspec.to_builtins(answer)
    name = _spelt(path.path[0], tuple(known)) if path.path else None
    if path.chosen or name is None or name == "type":
        raise unknown_key(key, (f"{path.question}.{field}" for field in known if field != "type"))
    replaced, was, value = _replaced_below(known, (name, *path.path[1:]), key, written)
    try:
        return msgspec.convert(replaced, type(answer)), Change(key=key, before=was, after=value, assumed=False)
    except msgspec.ValidationError as exc:
        raise bad_value(key, f"what fits there: {exc}") from exc


def _spelt(name: str, known: Iterable[str]) -> str | None:
    """As the answer spells it: names of properties have no case."""
    return next((each for each in known if each.casefold() == name.casefold()), None)
