from datetime import timedelta

import pytest

from checker.checks.user.replicated_to_pool import CHECK
from checker.model.answers import Json
from checker.readings.directory_users import DIRECTORY_USERS
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.accounts import ANNA, NOBODY, TARGET, ad_user, read, without
from tests.judging import DENIED, NOW, assessed, judged_users, objects


def ago(minutes: int) -> str:
    return (NOW - timedelta(minutes=minutes)).isoformat()


@pytest.mark.parametrize(
    ("verdict", "changed"),
    [
        ("pass", ago(6000)),
        ("pass", ago(60)),
        ("warn", ago(59)),
        ("warn", ago(-5)),  # a clock that is ahead
        ("pass", "/Date(1700000000000)/"),
        ("unknown: malformed", "yesterday"),
        ("unknown: malformed", ""),
    ],
)
def test_an_account_that_was_just_changed_may_not_have_arrived(verdict: str, changed: Json) -> None:
    assert judged_users(CHECK, TARGET, read(ad_user(whenChanged=changed))) == {ANNA: verdict}


def test_the_time_of_the_change_is_shown() -> None:
    (found,) = assessed(CHECK, TARGET, read(ad_user(whenChanged=ago(3)))).users[0].results
    assert found.verdict and found.verdict.observed == "whenChanged 2026-11-22 19:00 UTC"


def test_what_was_not_read_says_nothing() -> None:
    answers = read(without(ad_user(), "whenChanged"))
    assert judged_users(CHECK, TARGET, answers) == {ANNA: "unknown: malformed"}
    assert judged_users(CHECK, TARGET, {**answers, DIRECTORY_USERS: DENIED}) == {"contoso": "unknown: no-access"}
    assert judged_users(CHECK, TARGET, read(complete=False)) == {ANNA: "unknown: no-access"}


def test_a_user_who_was_not_found_is_another_checks_matter() -> None:
    assert judged_users(CHECK, TARGET, {ON_PREMISES_USERS: NOBODY, DIRECTORY_USERS: objects()}) == {
        ANNA: "not-applicable"
    }
