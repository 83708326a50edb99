"""Files and the wire have an answer to the same question: which fact stands, and what the report says of it."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from checker.model.answers import Objects
from checker.model.facts import Fact, NoAnswer
from checker.model.probes import CmdletProbe, Vantage
from checker.model.undecided import Reason
from checker.probers.two_sources import Choices, Meeting

PROBE = CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-CsHostingProvider")
YESTERDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = YESTERDAY + timedelta(days=1)
FILE, WIRE = "estate.zip: onprem/Get-CsHostingProvider.xml", "https://fe01.contoso.com/OcsPowershell"


def fact(source: str, when: datetime = TODAY, reason: Reason | None = None, *, second_hand: bool = False) -> Fact:
    answer = NoAnswer(reason=reason, code="why", detail="") if reason else Objects(rows=())
    return Fact(probe=PROBE, answer=answer, observed_at=when, source=source, second_hand=second_hand)


@pytest.mark.parametrize(
    ("file", "live", "stands"),
    [
        (fact(FILE, YESTERDAY), fact(WIRE, TODAY), WIRE),
        (fact(FILE, TODAY), fact(WIRE, YESTERDAY), FILE),
        (fact(FILE, YESTERDAY), fact(WIRE, TODAY, second_hand=True), FILE),
        (fact(FILE, TODAY, second_hand=True), fact(WIRE, YESTERDAY), WIRE),
        (fact(FILE, YESTERDAY, second_hand=True), fact(WIRE, TODAY, second_hand=True), WIRE),
        (fact(FILE), None, FILE),
        (None, fact(WIRE), WIRE),
        (fact(FILE, YESTERDAY), fact(WIRE, TODAY, Reason.TIMED_OUT), FILE),
        (fact(FILE, TODAY, Reason.MALFORMED), fact(WIRE, YESTERDAY), WIRE),
        (fact(FILE, TODAY, Reason.MALFORMED), fact(WIRE, TODAY, Reason.NO_ACCESS), FILE),
        (fact(FILE, TODAY, Reason.MALFORMED), fact(WIRE, TODAY, Reason.NOT_ASKED), FILE),
        (fact(FILE, TODAY, Reason.NO_ACCESS), fact(WIRE, YESTERDAY, Reason.TIMED_OUT), WIRE),
    ],
)
def test_an_answer_stands_before_none_and_the_newer_of_two(file: Fact | None, live: Fact | None, stands: str) -> None:
    assert Choices().of(file, live).source == stands


def test_the_report_counts_which_of_two_answers_was_used_by_file() -> None:
    choices = Choices()
    for when in (TODAY, TODAY, YESTERDAY - timedelta(days=1)):
        choices.of(fact(FILE, YESTERDAY), fact(WIRE, when))
    choices.of(fact("other.zip", YESTERDAY), None)
    (notice,) = choices.notices()
    assert (notice.code, notice.where) == ("two-sources", FILE)
    assert notice.text == (
        "2 questions were answered live as well, which is newer and was used; "
        "1 question was answered live as well; the file is newer and was used"
    )


def test_the_report_tells_where_a_file_stands_in_for_a_server_that_was_asked() -> None:
    choices = Choices()
    choices.of(fact(FILE, YESTERDAY), fact(WIRE, TODAY, Reason.TIMED_OUT))
    choices.of(fact(FILE, YESTERDAY), fact(WIRE, TODAY, Reason.NO_ACCESS))
    assert [notice.text for notice in choices.notices()] == ["1 question was asked live in vain; the file was used"]


def test_both_are_waited_for_and_told_once() -> None:
    told: list[tuple[Fact | None, Fact | None]] = []
    meeting = Meeting(lambda file, live: told.append((file, live)), time.monotonic() + 60)
    meeting.live(fact(WIRE))
    assert told == []
    meeting.file(None)
    meeting.end()
    assert told == [(None, fact(WIRE))]


def test_when_time_is_up_the_one_that_is_there_stands_alone() -> None:
    told: list[tuple[Fact | None, Fact | None]] = []
    meeting = Meeting(lambda file, live: told.append((file, live)), time.monotonic() + 60)
    meeting.live(fact(WIRE))
    meeting.end()
    meeting.file(fact(FILE))
    assert told == [(None, fact(WIRE))]


def test_time_is_up_by_itself() -> None:
    told: list[tuple[Fact | None, Fact | None]] = []
    over = threading.Event()

    def both(file: Fact | None, live: Fact | None) -> None:
        told.append((file, live))
        over.set()

    Meeting(both, time.monotonic() + 0.2).live(fact(WIRE))
    assert over.wait(10)
    assert told == [(None, fact(WIRE))]


def test_time_that_is_up_with_neither_waits_for_the_first() -> None:
    told: list[tuple[Fact | None, Fact | None]] = []
    meeting = Meeting(lambda file, live: told.append((file, live)), time.monotonic() + 60)
    meeting.end()
    assert told == []
    meeting.file(None)
    meeting.live(fact(WIRE))
    assert told == [(None, fact(WIRE))]


def test_a_file_that_cannot_be_read_is_named_though_the_wire_answered() -> None:
    choices = Choices()
    assert choices.of(fact(FILE, TODAY, Reason.MALFORMED), fact(WIRE)).source == WIRE
    assert [notice.text for notice in choices.notices()] == ["1 question was answered live; the file cannot be read"]
