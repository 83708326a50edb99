from datetime import UTC, datetime

import pytest

from checker.model.undecided import Unreadable
from checker.readings.moments import moment, moment_of, shown


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22T19:03:00Z",
        "2026-11-22T20:03:00+01:00",
        "2026-11-22T19:03:00.0000000",
        "2026-11-22 19:03:00",
        "/Date(1795374180000)/",
        "/Date(1795374180000+0100)/",
        "11/22/2026 19:03:00",
        "11/22/2026 7:03:00 PM",
    ],
)
def test_every_spelling_is_one_moment(text: str) -> None:
    assert moment(text) == datetime(2026, 11, 22, 19, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["soon", "22/11/2026 19:03:00", "22.11.2026 19:03:00", "/Date(x)/", "/Date(99999999999999999)/", "/"]
)
def test_what_is_no_date_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        moment(text)


def test_an_empty_text_is_no_moment() -> None:
    assert moment("") is None
    with pytest.raises(Unreadable):
        moment_of({"NotAfter": None}, "NotAfter")


def test_a_day_is_shown_in_utc() -> None:
    assert shown(moment_of({"NotAfter": "2026-11-22T23:30:00-05:00"}, "NotAfter")) == "2026-11-23"
