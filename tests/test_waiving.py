"""Accepted risks: what a waiver changes, what it never changes, and when it lapses."""

from datetime import date, datetime, timedelta, timezone
from itertools import combinations

import msgspec
import pytest

from checker.compose import compose
from checker.model.checks import Check, Impact, Worst
from checker.model.report import Report, RunVerdict, StatusCounts, Waiver, WaiverEntry, WaiverState
from checker.rendering.words import decision, verdict_sentence
from checker.waiving import ended
from tests.judging import NOW, contoso
from tests.made_up_checks import deployment_check, domain_check, reported, seen, user_check

TODAY = NOW.date()
SHARED = "tenant.shared"
USERS = tuple(f"u{number:03}@contoso.com" for number in range(150))


def waiver(check: str = SHARED, **changes: object) -> Waiver:
    sound = Waiver(
        check=check,
        subject="*",
        reason="decided",
        owner="J. Doe",
        ticket="CHG-881",
        expires=TODAY + timedelta(days=30),
        fingerprint=None,
    )
    return msgspec.structs.replace(sound, **changes)


def judged(checks: list[Check], *waivers: Waiver, users: tuple[str, ...] = ()) -> Report:
    return reported(checks, *users, waivers=waivers)


def only_entry(report: Report) -> WaiverEntry:
    (entry,) = report.waivers
    return entry


@pytest.mark.parametrize(
    ("says", "accepted", "verdict", "verdict_waived"),
    [
        ("fail", "fail", RunVerdict.NOT_READY, RunVerdict.READY_WITH_WARNINGS),
        ("unknown", "unknown", RunVerdict.INDETERMINATE, RunVerdict.READY_WITH_WARNINGS),
        ("warn", "warn", RunVerdict.READY_WITH_WARNINGS, RunVerdict.READY_WITH_WARNINGS),
    ],
)
def test_a_waiver_changes_the_verdict_and_the_finding_keeps_its_status(
    says: str, accepted: str, verdict: RunVerdict, verdict_waived: RunVerdict
) -> None:
    checks = [deployment_check(SHARED, says, "hms-510")]
    plain, waived = judged(checks), judged(checks, waiver())
    assert (plain.verdict, waived.verdict) == (verdict, verdict_waived)
    assert [each.status for each in plain.findings] == [each.status for each in waived.findings]
    assert waived.findings[0].waiver == waiver()
    assert getattr(waived.checks[0].waived, accepted) == getattr(only_entry(waived).accepted, accepted) == 1
    assert only_entry(waived).state is WaiverState.APPLIED


BEST_FIRST = (
    RunVerdict.READY,
    RunVerdict.READY_WITH_WARNINGS,
    RunVerdict.INDETERMINATE,
    RunVerdict.NOT_READY,
)
SAID = ("pass", "warn", "fail", "unknown", "n/a")


@pytest.mark.parametrize("one", SAID)
@pytest.mark.parametrize("other", SAID)
def test_a_waiver_never_makes_the_verdict_worse_and_changes_nothing_else(one: str, other: str) -> None:
    """For every set of these waivers, and each that is added to it; so removing one never makes it better."""
    said = {USERS[0]: other, USERS[1]: one, USERS[2]: "fail"}
    for worst in Worst:
        checks = [
            deployment_check(SHARED, one, "hms-510", worst=worst),
            user_check("user.licence", said, "hms-507"),
            user_check("user.policy", dict.fromkeys(USERS[:3], other), worst=worst, impact=Impact.LOSES),
        ]
        waivers = (
            waiver(),
            waiver("user.licence"),
            waiver("user.licence", fingerprint="0" * 64),
            waiver("user.policy", subject="u00?@*"),
        )
        snapshot, assessment, prediction = seen(checks, *USERS[:3])
        reports = {
            some: compose(snapshot, checks, assessment, prediction, waivers=some)
            for number in range(len(waivers) + 1)
            for some in combinations(waivers, number)
        }
        for some, report in reports.items():
            assert without_waivers(report) == without_waivers(reports[()])
            for more in (tuple(each for each in waivers if each in some or each is added) for added in waivers):
                assert BEST_FIRST.index(reports[more].verdict) <= BEST_FIRST.index(report.verdict)


