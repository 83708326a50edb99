"""A user check over the whole batch: what is kept of it, and what is only counted."""

import pytest

from checker.judging import UserResults
from checker.model.checks import UserCheck
from checker.model.undecided import Reason, Undecided
from checker.model.users import UserRow
from checker.model.verdicts import Status, Verdict
from tests.made_up_checks import user_check, verdict

CHECK = user_check("user.a", {})
SHARED = {says: verdict(says) for says in ("pass", "fail", "warn", "n/a")}


def judged(*says: str) -> UserResults:
    def judge(row: UserRow) -> Verdict:
        if row.asked_as == "unknown":
            raise Undecided(Reason.NO_ACCESS, "nobody could look")
        if row.asked_as == "bug":
            raise LookupError(row.asked_as)
        return SHARED[row.asked_as] if row.asked_as in SHARED else verdict("fail")

    assert isinstance(CHECK, UserCheck)
    return UserResults(CHECK, tuple(UserRow(each, ()) for each in says), judge)


def test_passes_and_what_does_not_apply_are_counted_and_the_rest_is_kept_with_its_place() -> None:
    results = judged("pass", "fail", "pass", "unknown", "n/a", "warn", "pass", "fail")
    assert list(results.places) == [1, 3, 5, 7]
    assert [each.status.value for each in results.others] == ["fail", "unknown", "warn", "fail"]
    assert {status.value: number for status, number in results.counts.items()} == {
        "fail": 2,
        "warn": 1,
        "unknown": 1,
        "pass": 3,
        "not-applicable": 1,
    }


@pytest.mark.parametrize("says", ["fail", "warn", "unknown"])
def test_users_of_whom_the_same_was_said_share_one_object(says: str) -> None:
    one, other = judged(says, "pass", says).others
    assert one is other


def test_verdicts_that_come_and_go_are_not_taken_for_one_another() -> None:
    others = judged(*("a user of its own" for _ in range(50))).others
    assert len({id(each) for each in others}) == 50


def test_a_bug_costs_one_user_and_no_other() -> None:
    results = judged("pass", "bug", "fail")
    assert [each.status for each in results.others] == [Status.UNKNOWN, Status.FAIL]
    assert results.others[0].unknown and results.others[0].unknown.reason is Reason.BUG
