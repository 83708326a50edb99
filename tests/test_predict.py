"""What the findings say about each fault and each user."""

from collections.abc import Sequence

import pytest

from checker.faults import FAULTS
from checker.model.axes import Cloud, Direction
from checker.model.checks import Check, Impact, Worst
from checker.model.faults import Ground
from checker.model.findings import FaultStatus, Outcome
from checker.model.target import Target
from checker.predict import FaultPrediction, UserPrediction
from tests.judging import contoso
from tests.made_up_checks import HYBRID, deployment_check, domain_check, edge_check, seen, user_check

ANNA, BEN, CARA = "anna@contoso.com", "ben@contoso.com", "cara@fabrikam.com"
ALL = (ANNA, BEN, CARA)
SEES_USERS = user_check("user.seen", {})  # who the users are is asked only when a check of users is judged
NOBODY_ASKED = contoso(no_users=True, edges=("edge01.contoso.com",))


def predicted(fault: str, checks: Sequence[Check], *users: str, target: Target = HYBRID) -> FaultPrediction:
    prediction = seen([*checks, SEES_USERS], *users, target=target)[2]
    (found,) = (each for each in prediction.faults if each.fault.id == fault)
    return found


def users(checks: Sequence[Check]) -> dict[str, UserPrediction]:
    return {each.user.row.subject: each for each in seen([*checks, SEES_USERS], *ALL)[2].users}


def outcomes(*checks: Check) -> dict[str, tuple[str, str]]:
    """Outcome and own outcome by the user's first name."""
    return {
        name.partition("@")[0]: (user.outcome.value, user.own_outcome.value) for name, user in users(checks).items()
    }


def everybody(outcome: str, own: str) -> dict[str, tuple[str, str]]:
    return dict.fromkeys(("anna", "ben", "cara"), (outcome, own))


@pytest.mark.parametrize(
    ("says", "status"),
    [
        (("fail",), "predicted"),
        (("fail", "pass"), "predicted"),
        (("fail", "unknown"), "predicted"),
        (("unknown",), "not-ruled-out"),
        (("unknown", "pass"), "not-ruled-out"),
        (("warn", "pass"), "not-ruled-out"),
        (("pass",), "ruled-out"),
        (("pass", "n/a"), "ruled-out"),  # every applicable one was looked at, and one of them passed
        (("n/a",), "not-applicable"),
        ((), "not-predictable"),
    ],
)
def test_a_fault_is_what_all_its_checks_say_together(says: tuple[str, ...], status: str) -> None:
    checks = [deployment_check(f"tenant.c{n}", each, "hms-510") for n, each in enumerate(says)]
    assert predicted("hms-510", checks, ANNA).status.value == status


def test_a_check_that_can_at_worst_warn_never_predicts_its_fault() -> None:
    check = deployment_check("tenant.a", "fail", "hms-510", worst=Worst.WARN)
    assert predicted("hms-510", [check], ANNA).status is FaultStatus.NOT_RULED_OUT


def test_the_whole_catalogue_is_there_in_the_order_of_the_steps() -> None:
    prediction = seen([deployment_check("tenant.a", "fail", "hms-510")], ANNA)[2]
    assert [each.fault for each in prediction.faults] == list(FAULTS)


@pytest.mark.parametrize(
    ("fault", "target"),
    [
        ("hms-506", HYBRID),
        ("hms-510", contoso(direction=Direction.TO_ONPREM, proxy_fqdn="pool01.contoso.com")),
        ("wrong-cloud-environment", contoso(cloud=Cloud.WORLDWIDE)),
    ],
)
def test_a_fault_of_another_direction_or_cloud_does_not_apply_whatever_failed(fault: str, target: Target) -> None:
    check = deployment_check("tenant.a", "fail", fault)
    found = predicted(fault, [check], ANNA, target=target)
    assert (found.status, found.because, found.users_affected) == (FaultStatus.NOT_APPLICABLE, (), 0)


