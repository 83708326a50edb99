"""The board's summary, and the comment it becomes in each markup: twenty lines, and foreign text that stays text."""

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from checker.model.facts import Notice
from checker.model.report import FaultRecord, Report, StatusCounts, TrackRecord, WaiverEntry, WaiverState
from checker.rendering.summary import MOST_LINES, Span, Summary, SummaryLine, Tone, made_at, summary
from checker.rendering.ticket_comments import as_document, as_markdown, as_plain, as_wiki
from tests.rendering.samples import INDETERMINATE, NOT_READY, READY
from tests.rendering.test_markdown import WAIVER

PAINTERS = (as_markdown, as_wiki, as_plain)
RECORD = TrackRecord(
    as_of=datetime(2026, 11, 1, tzinfo=UTC),
    users=12,
    moved=9,
    faults=(FaultRecord(id="hms-510", hits=2, misses=1, false_alarms=1),),
    surprises=1,
)


def entry(state: WaiverState, because: str = "") -> WaiverEntry:
    return WaiverEntry(waiver=WAIVER, state=state, lapsed_because=because, findings=(), accepted=StatusCounts())


def fullest() -> Iterator[Report]:
    """Every combination of what may be said beside the sound report."""
    more: tuple[dict[str, Any], ...] = (
        {"interrupted": True},
        {"redaction": "pii"},
        {"track_record": RECORD},
        {"waivers": (entry(WaiverState.APPLIED), entry(WaiverState.LAPSED, "it ended on 2026-11-01"))},
        {"notices": (*(Notice(code="other", text=f"n{n}") for n in range(9)), Notice(code="lab", text="A lab run"))},
    )
    for report in (READY, NOT_READY, INDETERMINATE):
        for length in range(len(more) + 1):
            for some in itertools.combinations(more, length):
                yield msgspec.structs.replace(report, **{key: value for each in some for key, value in each.items()})


def test_it_never_has_more_than_twenty_lines_and_never_hides_a_lab() -> None:
    extra = (SummaryLine("Stale", (Span("it was valid until yesterday"),)),)
    for report in fullest():
        for painted in PAINTERS:
            text = painted(summary(report, first=extra, last=extra))
            assert len(text.splitlines()) <= MOST_LINES
            assert text.count("it was valid until yesterday") == 2
            if any(notice.code == "lab" for notice in report.notices):
                assert "A lab run" in text


def test_waivers_lapsed_ones_too_and_earlier_predictions_are_said() -> None:
    waivers = (entry(WaiverState.APPLIED), entry(WaiverState.LAPSED, "it ended on 2026-11-01"))
    text = as_plain(summary(msgspec.structs.replace(READY, waivers=waivers, track_record=RECORD)))
    assert "- Accepted: tenant.x by J. Doe, CHG-881, until 2026-12-31" in text
    assert "- No longer accepted: tenant.x by J. Doe, CHG-881, until 2026-12-31 (it ended on 2026-11-01)" in text
    assert "over 12 users: 2 hits, 1 missed, 1 false alarm, 1 surprise" in text


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (None, "2026-11-22 19:03 UTC"),
        (0, "2026-11-22 19:03 UTC"),
        (60, "2026-11-22 19:03 UTC (20:03 UTC+01:00)"),
        (-330, "2026-11-22 19:03 UTC (13:33 UTC-05:30)"),
        (600, "2026-11-22 19:03 UTC (2026-11-23 05:03 UTC+10:00)"),
    ],
)
def test_a_time_stands_in_utc_and_by_the_operators_clock(minutes: int | None, said: str) -> None:
    assert made_at(msgspec.structs.replace(READY, utc_offset_minutes=minutes)) == said


ATTACKS = (
    "{color:red}x{color}",
    "[click|https://evil.example]",
    "!https://evil.example/x.png!",
    "[~admin] :) (!)",
    "h1. loud",
    "# list",
    "* bullet",
    "{noformat}",
    "|| head ||",
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "a\nb\r\n\x1b[31m\u202e",
    "@everyone `code` **bold** _it_",
    "\\\\ &#123;x&#125;",
)


def of(text: str) -> Summary:
    spans = (Span(text), Span(text, Tone.CODE), Span(text, Tone.STRONG))
    return Summary(title=text, verdict="ready", sentence=text, lines=(SummaryLine("Note", spans),))


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("painted", PAINTERS)
def test_a_name_adds_no_line_and_no_control_character(painted: Callable[[Summary], str], attack: str) -> None:
    text = painted(of(attack))
    assert len(text.splitlines()) == 5
    assert "\x1b" not in text and "\u202e" not in text


@pytest.mark.parametrize(
    ("attack", "live"),
    [
        (ATTACKS[0], ("{color",)),
        (ATTACKS[1], ("[click", "https://")),
        (ATTACKS[2], ("!https",)),
        (ATTACKS[3], ("[~", ":)", "(!)")),
        (ATTACKS[7], ("{noformat",)),
        (ATTACKS[8], ("||",)),
        (ATTACKS[14], ("\\\\", "&#123;x")),
    ],
)
def test_wiki_markup_in_a_name_is_dead(attack: str, live: tuple[str, ...]) -> None:
    text = as_wiki(of(attack))
    for each in live:
        assert f"\\{each}" in text or each not in text


def test_a_line_of_wiki_cannot_be_begun_by_a_name() -> None:
    for attack in ("h1. loud", "# list", "bq. said", "----", "- item"):
        (first, *_) = as_wiki(of(attack)).splitlines()
        assert first.startswith("h2. \N{ZERO WIDTH SPACE}")


@pytest.mark.parametrize("report", [READY, NOT_READY, INDETERMINATE])
def test_the_document_holds_only_what_the_format_knows(report: Report) -> None:
    document = as_document(summary(report))
    assert (document["type"], document["version"]) == ("doc", 1)
    kinds = set()
    nodes = [document]
    while nodes:
        node = nodes.pop()
        kinds.add(node["type"])
        nodes += node.get("content", [])
        if node["type"] == "text":
            assert node["text"], "an empty text node is refused"
            assert {mark["type"] for mark in node.get("marks", [])} <= {"strong", "code"}
        else:
            assert node["content"]
    assert kinds == {"doc", "heading", "paragraph", "bulletList", "listItem", "text"}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_document_carries_foreign_text_in_text_nodes_only(attack: str) -> None:
    document = as_document(of(attack))
    texts = [node["text"] for node in document["content"][0]["content"]]
    assert len(texts) == 1
    assert "\n" not in texts[0]
