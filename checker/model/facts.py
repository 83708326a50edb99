"""Facts, and the snapshot that keeps all facts of a run so that they can be judged again, elsewhere and later."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Annotated

import msgspec

from checker.model.answers import AnyAnswer, Json, Objects
from checker.model.probes import AnyProbe
from checker.model.target import Target
from checker.model.undecided import Reason

SNAPSHOT_VERSION = "1.0"

Moment = Annotated[datetime, msgspec.Meta(tz=True)]  # a time without its zone could not be compared with the others


class NoAnswer(msgspec.Struct, frozen=True, tag="no-answer", kw_only=True):
    """Nobody could say. ``code`` tells causes of one reason apart (``connect-timeout``, ``servfail``, ``http-403``);
    ``needs`` is what would cure it, with the smallest role where one is known; ``file`` the evidence file that would
    answer in its place."""

    reason: Reason
    code: str
    detail: str
    needs: str = ""
    file: str = ""


def cure(missing: Iterable[NoAnswer]) -> str:
    """What would cure them all, each way said once: rights and settings first, then the files that do as well."""
    said = tuple(missing)
    needs = "; ".join(dict.fromkeys(each.needs for each in said if each.needs))
    files = ", ".join(dict.fromkeys(each.file for each in said if each.file))
    return "; or ".join(filter(None, (needs, f"{files} in a folder for --evidence" if files else "")))


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """What came back for one probe. ``source`` says by which route (``https://fe01.contoso.com/OcsPowershell``).

    ``second_hand``: a copy answered, an Edge's replica of the store, which may lag behind.
    """

    probe: AnyProbe
    answer: AnyAnswer | NoAnswer
    observed_at: Moment
    duration_ms: int = 0
    source: str = ""
    second_hand: bool = False


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader must know of this run: a defaulted phase, a lab, a bug. ``where``: a file and line, or empty."""

    code: str
    text: str
    where: str = ""


class CommandRun(msgspec.Struct, frozen=True, kw_only=True):
    where: str
    as_whom: str
    what: str


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """Globs over check ids; what they leave out is ``unknown (not-asked)``."""

    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """``as_of`` is the time the facts stand for, and the clock of everything that judges them. All times UTC.

    ``utc_offset_minutes``: of the operator's clock at that time; ``None`` in a snapshot of an older version.
    """

    snapshot_version: str = SNAPSHOT_VERSION
    tool_version: str
    target: Target
    as_of: Moment
    started_at: Moment
    finished_at: Moment
    utc_offset_minutes: int | None = None
    interrupted: bool = False
    selection: Selection = Selection()
    notices: tuple[Notice, ...] = ()
    commands_run: tuple[CommandRun, ...] = ()
    facts: tuple[Fact, ...]


_ROWS = 2_000  # of one part
_GAP = msgspec.Raw(b"\0")  # stands for what is put in later; no JSON text holds this byte


def answer_parts(answer: AnyAnswer | NoAnswer) -> Iterator[bytes]:
    """Joined, they are the answer's canonical JSON. In parts, for the users of a large estate are in memory already,
    and need not be there once more.
    """
    if not isinstance(answer, Objects):
        yield _canonical(answer)
        return
    before, after = _around_the_gap(msgspec.structs.replace(answer, rows=_GAP))
    yield before + b"["
    for start in range(0, len(answer.rows), _ROWS):
        some = _canonical(answer.rows[start : start + _ROWS])[1:-1]
        yield b"," + some if start else some
    yield b"]" + after


def snapshot_parts(snapshot: Snapshot) -> Iterator[bytes]:
    """Joined, they are the snapshot's canonical JSON; the same snapshot gives the same bytes, whatever finished
    first.
    """
    before, after = _around_the_gap(msgspec.structs.replace(snapshot, facts=_GAP))
    yield before + b"["
    for place, fact in enumerate(sorted(snapshot.facts, key=lambda fact: fact.probe.id)):
        opening, closing = _around_the_gap(msgspec.structs.replace(fact, answer=_GAP))
        yield b"," + opening if place else opening
        yield from answer_parts(fact.answer)
        yield closing
    yield b"]" + after


def _around_the_gap(value: msgspec.Struct) -> tuple[bytes, bytes]:
    before, _, after = _canonical(value).partition(bytes(_GAP))
    return before, after


def _canonical(value: Json) -> bytes:
    return msgspec.json.encode(value, order="deterministic")


def indented(json: bytes) -> bytes:
    """For people."""
    return msgspec.json.format(json, indent=1) + b"\n"


def encode_snapshot(snapshot: Snapshot) -> bytes:
    """As it is written where it is small."""
    return indented(b"".join(snapshot_parts(snapshot)))


def decode_snapshot(raw: bytes) -> Snapshot:
    """Raises ``msgspec.DecodeError`` naming the path of what cannot be read (a cut-off file included)."""
    return msgspec.json.decode(raw, type=Snapshot)
