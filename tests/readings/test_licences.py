from datetime import UTC, datetime

import pytest

from checker.model.undecided import Unreadable
from checker.readings.licences import moment


@pytest.mark.parametrize(
    "text",
    [
        "2023-11-14T22:13:20Z",
        "2023-11-14T22:13:20.0000000Z",
        "2023-11-14T23:13:20+01:00",
        "2023-11-14T22:13:20",
        "/Date(1700000000000)/",
    ],
)
def test_a_moment_is_written_in_many_ways(text: str) -> None:
    assert moment(text) == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


def test_no_moment_is_none_and_nonsense_is_unreadable() -> None:
    assert moment("") is None
    with pytest.raises(Unreadable, match="no date"):
        moment("yesterday")
