"""What is drawn together, and what is kept apart."""

import msgspec

from checker.model.checks import Impact, Scope
from checker.model.findings import FaultStatus
from checker.model.report import Fix
from checker.model.undecided import Reason
from checker.model.verdicts import Status
from checker.rendering.grouping import blockers, gaps, listed, steps, vantages
from tests.made_up_checks import reported, user_check
from tests.rendering.samples import INDETERMINATE, LICENSE, READY, SHARE, counts, faults, finding, unknown
from tests.test_waiving import USERS, waiver


def test_one_need_is_said_once() -> None:
    tenant, edge = gaps(listed(INDETERMINATE))
    assert tenant.what == ("tenant.domain-verified", "tenant.federation-open", "tenant.shared-sip-address-space")
    assert edge.what == ("edge.port-5061 (edge01.contoso.com)",)


def test_users_of_one_check_with_two_needs_are_counted_apart() -> None:
    users = [
        unknown("user.x", Reason.NO_ACCESS, "d", need, subject=f"u{n}@contoso.com", kind=Scope.USER)
        for n, need in enumerate(["a", "a", "b"])
    ]
    report = msgspec.structs.replace(READY, findings=tuple(users), checks=(counts("user.x", unknown=3),))
    assert [gap.what for gap in gaps(listed(report))] == [("user.x (2 users)",), ("user.x (1 user)",)]


def test_what_may_stop_a_move_comes_first() -> None:
    findings = (
        unknown("a.x", Reason.NO_ACCESS, "d", "one", impact=Impact.DEGRADES),
        unknown("b.x", Reason.NO_ACCESS, "d", "two"),
    )
    found = gaps(listed(msgspec.structs.replace(READY, findings=findings)))
    assert [(gap.needs, gap.blocks) for gap in found] == [("two", True), ("one", False)]


def test_a_cause_of_two_faults_stands_under_the_first() -> None:
    cause = finding("tenant.x", Status.FAIL, predicts=("hms-510", "hms-507"))
    predicted = (FaultStatus.PREDICTED, 1, (cause.id,))
    report = msgspec.structs.replace(READY, findings=(cause,), faults=faults(hms_510=predicted, hms_507=predicted))
    first, second = blockers(report.faults, listed(report))
    assert (first.fault.id, [each.first for each in first.causes]) == ("hms-510", [cause])
    assert (second.fault.id, second.causes, second.as_above) == ("hms-507", (), ("tenant.x",))


def test_consecutive_fixes_of_one_check_are_one_step() -> None:
    fixes = (
        Fix(order=1, check="a.x", remediation=SHARE, users_unblocked=0, own_unblocked=0),
        Fix(order=2, check="user.x", remediation=LICENSE, users_unblocked=0, own_unblocked=0),
        Fix(order=3, check="user.x", remediation=SHARE, users_unblocked=9, own_unblocked=0),
    )
    assert [(step.number, step.users_unblocked) for step in steps(fixes)] == [("1", 0), ("2-3", 9)]


def test_a_place_that_gave_no_answer_was_not_looked_from() -> None:
    silent = tuple(msgspec.structs.replace(each, outcome="no-answer") for each in READY.evidence[:2])
    assert vantages(msgspec.structs.replace(READY, evidence=silent + READY.evidence[2:])) == ("tenant", "onprem")


def test_users_whom_different_waivers_accept_are_drawn_apart_and_all_of_them_counted() -> None:
    """Of 150 the report lists 100; each group is counted beyond those it lists."""
    checks = [user_check("user.licence", dict.fromkeys(USERS, "fail"))]
    waivers = tuple(waiver("user.licence", subject=glob, ticket=glob) for glob in ("u00*", "u0*"))
    found = listed(reported(checks, *USERS, waivers=waivers))
    assert {each.first.waiver.ticket if each.first.waiver else "": each.count for each in found} == {
        "u00*": 10,
        "u0*": 90,
        "": 50,
    }


def test_an_accepted_need_stands_after_those_that_are_not() -> None:
    said = {USERS[0]: "unknown", USERS[1]: "unknown", USERS[2]: "unknown"}
    accepted = waiver("user.licence", subject=USERS[0])
    report = reported([user_check("user.licence", said)], *USERS[:3], waivers=(accepted,))
    assert [(gap.waived, gap.what) for gap in gaps(listed(report))] == [
        (False, ("user.licence (2 users)",)),
        (True, ("user.licence (1 user)",)),
    ]