def test_without_users_on_purpose_their_faults_do_not_apply() -> None:
    checks = [user_check("user.a", {}, "hms-507"), deployment_check("tenant.a", "fail", "hms-510")]
    assert predicted("hms-507", checks, target=NOBODY_ASKED).status is FaultStatus.NOT_APPLICABLE
    hit = predicted("hms-510", checks, target=NOBODY_ASKED)
    assert (hit.status, hit.users_affected) == (FaultStatus.PREDICTED, 0)


def test_when_no_user_is_seen_their_faults_are_not_ruled_out() -> None:
    found = predicted("hms-507", [user_check("user.a", {}, "hms-507")])
    assert found.status is FaultStatus.NOT_RULED_OUT
    assert [each.needs for each in found.missing] == ["[move].users in csready.toml, or --users"]


def test_what_is_not_ruled_out_says_on_which_findings_and_what_would_decide_it() -> None:
    checks = [
        deployment_check("tenant.a", "unknown", "hms-510"),
        deployment_check("tenant.b", "warn", "hms-510"),
        deployment_check("tenant.c", "pass", "hms-510"),
    ]
    found = predicted("hms-510", checks, ANNA)
    assert found.because == ("tenant.a@contoso", "tenant.b@contoso")
    assert [(each.detail, each.needs) for each in found.missing] == [("nobody could look", "a role")]


def test_what_is_predicted_rests_on_the_failed_findings_only() -> None:
    checks = [
        edge_check("edge.a", "fail", "hosting-provider-misconfigured"),
        user_check("user.a", {BEN: "fail", ANNA: "unknown"}, "hosting-provider-misconfigured"),
        deployment_check("tenant.a", "unknown", "hosting-provider-misconfigured"),
    ]
    found = predicted("hosting-provider-misconfigured", checks, *ALL)
    assert found.because == ("edge.a@edge01.contoso.com", "user.a@ben@contoso.com")
    assert found.missing == ()


@pytest.mark.parametrize(
    ("said", "confidence"),
    [
        ({ANNA: "inferred", BEN: "inferred"}, Ground.INFERRED),
        ({ANNA: "inferred", BEN: "fail"}, Ground.DOCUMENTED),
        ({ANNA: "inferred", BEN: "unknown"}, Ground.INFERRED),
        ({ANNA: "unknown"}, Ground.DOCUMENTED),
    ],
)
def test_a_prediction_is_inferred_when_every_failure_it_rests_on_is(said: dict[str, str], confidence: Ground) -> None:
    assert predicted("hms-507", [user_check("user.a", said, "hms-507")], *ALL).confidence is confidence


@pytest.mark.parametrize(
    ("check", "affected"),
    [
        (deployment_check("tenant.a", "fail", "hms-510"), 3),
        (edge_check("edge.a", "fail", "hms-510"), 3),
        (domain_check("tenant.a", {"contoso.com": "fail"}, "hms-510"), 2),
        (user_check("user.a", {BEN: "fail"}, "hms-510"), 1),
        (user_check("user.a", {BEN: "fail", ANNA: "unknown"}, "hms-510"), 1),
        (deployment_check("tenant.a", "unknown", "hms-510"), 3),
        (domain_check("tenant.a", {"fabrikam.com": "unknown"}, "hms-510"), 1),
        (user_check("user.a", {BEN: "warn", CARA: "unknown"}, "hms-510"), 2),
        (user_check("user.a", {}, "hms-510", bind="unknown"), 3),
        (deployment_check("tenant.a", "pass", "hms-510"), 0),
    ],
)
def test_the_scope_of_the_check_says_how_many_users_are_affected(check: Check, affected: int) -> None:
    assert predicted("hms-510", [check], *ALL).users_affected == affected


