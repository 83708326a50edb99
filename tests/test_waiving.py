"""Accepted risks: what a waiver changes, what it never changes, and when it lapses."""

from datetime import date, timedelta

import msgspec
import pytest

from checker.model.checks import Check
from checker.model.report import Report, RunVerdict, Waiver, WaiverEntry, WaiverState
from checker.rendering.words import decision, verdict_sentence
from tests.judging import NOW
from tests.made_up_checks import deployment_check, domain_check, reported, user_check

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


def test_a_waiver_changes_no_fault_and_no_outcome_of_a_user() -> None:
    checks = [deployment_check(SHARED, "fail", "hms-510"), user_check("user.licence", {USERS[0]: "fail"}, "hms-507")]
    plain = judged(checks, users=USERS[:3])
    waived = judged(checks, waiver(), waiver("user.licence"), users=USERS[:3])
    assert waived.verdict is RunVerdict.READY_WITH_WARNINGS
    assert waived.faults == plain.faults
    assert waived.users == plain.users


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


@pytest.mark.parametrize(("subject", "verdict"), [("FABRIKAM.*", "ready-with-warnings"), ("contoso.com", "not-ready")])
def test_it_accepts_only_the_subjects_it_names(subject: str, verdict: str) -> None:
    checks = [domain_check("dns.srv", {"fabrikam.com": "fail"})]
    assert judged(checks, waiver("dns.srv", subject=subject)).verdict.value == verdict


def test_users_beyond_the_listed_ones_are_accepted_and_counted() -> None:
    checks = [user_check("user.licence", dict.fromkeys(USERS, "fail"))]
    report = judged(checks, waiver("user.licence", subject="u*"), users=USERS)
    assert report.verdict is RunVerdict.READY_WITH_WARNINGS
    assert report.checks[0].waived.fail == only_entry(report).accepted.fail == len(USERS)
    assert len(only_entry(report).findings) == 100


def test_of_several_the_first_of_the_file_counts() -> None:
    first, second = waiver(ticket="CHG-1"), waiver(ticket="CHG-2")
    report = judged([deployment_check(SHARED, "fail")], first, second)
    assert report.findings[0].waiver == first
    assert [entry.state for entry in report.waivers] == [WaiverState.APPLIED, WaiverState.UNUSED]


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