def without_waivers(report: Report) -> Report:
    return msgspec.structs.replace(
        report,
        verdict=RunVerdict.READY,
        exit_code=0,
        seal="",
        waivers=(),
        findings=tuple(msgspec.structs.replace(each, waiver=None) for each in report.findings),
        checks=tuple(msgspec.structs.replace(each, waived=StatusCounts()) for each in report.checks),
    )


def test_what_a_waiver_was_not_needed_for_leaves_the_run_ready() -> None:
    checks = [deployment_check(SHARED, "unknown", worst=Worst.WARN), deployment_check("tenant.other", "pass")]
    accepted = judged(checks, waiver())
    assert (accepted.verdict, only_entry(accepted).state) == (RunVerdict.READY, WaiverState.APPLIED)
    nothing_looked_at = judged(checks[:1], waiver())
    assert nothing_looked_at.verdict is RunVerdict.INDETERMINATE


def test_another_failure_still_stands() -> None:
    checks = [deployment_check(SHARED, "fail"), deployment_check("tenant.other", "fail")]
    assert judged(checks, waiver()).verdict is RunVerdict.NOT_READY


@pytest.mark.parametrize(
    ("expires", "state"),
    [
        (TODAY, WaiverState.APPLIED),
        (TODAY - timedelta(days=1), WaiverState.LAPSED),
        (date(2026, 1, 1), WaiverState.LAPSED),
    ],
)
def test_it_counts_through_its_last_day(expires: date, state: WaiverState) -> None:
    report = judged([deployment_check(SHARED, "fail")], waiver(expires=expires))
    assert only_entry(report).state is state
    if state is WaiverState.LAPSED:
        assert report.verdict is RunVerdict.NOT_READY
        assert report.findings[0].waiver is None
        assert only_entry(report).lapsed_because == f"it ended on {expires}"
        assert only_entry(report).findings == (f"{SHARED}@contoso",)


def test_its_last_day_is_that_of_utc() -> None:
    west = timezone(timedelta(hours=-8))
    bound = waiver(expires=date(2026, 11, 22))
    assert not ended(bound, datetime(2026, 11, 22, 15, 59, tzinfo=west))
    assert ended(bound, datetime(2026, 11, 22, 16, 0, tzinfo=west)) == "it ended on 2026-11-22"


def test_it_lapses_when_another_value_is_judged() -> None:
    before = judged([deployment_check(SHARED, "fail", value="one")])
    bound = waiver(fingerprint=before.findings[0].fingerprint)
    same = judged([deployment_check(SHARED, "fail", value="one")], bound)
    other = judged([deployment_check(SHARED, "fail", value="two")], bound)
    assert only_entry(same).state is WaiverState.APPLIED
    assert only_entry(other).state is WaiverState.LAPSED
    assert other.verdict is RunVerdict.NOT_READY


def test_an_accepted_unknown_that_turns_out_to_fail_is_not_accepted_as_that() -> None:
    blind = judged([deployment_check(SHARED, "unknown")])
    bound = waiver(fingerprint=blind.findings[0].fingerprint)
    assert judged([deployment_check(SHARED, "unknown")], bound).verdict is RunVerdict.READY_WITH_WARNINGS
    assert judged([deployment_check(SHARED, "fail")], bound).verdict is RunVerdict.NOT_READY


def test_an_accepted_fail_that_nobody_can_look_at_any_more_is_not_accepted_as_that() -> None:
    failed = judged([deployment_check(SHARED, "fail")])
    bound = waiver(fingerprint=failed.findings[0].fingerprint)
    report = judged([deployment_check(SHARED, "unknown")], bound)
    assert (report.verdict, only_entry(report).state) == (RunVerdict.INDETERMINATE, WaiverState.LAPSED)


@pytest.mark.parametrize(
    ("subject", "accepts"),
    [
        ("*", True),
        ("fabrikam.com", True),
        ("FABRIKAM.*", True),
        ("fabrika?.com", True),
        ("?fabrikam.com", False),
        ("[f]abrikam.com", False),
        ("fabrikam", False),
        ("contoso.com", False),
    ],
)
def test_it_accepts_only_the_subjects_it_names(subject: str, accepts: bool) -> None:
    report = judged([domain_check("dns.srv", {"fabrikam.com": "fail"})], waiver("dns.srv", subject=subject))
    assert only_entry(report).state is (WaiverState.APPLIED if accepts else WaiverState.UNUSED)