@pytest.mark.parametrize("make", [deployment_check, edge_check])
def test_what_the_deployment_or_a_server_lacks_hits_everybody_and_is_nobodys_own(make: type) -> None:
    assert outcomes(make("edge.a", "fail", "hms-510")) == everybody("blocked", "moves")
    assert outcomes(make("edge.a", "unknown", "hms-510")) == everybody("undetermined", "moves")


def test_what_a_sip_domain_lacks_hits_its_users_and_is_their_own() -> None:
    unmoved = {"anna": ("moves", "moves"), "ben": ("moves", "moves")}
    for says, outcome in (("fail", "blocked"), ("unknown", "undetermined")):
        check = domain_check("tenant.a", {"fabrikam.com": says}, "sip-domain-not-online")
        assert outcomes(check) == {**unmoved, "cara": (outcome, outcome)}


def test_what_a_user_lacks_hits_that_user_alone() -> None:
    assert outcomes(user_check("user.a", {BEN: "fail", CARA: "unknown"}, "hms-507")) == {
        "anna": ("moves", "moves"),
        "ben": ("blocked", "blocked"),
        "cara": ("undetermined", "undetermined"),
    }


def test_a_question_about_users_that_nobody_could_answer_is_everybodys_own() -> None:
    assert outcomes(user_check("user.a", {}, "hms-507", bind="unknown")) == everybody("undetermined", "undetermined")


def test_blocked_wins_over_undetermined() -> None:
    checks = (deployment_check("tenant.a", "fail", "hms-510"), user_check("user.a", {BEN: "unknown"}, "hms-507"))
    assert outcomes(*checks)["ben"] == ("blocked", "undetermined")


@pytest.mark.parametrize(
    "check",
    [
        deployment_check("tenant.a", "unknown", "hms-510", worst=Worst.WARN),
        deployment_check("tenant.a", "fail", "hms-510", worst=Worst.WARN),
        deployment_check("dns.a", "unknown", impact=Impact.DEGRADES),
        deployment_check("dns.a", "fail", impact=Impact.DEGRADES),
        user_check("user.a", {ANNA: "unknown", BEN: "fail"}, "user-in-child-domain", worst=Worst.WARN),
    ],
    ids=["warns-at-worst", "warned", "degrades-unknown", "degrades", "user-warns-at-worst"],
)
def test_what_cannot_stop_the_move_leaves_no_user_undetermined(check: Check) -> None:
    assert outcomes(check) == everybody("moves", "moves")


def test_a_users_faults_are_all_that_hit_it_first_one_first() -> None:
    checks = [
        user_check("user.a", {BEN: "fail"}, "hms-507", "already-online"),
        domain_check("tenant.b", {"contoso.com": "fail"}, "sip-domain-not-online"),
        deployment_check("tenant.a", "fail", "hms-510"),
    ]
    found = users(checks)
    assert found[BEN].faults == ("already-online", "hms-510", "sip-domain-not-online", "hms-507")
    assert found[ANNA].faults == ("hms-510", "sip-domain-not-online")
    assert found[CARA].faults == ("hms-510",)
    assert set(found[BEN].blockers) == {"user.a", "tenant.a", "tenant.b"}
    assert set(found[BEN].own_blockers) == {"user.a", "tenant.b"}


def test_what_is_only_not_ruled_out_is_no_fault_of_a_user() -> None:
    checks = [deployment_check("tenant.a", "unknown", "hms-510"), deployment_check("tenant.b", "warn", "hms-510")]
    assert {user.faults for user in users(checks).values()} == {()}


def test_a_user_named_twice_is_told_apart_in_the_ids() -> None:
    target = contoso(users=(BEN, BEN))
    found = predicted("hms-507", [user_check("user.a", {BEN: "fail"}, "hms-507")], BEN, target=target)
    assert found.because == ("user.a@ben@contoso.com", "user.a@ben@contoso.com#2")


def test_nothing_in_the_way_is_an_outcome_of_its_own() -> None:
    assert {user.outcome for user in users([deployment_check("tenant.a", "pass", "hms-510")]).values()} == {
        Outcome.MOVES
    }
