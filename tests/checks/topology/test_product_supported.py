from datetime import UTC, datetime

import pytest

from checker.checks.topology.product_supported import CHECK
from checker.model.facts import NoAnswer
from tests.checks.topology.pools import LYNC_2010, LYNC_2013, NOT_TOLD, SFB_2015, SFB_2019, SFB_SE, pools
from tests.judging import CONTOSO, DENIED, UNASKED, assessed, finding, judged, word


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("pass", [SFB_SE]),
        ("warn", [SFB_2019]),
        ("warn", [SFB_2015, SFB_SE]),
        ("warn", [LYNC_2013]),
        ("warn", [LYNC_2010]),
        ("unknown: malformed", [NOT_TOLD]),
        ("warn", [NOT_TOLD, SFB_2015]),
        ("warn", [SFB_2019, DENIED]),
        ("unknown: no-access", [SFB_SE, DENIED]),
        ("unknown: malformed", [("8.0.1.1", "Skype for Business Server 2030")]),
    ],
)
def test_each_generation_is_in_support(verdict: str, said: list[tuple[str, str] | NoAnswer]) -> None:
    assert judged(CHECK, CONTOSO, pools(*said)) == verdict


@pytest.mark.parametrize(
    ("verdict", "day", "said"),
    [
        ("pass", datetime(2025, 10, 13, 23, 59, tzinfo=UTC), SFB_2019),
        ("warn", datetime(2025, 10, 14, tzinfo=UTC), SFB_2019),
        ("pass", datetime(2025, 10, 13, tzinfo=UTC), NOT_TOLD),  # in support, be it the one or the other
        ("pass", datetime(2023, 4, 10, tzinfo=UTC), LYNC_2013),
        ("warn", datetime(2023, 4, 11, tzinfo=UTC), LYNC_2013),
    ],
)
def test_the_day_is_that_of_the_observation(verdict: str, day: datetime, said: tuple[str, str]) -> None:
    (found,) = assessed(CHECK, CONTOSO, pools(said), at=day).findings
    assert word(found) == verdict


def test_it_names_the_extension_that_had_to_be_bought() -> None:
    found = finding(CHECK, CONTOSO, pools(SFB_2015))
    assert found.verdict and found.verdict.observed == (
        "Skype for Business Server 2015 until 2025-10-14, with the paid extension until 2026-04-14"
    )
    assert judged(CHECK, CONTOSO, pools(UNASKED)) == "unknown: not-asked"
