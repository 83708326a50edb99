"""What became of a finding between two reports: what was not looked at is never fixed, and never the same."""

from typing import Any

import msgspec
import pytest

from checker.comparing.comparing import compared
from checker.comparing.difference import Change, Difference
from checker.model.axes import Phase
from checker.model.checks import Scope
from checker.model.facts import CommandRun
from checker.model.findings import Outcome
from checker.model.report import (
    FindingEntry,
    Redacted,
    Report,
    StatusCounts,
    UserOutcome,
    WaiverEntry,
    WaiverState,
)
from checker.model.undecided import Reason
from checker.model.verdicts import Status
from tests.rendering.samples import AS_OF, INDETERMINATE, NOT_READY, READY, counts, finding, unknown
from tests.rendering.test_markdown import WAIVER

PASS, WARN, FAIL, NA = Status.PASS, Status.WARN, Status.FAIL, Status.NOT_APPLICABLE
CHECK = "tenant.x"


def entry(status: Status | None, **more: Any) -> FindingEntry:
    if status is None:
        return unknown(CHECK, Reason.NO_ACCESS, "403", "a role", **more)
    return finding(CHECK, status, observed=status.value, fingerprint=status.value.ljust(64, "0"), **more)


def report(*findings: FindingEntry, **changes: Any) -> Report:
    return msgspec.structs.replace(READY, findings=findings, checks=(counts(CHECK),), **changes)


def change(old: Report, new: Report) -> Change:
    (found,) = compared(old, new).findings
    return found.change


@pytest.mark.parametrize(
    ("old", "new", "expected", "regressed"),
    [
        (PASS, PASS, Change.SAME, False),
        (PASS, WARN, Change.REGRESSED, True),
        (PASS, FAIL, Change.REGRESSED, True),
        (WARN, FAIL, Change.REGRESSED, True),
        (NA, FAIL, Change.REGRESSED, True),
        (FAIL, PASS, Change.FIXED, False),
        (FAIL, WARN, Change.FIXED, False),
        (WARN, PASS, Change.FIXED, False),
        (FAIL, NA, Change.GONE, False),
        (NA, PASS, Change.NEW, False),
        (PASS, None, Change.NOT_COMPARABLE, False),
        (FAIL, None, Change.NOT_COMPARABLE, False),
        (None, PASS, Change.NOT_COMPARABLE, False),
        (None, FAIL, Change.NOT_COMPARABLE, False),
        (None, None, Change.SAME, False),
    ],
)
def test_a_pair_of_statuses_has_its_class(
    old: Status | None, new: Status | None, expected: Change, regressed: bool
) -> None:
    difference = compared(report(entry(old)), report(entry(new)))
    assert (difference.findings[0].change, difference.regressed) == (expected, regressed)
    if None in (old, new):
        assert "could not be looked at" in difference.findings[0].why


def test_another_value_of_the_same_status_is_no_regression() -> None:
    other = msgspec.structs.replace(entry(FAIL), fingerprint="1" * 64)
    assert change(report(entry(FAIL)), report(other)) is Change.VALUE_CHANGED


def test_a_subject_that_only_one_report_has_is_new_or_gone() -> None:
    there = report(entry(FAIL, kind=Scope.SERVER, subject="edge02.contoso.com"))
    assert change(report(), there) is Change.NEW
    assert change(there, report()) is Change.GONE
    assert not compared(report(), there).regressed


def test_a_check_of_one_version_only_changed_with_the_tool() -> None:
    old = msgspec.structs.replace(READY, findings=(), checks=())
    new = report(entry(FAIL), tool=msgspec.structs.replace(READY.tool, version="9.9.9"))
    (found,) = compared(old, new).findings
    assert found.change is Change.NEW
    assert "the tool changed, not the estate" in found.why


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"checks": (msgspec.structs.replace(counts(CHECK), revision=2),)}, "the rule of the check changed"),
        (
            {"deployment": msgspec.structs.replace(READY.deployment, phase=Phase.DECOMMISSION)},
            "another phase, hybrid then and decommission now",
        ),
    ],
)
def test_another_rule_or_phase_is_not_comparable(changes: dict[str, Any], why: str) -> None:
    new = msgspec.structs.replace(report(entry(FAIL)), **changes)
    (found,) = compared(report(entry(PASS)), new).findings
    assert found.change is Change.NOT_COMPARABLE
    assert why in found.why


def test_another_vantage_or_account_is_not_comparable() -> None:
    asked = READY.evidence[3]
    seen = {"evidence": (asked,), "commands_run": (CommandRun(where="tenant", as_whom="a@contoso.com", what="x"),)}
    old = report(entry(PASS, evidence=(asked.id,)), **seen)
    elsewhere = msgspec.structs.replace(READY.evidence[1])
    new = report(entry(FAIL, evidence=(elsewhere.id,)), evidence=(elsewhere,))
    assert change(old, new) is Change.NOT_COMPARABLE


