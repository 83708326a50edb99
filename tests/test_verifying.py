"""Whether a report is fresh, stale or altered, told from its text, its seal and a clock that is given."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from checker.model.report import Advisory, EvidenceEntry, ReasonEntry, Report, encode_report, sealed
from checker.model.undecided import Reason
from checker.rendering.verify_page import lasting, render_verified
from checker.sources import MCU
from checker.verifying import Compared, ComparedFile, Delivered, Seal, State, Verified, verified
from tests.rendering.samples import AS_OF, NOT_READY, READY

NOW = AS_OF + timedelta(hours=1)
SEALED = sealed(msgspec.structs.replace(NOT_READY, schema_version="1.1", valid_until=AS_OF + timedelta(days=7)))


def found(report: Report, now: datetime = NOW, raw: bytes | None = None, **more: Any) -> Verified:
    return verified(raw or encode_report(report), report, now, name="report.json", **more)


def page(found: Verified, report: Report) -> str:
    return render_verified(found, report, width=100, colour=False, ascii_only=True)


def altered(change: dict[str, Any]) -> bytes:
    """The text of the sealed report with other values, laid out as it was."""
    return json.dumps(json.loads(encode_report(SEALED)) | change, indent=2, ensure_ascii=False).encode("utf-8")


@pytest.mark.parametrize(
    ("now", "state", "said"),
    [
        (AS_OF, "fresh", "2026-11-29 19:03 UTC: 7 days left"),
        (AS_OF + timedelta(days=2, hours=20, minutes=1), "fresh", "4 days 3 hours left"),
        (SEALED.valid_until, "fresh", "less than a minute left"),
        (SEALED.valid_until + timedelta(seconds=1), "stale", "stale for less than a minute"),
        (SEALED.valid_until + timedelta(days=31, minutes=5), "stale", "stale for 31 days 5 minutes"),
        (AS_OF - timedelta(minutes=4), "fresh", "7 days 4 minutes left"),
        (AS_OF - timedelta(minutes=6), "cannot-be-told", "7 days 6 minutes left"),
    ],
)
def test_a_report_counts_until_its_time_is_over(now: datetime, state: str, said: str) -> None:
    result = found(SEALED, now)
    assert result.state.value == state
    assert said in page(result, SEALED)


@pytest.mark.parametrize(
    "change", [{"verdict": "ready"}, {"exit_code": 0}, {"added": "by somebody"}, {"seal": "0" * 64}]
)
def test_a_changed_value_breaks_the_seal(change: dict[str, Any]) -> None:
    raw = altered(change)
    result = found(msgspec.json.decode(raw, type=Report), raw=raw)
    assert (result.state, result.seal) == (State.ALTERED, Seal.BROKEN)


def test_a_key_that_stands_twice_breaks_the_seal() -> None:
    raw = encode_report(SEALED).replace(b'  "verdict":', b'  "verdict": "ready",\n  "verdict":', 1)
    assert found(msgspec.json.decode(raw, type=Report), raw=raw).seal is Seal.BROKEN


def test_a_report_that_is_laid_out_otherwise_is_as_it_was_written() -> None:
    raw = encode_report(SEALED)
    for layout in (raw.replace(b"\n", b"\r\n"), msgspec.json.format(raw, indent=-1), altered({})):
        assert found(SEALED, raw=layout).seal is Seal.HOLDS


def test_a_report_with_keys_of_a_later_version_has_its_seal_told() -> None:
    later = json.loads(encode_report(SEALED)) | {"schema_version": "1.7", "seal": ""}
    text = msgspec.json.encode({**later, "new": [1.5, "ü"]})
    raw = text.replace(b'"seal":""', f'"seal":"{hashlib.sha256(text).hexdigest()}"'.encode())
    assert found(msgspec.json.decode(raw, type=Report), raw=raw).seal is Seal.HOLDS


def test_a_seal_cannot_be_taken_out_unseen() -> None:
    result = found(msgspec.structs.replace(SEALED, seal=""))
    assert (result.state, result.seal) == (State.ALTERED, Seal.GONE)


def test_of_a_report_that_never_had_a_seal_nothing_is_claimed() -> None:
    older = msgspec.structs.replace(SEALED, schema_version="1.0", seal="")
    result = found(older)
    assert (result.state, result.seal) == (State.UNTOLD, Seal.NEVER)
    assert "a version wrote it that did not seal its reports" in page(result, older)


def test_a_changed_file_beside_it_counts_as_alteration_and_is_named() -> None:
    files = (
        ComparedFile(name="users.csv", state=Compared.ALTERED, why="is not what the snapshot gives"),
        ComparedFile(name="findings.csv", state=Compared.AS_WRITTEN),
        ComparedFile(name="report.html", state=Compared.NOT_COMPARED, why="no snapshot"),
    )
    assert found(SEALED, files=files[1:]).state is State.FRESH
    result = found(SEALED, files=files, now=SEALED.valid_until + timedelta(days=1))
    assert result.state is State.ALTERED  # which is worse than stale
    lines = page(result, SEALED).splitlines()
    assert "altered       users.csv: is not what the snapshot gives" in lines
    assert "as written    findings.csv" in lines
    assert "not compared  report.html: no snapshot" in lines


def evidence(id_: str, days_ago: int, *, answered: bool = True) -> EvidenceEntry:
    return EvidenceEntry(
        id=id_, kind="dns", asked="", vantage="", observed_at=AS_OF - timedelta(days=days_ago), duration_ms=1,
        outcome="answer", source="", answer=None,
        reason=None if answered else ReasonEntry(code=Reason.TIMED_OUT, detail="", needs=""),
    )  # fmt: skip


def test_the_oldest_answer_and_the_age_of_what_was_known_are_said() -> None:
    report = sealed(
        msgspec.structs.replace(
            SEALED,
            evidence=(evidence("silent", 9, answered=False), evidence("old", 3), evidence("new", 1)),
            advisories=(
                Advisory(id="older", since=date(2024, 8, 1), age_days=1, source=MCU),
                Advisory(id="newest", since=date(2026, 11, 1), age_days=1, source=MCU),
            ),
        )
    )
    result = found(report)
    assert result.oldest and result.advisory
    assert (result.oldest.id, result.oldest.age_s) == ("old", 3 * 86400 + 3600)
    assert (result.advisory.id, result.advisory.age_days) == ("newest", 21)
    text = page(result, report)
    assert "answer of 2026-11-19 19:03 UTC, 3 days 1 hour old: old" in text
    assert "the newest that it knew is 21 days old: newest" in text


def test_a_partial_report_is_called_so() -> None:
    partial = sealed(msgspec.structs.replace(SEALED, interrupted=True))
    assert "the run was interrupted" in page(found(partial), partial)
    assert "interrupted" not in page(found(SEALED), SEALED)


def test_what_was_delivered_is_this_report_or_another() -> None:
    sent = [
        Delivered(
            system="jira", ticket=ticket, at=datetime(2026, 11, 23, 8, 0, tzinfo=UTC), sha256="ab12", is_this_one=same
        )
        for ticket, same in (("MIG-42", True), ("MIG-43", False))
    ]
    text = " ".join(page(found(SEALED, delivered=sent), SEALED).split())
    assert "what was put on jira MIG-42 at 2026-11-23 08:00 UTC is this report" in text
    assert "what was put on jira MIG-43 at 2026-11-23 08:00 UTC is another report, ab12" in text


def test_the_page_says_what_a_seal_is_worth() -> None:
    ready = sealed(msgspec.structs.replace(READY, schema_version="1.1"))
    assert "anybody who has csready can seal a report anew" in " ".join(page(found(ready), ready).split())


def test_what_the_estate_names_cannot_paint_the_page() -> None:
    deployment = msgspec.structs.replace(SEALED.deployment, name="con\x1b[31mtoso")
    hostile = sealed(msgspec.structs.replace(SEALED, deployment=deployment))
    assert "\x1b" not in page(found(hostile), hostile)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "less than a minute"), (59, "less than a minute"), (60, "1 minute"), (3661, "1 hour 1 minute")],
)
def test_a_time_is_said_in_two_units(seconds: int, words: str) -> None:
    assert lasting(seconds) == words
