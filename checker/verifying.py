"""Whether a report still counts, and whether it is what was written: by its seal, and by the files beside it."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum

import msgspec

from checker.model.facts import Moment
from checker.model.report import Report

_UNSEALED = "1.0"  # the only schema version without a seal
_CLOCKS_DIFFER = timedelta(minutes=5)  # by so much two machines may, as for Kerberos: RFC 4120, 8.2


class State(Enum):
    """``UNTOLD``: an older version wrote it, which did not seal; or it is dated after now."""

    FRESH = "fresh"
    STALE = "stale"
    ALTERED = "altered"
    UNTOLD = "cannot-be-told"


class Seal(Enum):
    """``GONE``: the version that wrote the report sealed, and there is no seal."""

    HOLDS = "holds"
    BROKEN = "broken"
    GONE = "gone"
    NEVER = "never-had-one"


class Compared(Enum):
    AS_WRITTEN = "as-written"
    ALTERED = "altered"
    NOT_COMPARED = "not-compared"


class ComparedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file beside the report. ``why``: empty where it is as written."""

    name: str
    state: Compared
    why: str = ""


class Delivered(msgspec.Struct, frozen=True, kw_only=True):
    """The report.json that was put on a ticket, by the receipt beside the report."""

    system: str
    ticket: str
    at: Moment
    sha256: str
    is_this_one: bool


class OldestAnswer(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    observed_at: Moment
    age_s: int


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """The newest advisory that the report was judged by."""

    id: str
    age_days: int


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """``left_s``: seconds until the answers count no longer, negative once they do. ``sha256``: of the report's file as
    it is now. ``oldest`` and ``advisory``: ``None`` where nothing was answered, or none is known."""

    state: State
    report: str
    sha256: str
    verdict: str
    as_of: Moment
    valid_until: Moment
    now: Moment
    left_s: int
    interrupted: bool
    seal: Seal
    oldest: OldestAnswer | None
    advisory: Known | None
    files: tuple[ComparedFile, ...]
    delivered: tuple[Delivered, ...]


def verified(
    raw: bytes,
    report: Report,
    now: datetime,
    *,
    name: str,
    files: Sequence[ComparedFile] = (),
    delivered: Sequence[Delivered] = (),
) -> Verified:
    """``raw`` is the file that ``report`` was read from, called ``name``. ``now`` is in UTC."""
    seal = seal_on(raw, report)
    altered = seal in (Seal.BROKEN, Seal.GONE) or any(file.state is Compared.ALTERED for file in files)
    if altered:
        state = State.ALTERED
    elif seal is Seal.NEVER or report.as_of > now + _CLOCKS_DIFFER:
        state = State.UNTOLD
    else:
        state = State.STALE if now > report.valid_until else State.FRESH
    return Verified(
        state=state,
        report=name,
        sha256=hashlib.sha256(raw).hexdigest(),
        verdict=report.verdict.value,
        as_of=report.as_of,
        valid_until=report.valid_until,
        now=now,
        left_s=int((report.valid_until - now).total_seconds()),
        interrupted=report.interrupted,
        seal=seal,
        oldest=_oldest(report, now),
        advisory=_newest_advisory(report, now),
        files=tuple(files),
        delivered=tuple(delivered),
    )


def seal_on(raw: bytes, report: Report) -> Seal:
    """Of the text of the file, not of what this version reads of it: so it can be told of any version's report, and
    what no reader looks at, or finds twice, is sealed too. How the text is laid out does not count.
    """
    if not report.seal:
        return Seal.NEVER if report.schema_version == _UNSEALED else Seal.GONE
    text = msgspec.json.format(raw, indent=-1)
    bare = text.replace(f'"seal":"{report.seal}"'.encode(), b'"seal":""')
    return Seal.HOLDS if hashlib.sha256(bare).hexdigest() == report.seal else Seal.BROKEN


def _oldest(report: Report, now: datetime) -> OldestAnswer | None:
    answers = (each for each in report.evidence if each.reason is None)
    oldest = min(answers, key=lambda each: (each.observed_at, each.id), default=None)
    if oldest is None:
        return None
    age_s = int((now - oldest.observed_at).total_seconds())
    return OldestAnswer(id=oldest.id, observed_at=oldest.observed_at, age_s=age_s)


def _newest_advisory(report: Report, now: datetime) -> Known | None:
    newest = max(report.advisories, key=lambda each: (each.since, each.id), default=None)
    return Known(id=newest.id, age_days=(now.date() - newest.since).days) if newest else None