@pytest.mark.parametrize("subject", ["Contoso [Test]", "contoso [*"])
def test_brackets_in_a_name_mean_themselves(subject: str) -> None:
    target = contoso(name="contoso [test]")
    report = reported([deployment_check(SHARED, "fail")], target=target, waivers=(waiver(subject=subject),))
    assert only_entry(report).state is WaiverState.APPLIED


def test_a_user_is_named_by_the_address_without_sip() -> None:
    checks = [user_check("user.licence", dict.fromkeys(USERS[:3], "fail"))]
    waivers = tuple(waiver("user.licence", subject=user.upper()) for user in USERS[:2])
    report = judged(checks, *waivers, users=USERS[:3])
    assert [each.subject.name for each in report.findings if each.waiver] == list(USERS[:2])
    assert (report.verdict, report.checks[0].waived.fail) == (RunVerdict.NOT_READY, 2)


def test_users_beyond_the_listed_ones_are_accepted_and_counted() -> None:
    checks = [user_check("user.licence", dict.fromkeys(USERS, "fail"))]
    report = judged(checks, waiver("user.licence", subject="u*"), users=USERS)
    assert report.verdict is RunVerdict.READY_WITH_WARNINGS
    assert report.checks[0].waived.fail == only_entry(report).accepted.fail == len(USERS)
    assert len(only_entry(report).findings) == 100


def test_those_who_stand_are_listed_before_those_who_are_accepted() -> None:
    checks = [user_check("user.licence", dict.fromkeys(USERS, "fail"))]
    report = judged(checks, waiver("user.licence", subject="u0*"), users=USERS)
    assert [each.subject.name for each in report.findings if not each.waiver] == list(USERS[100:])
    assert [each.subject.name for each in report.findings if each.waiver] == list(USERS[:50])


def test_of_several_the_first_of_the_file_counts() -> None:
    first, second = waiver(subject="c*", ticket="CHG-1"), waiver(subject="contoso", ticket="CHG-2")
    report = judged([deployment_check(SHARED, "fail")], first, second)
    assert report.findings[0].waiver == first
    assert [entry.state for entry in report.waivers] == [WaiverState.APPLIED, WaiverState.UNUSED]


@pytest.mark.parametrize("over", [waiver(expires=TODAY - timedelta(days=1)), waiver(fingerprint="0" * 64)])
def test_what_another_waiver_accepts_does_not_count_again(over: Waiver) -> None:
    report = judged([deployment_check(SHARED, "fail")], over, waiver(ticket="CHG-882"))
    assert report.findings[0].waiver == waiver(ticket="CHG-882")
    assert [entry.state for entry in report.waivers] == [WaiverState.UNUSED, WaiverState.APPLIED]


def test_one_that_is_over_has_lapsed_only_for_what_it_would_accept() -> None:
    over = waiver(expires=TODAY - timedelta(days=1))
    assert only_entry(judged([deployment_check(SHARED, "pass")], over)).state is WaiverState.UNUSED


def test_one_that_still_accepts_something_has_not_lapsed() -> None:
    checks = [domain_check("dns.srv", {"contoso.com": "fail", "fabrikam.com": "fail"})]
    one = judged(checks).findings[0].fingerprint
    report = judged(checks, waiver("dns.srv", fingerprint=one))
    assert (only_entry(report).state, only_entry(report).findings) == (WaiverState.APPLIED, ("dns.srv@contoso.com",))
    assert report.verdict is RunVerdict.NOT_READY


def test_a_waiver_without_a_finding_is_unused_and_changes_nothing() -> None:
    report = judged([deployment_check(SHARED, "pass")], waiver())
    assert (report.verdict, only_entry(report).state) == (RunVerdict.READY, WaiverState.UNUSED)


def test_nothing_says_that_the_move_works_where_what_stops_it_was_accepted() -> None:
    checks = [deployment_check(SHARED, "fail", "hms-510")]
    waived = judged(checks, waiver())
    assert verdict_sentence(waived) == "what stops the move was accepted, and still stops it"
    assert "still stops the move" in decision(waived)
    unknown = judged([deployment_check(SHARED, "unknown")], waiver())
    assert "could not be looked at was accepted" in verdict_sentence(unknown)
