"""Facts, and the snapshot that keeps all facts of a run so that they can be judged again, elsewhere and later."""

from datetime import datetime
from typing import Annotated

import msgspec

from checker.model.answers import AnyAnswer
from checker.model.probes import AnyProbe
from checker.model.target import Target
from checker.model.undecided import Reason

SNAPSHOT_VERSION = "1.0"

Moment = Annotated[datetime, msgspec.Meta(tz=True)]  # a time without its zone could not be compared with the others


class NoAnswer(msgspec.Struct, frozen=True, tag="no-answer", kw_only=True):
    """Nobody could say. ``code`` tells causes of one reason apart (``connect-timeout``, ``servfail``, ``http-403``);
    ``needs`` is what would cure it, with the smallest role where one is known."""

    reason: Reason
    code: str
    detail: str
    needs: str = ""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """What came back for one probe. ``source`` says by which route (``https://fe01.contoso.com/OcsPowershell``)."""

    probe: AnyProbe
    answer: AnyAnswer | NoAnswer
    observed_at: Moment
    duration_ms: int = 0
    source: str = ""


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
    """``as_of`` is the time the facts stand for, and the clock of everything that judges them. All times UTC."""

    snapshot_version: str = SNAPSHOT_VERSION
    tool_version: str
    target: Target
    as_of: Moment
    started_at: Moment
    finished_at: Moment
    interrupted: bool = False
    selection: Selection = Selection()
    notices: tuple[Notice, ...] = ()
    commands_run: tuple[CommandRun, ...] = ()
    facts: tuple[Fact, ...]


def encode_snapshot(snapshot: Snapshot) -> bytes:
    """UTF-8 JSON; the same snapshot gives the same bytes, whatever finished first."""
    ordered = msgspec.structs.replace(snapshot, facts=tuple(sorted(snapshot.facts, key=lambda fact: fact.probe.id)))
    return msgspec.json.format(msgspec.json.encode(ordered, order="deterministic"), indent=1) + b"\n"


def decode_snapshot(raw: bytes) -> Snapshot:
    """Raises ``msgspec.DecodeError`` naming the path of what cannot be read (a cut-off file included)."""
    return msgspec.json.decode(raw, type=Snapshot)
