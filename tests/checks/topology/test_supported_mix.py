import pytest

from checker.checks.topology.supported_mix import CHECK
from checker.model.facts import NoAnswer
from checker.readings.topology import POOLS
from tests.checks.topology.pools import LYNC_2010, LYNC_2013, NOT_TOLD, SFB_2015, SFB_2019, SFB_SE, pools
from tests.judging import CONTOSO, DENIED, finding, judged, objects

UNKNOWN_LINE = ("8.0.1.1", "Skype for Business Server 2030")


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("pass", [LYNC_2013]),
        ("pass", [SFB_2015, SFB_2015]),
        ("pass", [SFB_2019]),
        ("pass", [SFB_SE]),
        ("pass", [NOT_TOLD]),
        ("pass", [NOT_TOLD, NOT_TOLD]),
        ("pass", [SFB_2015, SFB_2019]),
        ("pass", [LYNC_2013, SFB_2019]),
        ("pass", [LYNC_2013, SFB_2015]),
        ("fail", [LYNC_2010]),
        ("fail", [LYNC_2010, SFB_2019]),
        ("fail", [LYNC_2013, SFB_2015, SFB_2019]),
        ("fail", [LYNC_2013, SFB_2015, NOT_TOLD]),
        ("warn", [SFB_SE, SFB_2019]),
        ("warn", [SFB_SE, SFB_2015]),
        ("unknown: malformed", [NOT_TOLD, SFB_2015]),  # a pass with 2019, a warning with its successor
        ("unknown: malformed", [NOT_TOLD, SFB_SE]),
        ("unknown: malformed", [UNKNOWN_LINE]),
        ("unknown: no-access", [SFB_2019, DENIED]),
        ("unknown: no-access", [SFB_SE, SFB_2019, DENIED]),
        ("fail", [LYNC_2010, DENIED]),  # whatever the other is
        ("fail", [LYNC_2013, SFB_2015, SFB_2019, DENIED]),
        ("unknown: no-access", [DENIED]),
    ],
)
def test_two_generations_at_the_most(verdict: str, said: list[tuple[str, str] | NoAnswer]) -> None:
    assert judged(CHECK, CONTOSO, pools(*said)) == verdict


@pytest.mark.parametrize(("verdict", "answer"), [("unknown: malformed", objects()), ("unknown: no-access", DENIED)])
def test_without_a_topology_it_is_unknown(verdict: str, answer: NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {POOLS: answer}) == verdict


def test_it_shows_every_pool() -> None:
    found = finding(CHECK, CONTOSO, pools(SFB_2015, NOT_TOLD, LYNC_2013))
    assert found.verdict and found.verdict.observed == (
        "p0.contoso.com: Skype for Business Server 2015, p1.contoso.com: Skype for Business Server 2019 or "
        "Skype for Business Server Subscription Edition, p2.contoso.com: Lync Server 2013"
    )
