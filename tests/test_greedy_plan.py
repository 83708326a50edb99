"""The greedy order of fixes: most users first, sets where no single fix helps, and what a fix needs before it."""

from checker.fix_order import fixes
from checker.greedy_plan import Step, greedy_plan
from checker.model.checks import Check, Impact
from checker.model.verdicts import Status
from tests.made_up_checks import deployment_check, domain_check, seen, user_check

ANNA, BEN, CARA, DAN = "anna@contoso.com", "ben@contoso.com", "cara@fabrikam.com", "dan@fabrikam.com"
EVERYBODY = (ANNA, BEN, CARA, DAN)
SEES_USERS = user_check("user.seen", {})


def planned(*checks: Check, users: tuple[str, ...] = EVERYBODY) -> tuple[Step, ...]:
    _, assessment, prediction = seen([*checks, SEES_USERS], *users)
    tallies = assessment.tallies
    blocking = {each.id for each in checks if each.impact is Impact.BLOCKS and tallies[each.id].failed}
    return greedy_plan(prediction.users, fixes(assessment, prediction), blocking)


def brief(steps: tuple[Step, ...]) -> list[tuple[str, int, int]]:
    """Check, users more, users moving."""
    return [(step.check, step.more, step.moving) for step in steps]


def failing(*users: str) -> dict[str, str]:
    return dict.fromkeys(users, "fail")


def test_nothing_to_fix_is_no_plan() -> None:
    assert planned() == ()


def test_what_unblocks_most_users_comes_first_whatever_the_cmdlet_meets_first() -> None:
    steps = planned(
        user_check("user.early", failing(ANNA), "user-not-found"),
        user_check("user.late", failing(BEN, CARA), "hms-507"),
    )
    assert brief(steps) == [("user.late", 2, 3), ("user.early", 1, 4)]  # one moves before the first step
    assert [(step.order, step.of) for step in steps] == [(1, 1), (2, 1)]
    assert steps[0].fixes[0].remediation.run == "Set-user.late"


def test_ties_go_to_what_the_cmdlet_meets_first() -> None:
    steps = planned(
        user_check("user.late", failing(BEN), "hms-507"),
        user_check("user.early", failing(ANNA), "user-not-found"),
    )
    assert [step.check for step in steps] == ["user.early", "user.late"]


def test_a_fix_that_unblocks_nobody_alone_waits_for_one_that_does() -> None:
    steps = planned(
        user_check("user.first", failing(ANNA, BEN, CARA), "user-not-found"),
        user_check("user.second", failing(ANNA, BEN, CARA, DAN), "hms-507"),
    )
    assert brief(steps) == [("user.second", 1, 1), ("user.first", 3, 4)]


def test_where_no_single_fix_helps_the_set_that_moves_most_for_each_fix_is_completed() -> None:
    steps = planned(
        deployment_check("tenant.shared", "fail", "hms-510"),
        deployment_check("topology.edges", "fail", "multiple-federated-edges"),
        user_check("user.licence", failing(ANNA), "hms-507"),
    )
    assert brief(steps) == [("topology.edges", 0, 0), ("tenant.shared", 3, 3), ("user.licence", 1, 4)]
    assert [step.of for step in steps] == [2, 2, 1]


def test_what_a_fix_needs_is_done_before_it_also_where_it_blocks_nobody_itself() -> None:
    steps = planned(
        deployment_check("hosting-provider.name-free", "warn", impact=Impact.ADVISES),
        deployment_check("hosting-provider.present", "fail", "hosting-provider-missing"),
    )
    assert brief(steps) == [("hosting-provider.name-free", 0, 0), ("hosting-provider.present", 4, 4)]


def test_who_is_undetermined_is_freed_and_not_counted_as_moving() -> None:
    steps = planned(
        user_check("user.licence", failing(ANNA, BEN), "hms-507"),
        user_check("user.synced", {ANNA: "unknown"}, "not-synced"),
    )
    (step,) = steps
    assert (step.more, step.moving, step.freed) == (1, 3, 4)


def test_a_fix_that_lets_users_move_goes_before_one_that_only_frees_undetermined_ones() -> None:
    steps = planned(
        user_check("user.a", failing(ANNA, BEN), "user-not-found"),
        user_check("user.b", failing(CARA), "hms-507"),
        user_check("user.open", {ANNA: "unknown", BEN: "unknown"}, "not-synced"),
    )
    assert brief(steps) == [("user.b", 1, 2), ("user.a", 0, 2)]


def test_what_blocks_nobody_of_the_batch_comes_last() -> None:
    steps = planned(
        domain_check("tenant.domain", {"fabrikam.com": "fail"}, "sip-domain-not-online"),
        user_check("user.licence", failing(ANNA), "hms-507"),
        users=(ANNA, BEN),
    )
    assert brief(steps) == [("user.licence", 1, 2), ("tenant.domain", 0, 2)]


def test_without_users_the_plan_is_in_the_order_of_the_fixes() -> None:
    checks = (
        deployment_check("tenant.shared", "fail", "hms-510"),
        deployment_check("topology.edges", "fail", "multiple-federated-edges"),
        deployment_check("dns.srv", "fail", impact=Impact.DEGRADES),
    )
    assert brief(planned(*checks, users=())) == [("topology.edges", 0, 0), ("tenant.shared", 0, 0)]


def test_a_check_that_failed_for_several_keeps_every_remedy() -> None:
    _, assessment, _ = seen([user_check("user.licence", failing(ANNA, BEN), "hms-507"), SEES_USERS], *EVERYBODY)
    assert sum(result.status is Status.FAIL for user in assessment.users for result in user.results) == 2
    (step,) = planned(user_check("user.licence", failing(ANNA, BEN), "hms-507"))
    assert [fix.check for fix in step.fixes] == ["user.licence"]  # the same remedy for both stands once


def test_among_many_different_sets_every_step_counts_as_each_user_alone_would() -> None:
    checks = [f"user.{letter}" for letter in "abcdefg"]
    names = [f"u{number:03}@contoso.com" for number in range(2 ** len(checks))]
    fails = {check: failing(*names[:: place + 2]) for place, check in enumerate(checks)}
    steps = planned(*(user_check(check, fails[check], "hms-507") for check in checks), users=tuple(names))
    assert sorted(step.check for step in steps) == checks
    for step in steps:
        still_wrong = set(checks) - {each.check for each in steps[: step.order]}
        assert step.moving == sum(not any(name in fails[check] for check in still_wrong) for name in names)
    assert steps[-1].moving == len(names)
