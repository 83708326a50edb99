import pytest

from checker.checks.topology.subscription_edition_coexistence import CHECK
from checker.model.facts import NoAnswer
from tests.checks.topology.pools import LYNC_2013, NOT_TOLD, SFB_2015, SFB_2019, SFB_SE, pools
from tests.judging import CONTOSO, DENIED, judged


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("pass", [SFB_SE]),
        ("pass", [SFB_SE, SFB_SE]),
        ("warn", [SFB_SE, SFB_2019]),
        ("warn", [SFB_SE, LYNC_2013]),
        ("not-applicable", [SFB_2019, SFB_2015]),
        ("unknown: malformed", [NOT_TOLD, SFB_2015]),
        ("unknown: malformed", [NOT_TOLD, SFB_SE]),
        ("warn", [NOT_TOLD, SFB_SE, SFB_2015]),
        ("pass", [NOT_TOLD]),  # nothing older, be it the one or the other
        ("warn", [SFB_SE, SFB_2019, DENIED]),
        ("unknown: no-access", [SFB_SE, DENIED]),
        ("unknown: no-access", [SFB_2019, DENIED]),
        ("unknown: malformed", [("7.0.2046", "Skype for Business Server Subscription Edition")]),
    ],
)
def test_no_older_server_stands_beside_it(verdict: str, said: list[tuple[str, str] | NoAnswer]) -> None:
    assert judged(CHECK, CONTOSO, pools(*said)) == verdict