@pytest.mark.parametrize("name", ["name", "cloud", "direction"])
def test_reports_of_different_estates_are_not_compared_at_all(name: str) -> None:
    other = {"name": "fabrikam", "cloud": type(READY.deployment.cloud)("china")}
    other["direction"] = type(READY.deployment.direction)("to-onprem")
    deployment = msgspec.structs.replace(READY.deployment, **{name: other[name]})
    difference = compared(report(entry(PASS)), report(entry(FAIL), deployment=deployment))
    assert not difference.comparable and difference.why_not and not difference.regressed
    assert difference.findings[0].change is Change.NOT_COMPARABLE


def test_pseudonyms_of_two_keys_are_not_matched() -> None:
    def redacted(key: str, status: Status) -> Report:
        made = Redacted(users=1, hosts=1, numbers=0, addresses=0, key=key)
        server = entry(status, kind=Scope.SERVER, subject="host-1")
        return report(server, redaction="pii", redacted=made)

    assert change(redacted("a", PASS), redacted("a", FAIL)) is Change.REGRESSED
    assert change(redacted("a", PASS), redacted("b", FAIL)) is Change.NOT_COMPARABLE


def test_a_waiver_that_lapsed_counts_again() -> None:
    lapsed = WaiverEntry(
        waiver=WAIVER,
        state=WaiverState.LAPSED,
        lapsed_because="it ended on 2026-11-01",
        findings=(f"{CHECK}@contoso",),
        accepted=StatusCounts(),
    )
    difference = compared(report(entry(FAIL, waiver=WAIVER)), report(entry(FAIL), waivers=(lapsed,)))
    assert difference.findings[0].change is Change.WAIVER_LAPSED
    assert difference.findings[0].why == "it ended on 2026-11-01"
    assert difference.regressed


def test_a_regression_that_is_accepted_does_not_count() -> None:
    difference = compared(report(entry(PASS)), report(entry(FAIL, waiver=WAIVER)))
    assert difference.findings[0].change is Change.REGRESSED
    assert not difference.regressed


def of_users(failing: int, total: int) -> Report:
    """The first hundred of ``failing`` users are listed."""
    listed = tuple(
        finding("user.x", FAIL, f"u{number}@contoso.com", kind=Scope.USER) for number in range(min(failing, 100))
    )
    outcomes = tuple(
        UserOutcome(
            sip_address=f"u{number}@contoso.com",
            outcome=Outcome.BLOCKED,
            own_outcome=Outcome.BLOCKED,
            first_fault=None,
            faults=(),
        )
        for number in range(min(total, 100))
    )
    users = msgspec.structs.replace(READY.users, total=total, outcomes=outcomes)
    tally = counts("user.x", fail=failing, passed=total - failing)
    return msgspec.structs.replace(READY, findings=listed, checks=(tally,), users=users)


def test_of_more_users_than_are_listed_the_counts_are_compared() -> None:
    difference = compared(of_users(9, 200), of_users(112, 200))
    assert difference.findings == ()
    (check,) = difference.user_checks
    assert (check.change, check.old.fail, check.new.fail) == (Change.REGRESSED, 9, 112)
    assert difference.regressed


@pytest.mark.parametrize("one", [READY, NOT_READY, INDETERMINATE])
def test_a_report_is_the_same_as_itself(one: Report) -> None:
    difference = compared(one, one)
    assert {each.change for each in difference.findings} <= {Change.SAME}
    assert not (difference.regressed or difference.faults or difference.waivers)


def mirrored(difference: Difference) -> set[tuple[str, Change]]:
    other = {Change.REGRESSED: Change.FIXED, Change.FIXED: Change.REGRESSED, Change.NEW: Change.GONE}
    other[Change.GONE] = Change.NEW
    return {(each.id, other.get(each.change, each.change)) for each in difference.findings}


def test_backwards_is_the_mirror_of_forwards() -> None:
    for old in (PASS, WARN, FAIL, None):
        for new in (PASS, WARN, FAIL, None):
            forth, back = (report(entry(old)), report(entry(new)))
            assert mirrored(compared(forth, back)) == {(e.id, e.change) for e in compared(back, forth).findings}


def test_whether_the_new_report_still_counts_depends_on_the_clock() -> None:
    assert compared(READY, READY).stale is None
    assert compared(READY, READY, now=AS_OF).stale is False
    assert compared(READY, READY, now=AS_OF.replace(day=30)).stale is True
