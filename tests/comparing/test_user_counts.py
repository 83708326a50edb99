"""Users beyond what a report lists: what the counts prove is claimed, and nothing else."""

from typing import Any

import msgspec
import pytest

from checker.comparing.comparing import compared
from checker.comparing.difference import Change, Difference, UserCheckChange
from checker.model.checks import Scope
from checker.model.report import Redacted, Report, StatusCounts
from tests.comparing.reports import OF_USERS, of_user, report, said

MOST = 100  # a report lists


def people(number: int) -> tuple[str, ...]:
    return tuple(f"user{each}@contoso.com" for each in range(number))


def batch(total: int, *, fail: int = 0, warn: int = 0, unknown: int = 0, **more: Any) -> Report:
    """The first so many of a batch fail, the next warn, and the next are unknown; listed as a report does."""
    everybody = people(total)
    listed = [
        of_user(status, user)
        for status, some in (
            ("fail", everybody[:fail]),
            ("warn", everybody[fail : fail + warn]),
            ("unknown", everybody[fail + warn : fail + warn + unknown]),
        )
        for user in some[:MOST]
    ]
    tally = {"fail": fail, "warn": warn, "unknown": unknown, "passed": total - fail - warn - unknown}
    return report(*listed, users=everybody[:MOST], total=total, tallies={OF_USERS: tally}, **more)


def of_check(difference: Difference) -> UserCheckChange:
    (found,) = difference.user_checks
    assert not any(each.subject.kind is Scope.USER for each in difference.findings)
    return found


@pytest.mark.parametrize(
    ("old", "new", "expected", "why"),
    [
        ({"fail": 9}, {"fail": 112}, Change.REGRESSED, "at least 103 of them were better then"),
        ({"fail": 112}, {"fail": 9}, Change.FIXED, "at least 103 of them are better now"),
        ({"fail": 112}, {"fail": 112}, Change.SAME, "the counts are the same; who they are is not told"),
        ({"warn": 112}, {"fail": 112}, Change.REGRESSED, "at least 112 of them were better then"),
        ({"unknown": 112}, {"fail": 112}, Change.NOT_COMPARABLE, "the counts do not tell who became better or worse"),
        ({"unknown": 50}, {"fail": 112}, Change.REGRESSED, "at least 62 of them were better then"),
        ({"fail": 112}, {"unknown": 112}, Change.NOT_COMPARABLE, "112 could not be looked at now, 0 then"),
        ({"fail": 112}, {"fail": 20, "unknown": 60}, Change.NOT_COMPARABLE, "60 could not be looked at now, 0 then"),
        ({"unknown": 112}, {}, Change.NOT_COMPARABLE, "the counts do not tell who became better or worse"),
    ],
)
def test_of_the_same_batch_the_counts_tell(
    old: dict[str, int], new: dict[str, int], expected: Change, why: str
) -> None:
    found = compared(batch(300, **old), batch(300, **new))
    assert (of_check(found).change, of_check(found).why) == (expected, why)
    assert found.regressed is (expected is Change.REGRESSED)
    assert found.summary[expected.value] == 1


def test_users_who_joined_may_be_those_who_fail() -> None:
    old, new = batch(300, fail=9), batch(400, fail=112)
    found = compared(old, new, old_users={*people(300)}, new_users={*people(400)})
    assert of_check(found).change is Change.REGRESSED  # 103 more, and 100 joined
    new = batch(410, fail=112)
    found = compared(old, new, old_users={*people(300)}, new_users={*people(410)})
    assert (of_check(found).change, found.regressed) == (Change.NOT_COMPARABLE, False)
    assert (found.users.joined, found.users.left) == (110, 0)


def test_where_nobody_knows_who_was_in_the_batch_nothing_is_claimed() -> None:
    found = compared(batch(300, fail=9), batch(410, fail=112))
    assert of_check(found).why == "nobody can say here whether they are the same users"
    assert (of_check(found).change, found.users.joined, found.regressed) == (Change.NOT_COMPARABLE, None, False)


def test_names_are_compared_while_both_reports_list_everybody() -> None:
    found = compared(batch(300, fail=9), batch(300, fail=MOST))
    assert found.user_checks == ()
    assert found.summary["regressed"] == MOST - 9
    assert found.summary["same"] == 9


def test_names_beyond_the_first_hundred_of_the_batch_are_known_from_its_whole_list() -> None:
    old, new = report(users=people(MOST), total=300), report(of_user("fail", "user299@contoso.com"), total=301)
    (found,) = compared(old, new, old_users={*people(300)}, new_users={*people(300), "zoe@contoso.com"}).findings
    assert found.change is Change.REGRESSED


def test_the_same_listed_users_need_no_batch() -> None:
    found = compared(batch(300, fail=9), batch(400, fail=9))
    assert (found.user_checks, found.summary["same"]) == ((), 9)


def test_what_nobody_could_ask_is_not_fixed_for_anybody() -> None:
    blind = report(said("unknown", check=OF_USERS), users=people(MOST), total=300)
    found = compared(batch(300, fail=112), blind)
    assert of_check(found).change is Change.NOT_COMPARABLE
    assert of_check(found).why == "could not be looked at now: no-access: Access Denied."


def test_another_rule_of_the_check_is_not_comparable() -> None:
    assert of_check(compared(batch(300, fail=9), batch(300, fail=112, revision=2))).change is Change.NOT_COMPARABLE


def test_under_other_pseudonyms_users_have_counts_only() -> None:
    redaction = Redacted(users=9, hosts=0, numbers=0, addresses=0, key="00000000")
    found = compared(batch(50, fail=9), batch(50, fail=12, redaction="pii", redacted=redaction))
    assert (of_check(found).old.fail, of_check(found).new.fail) == (9, 12)
    assert of_check(found).change is Change.NOT_COMPARABLE


@pytest.mark.parametrize(("accepted", "regressed"), [(112, False), (0, True)])
def test_accepted_failures_count_no_more_than_single_ones_would(accepted: int, regressed: bool) -> None:
    new = batch(300, fail=112)
    checks = tuple(
        msgspec.structs.replace(count, waived=StatusCounts(fail=accepted)) if count.id == OF_USERS else count
        for count in new.checks
    )
    new = msgspec.structs.replace(new, checks=checks)
    assert compared(batch(300, fail=9), new).regressed is regressed
    lapsed = compared(new, batch(300, fail=112))
    assert (of_check(lapsed).change is Change.WAIVER_LAPSED, lapsed.regressed) == (bool(accepted), bool(accepted))
