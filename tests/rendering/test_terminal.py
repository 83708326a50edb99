"""Golden text at eighty columns, and what must hold whatever the report says."""

import re
from datetime import date
from pathlib import Path

import msgspec
import pytest

from checker.model.checks import Remediation, Scope
from checker.model.facts import Notice
from checker.model.report import Report, StatusCounts, Waiver, WaiverEntry, WaiverState
from checker.model.verdicts import Status
from checker.rendering.terminal import render_terminal
from tests.made_up_checks import deployment_check, reported, user_check
from tests.rendering.samples import INDETERMINATE, NOT_READY, READY, SHARE, counts, finding
from tests.test_waiving import SHARED, TODAY, USERS, waiver

GOLDEN = Path(__file__).parent / "golden"
FILES = ("report.json", "report.md", "users.csv", "findings.csv", "move-users.txt", "fix.ps1")


def rendered(
    report: Report, *, width: int = 80, colour: bool = False, ascii_only: bool = False, verbose: bool = False
) -> str:
    return render_terminal(
        report,
        written=FILES,
        folder="reports/contoso-20261122T190300Z",
        width=width,
        colour=colour,
        ascii_only=ascii_only,
        verbose=verbose,
    )


@pytest.mark.parametrize(
    ("name", "report", "verbose"),
    [("not_ready", NOT_READY, False), ("indeterminate", INDETERMINATE, False), ("ready_verbose", READY, True)],
)
def test_the_page_is_the_golden_one(name: str, report: Report, verbose: bool) -> None:
    assert rendered(report, verbose=verbose) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("report", [NOT_READY, INDETERMINATE, READY])
def test_nothing_is_wider_than_the_page(report: Report) -> None:
    assert max(map(len, rendered(report, verbose=True).splitlines())) <= 80


def test_colour_only_decorates() -> None:
    coloured = rendered(NOT_READY, colour=True)
    assert "\x1b[31mfail\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == rendered(NOT_READY)


def test_a_long_command_stays_in_one_piece() -> None:
    run = "Set-CsHostingProvider -Identity 'Office365' -AutodiscoverUrl " + "'https://" + "a-b " * 40 + "'"
    remedy = msgspec.structs.replace(SHARE, run=run)
    report = msgspec.structs.replace(
        READY,
        findings=(finding("tenant.x", Status.FAIL, predicts=(), remediation=(remedy,)),),
        checks=(counts("tenant.x", fail=1),),
    )
    assert f"      {run}\n" in rendered(report)


def test_hostile_text_commands_no_terminal() -> None:
    hostile = "evil\x1b[2J\x07\u202ecod.exe\r\nready   0 fail"
    report = msgspec.structs.replace(
        NOT_READY,
        deployment=msgspec.structs.replace(NOT_READY.deployment, name=hostile),
        findings=(
            finding(
                "tenant.x",
                Status.FAIL,
                hostile,
                observed=hostile,
                summary=hostile,
                remediation=(Remediation(run=hostile, where=hostile, role=hostile),),
            ),
        ),
        notices=(Notice(code=hostile, text=hostile, where=hostile),),
    )
    page = rendered(report)
    assert all(line.isprintable() for line in page.splitlines())
    assert not any(line.startswith("ready") for line in page.splitlines())


def test_ascii_loses_no_letter_of_a_name() -> None:
    report = msgspec.structs.replace(
        READY, notices=(Notice(code="x", text="zürich — 3 → “fine” …"),), verdict=NOT_READY.verdict
    )
    page = rendered(report, ascii_only=True)
    assert page.isascii()
    assert r"z\xfcrich - 3 -> " in page
    assert '"fine" ...' in page


def test_a_waived_blocker_is_named_beside_the_verdict() -> None:
    waiver = Waiver(
        check="tenant.shared-sip-address-space",
        subject="*",
        reason="done in the window",
        owner="J. Doe",
        ticket="CHG-881",
        expires=date(2026, 12, 31),
        fingerprint=None,
    )
    findings = tuple(
        msgspec.structs.replace(each, waiver=waiver) if each.check == waiver.check else each
        for each in NOT_READY.findings
    )
    checks = tuple(
        counts(each.id, StatusCounts(fail=1), fail=1) if each.id == waiver.check else each for each in NOT_READY.checks
    )
    applied = WaiverEntry(
        waiver=waiver,
        state=WaiverState.APPLIED,
        lapsed_because="",
        findings=(f"{waiver.check}@contoso",),
        accepted=StatusCounts(fail=1),
    )
    page = rendered(msgspec.structs.replace(NOT_READY, findings=findings, checks=checks, waivers=(applied,)))
    assert "10 fail  1 fail waived" in page
    assert "by       J. Doe, CHG-881, until 2026-12-31: done in the window" in page
    assert "applied  tenant.shared-sip-address-space, by J. Doe" in page
    assert "mind     accepted, and still stops the move:" in page


def test_a_lapsed_waiver_counts_again_and_is_shown() -> None:
    entry = WaiverEntry(
        waiver=Waiver(
            check="dns.federation-srv",
            subject="fabrikam.com",
            reason="moved later",
            owner="J. Doe",
            ticket="CHG-881",
            expires=date(2026, 11, 1),
            fingerprint=None,
        ),
        state=WaiverState.LAPSED,
        lapsed_because="it ended on 2026-11-01",
        findings=("dns.federation-srv@fabrikam.com",),
        accepted=StatusCounts(),
    )
    page = " ".join(rendered(msgspec.structs.replace(NOT_READY, waivers=(entry,))).split())
    assert "lapsed dns.federation-srv on fabrikam.com, by J. Doe" in page
    assert "it ended on 2026-11-01, and it counts again" in page
    assert "11 fail 0 warn" in page


def test_more_users_than_the_report_lists_are_still_counted() -> None:
    findings = tuple(finding("user.x", Status.WARN, f"u{number}@contoso.com", kind=Scope.USER) for number in range(100))
    page = rendered(msgspec.structs.replace(READY, findings=findings, checks=(counts("user.x", warn=512),)))
    assert "warn     user.x  512 users, users.csv" in page
    assert "u0@contoso.com, u1@contoso.com, u2@contoso.com and 509 more" in page


def test_a_run_with_waivers_says_who_accepted_what_and_what_counts_again() -> None:
    checks = [
        deployment_check(SHARED, "fail", "hms-510"),
        deployment_check("tenant.y", "unknown"),
        user_check("user.licence", dict.fromkeys(USERS, "fail"), "hms-507"),
    ]
    waivers = (
        waiver(),
        waiver("tenant.y"),
        waiver("user.licence", subject="u0*"),
        waiver("user.licence", subject="u1*", expires=TODAY.replace(day=1)),
    )
    page = " ".join(rendered(reported(checks, *USERS, waivers=waivers)).split())
    assert f"fail {SHARED} contoso waived by J. Doe, CHG-881, until 2026-12-22: decided" in page
    assert "fail user.licence 100 users, users.csv waived" in page
    assert "fail user.licence 50 users, users.csv blocks" in page
    assert "unknown no-access: nobody could look waived" in page
    assert "not-ready 50 fail 101 fail waived 0 warn 0 unknown 1 unknown waived" in page
    assert "lapsed user.licence on u1*, by J. Doe, CHG-881, until 2026-11-01: decided; it ended on 2026-11-01" in page
    assert f"mind accepted, and still stops the move: {SHARED}@contoso, user.licence (100 users)" in page


def test_an_interrupted_run_says_so() -> None:
    assert "interrupted: this report is partial" in rendered(msgspec.structs.replace(READY, interrupted=True))
