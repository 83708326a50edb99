"""The HTML report as markup: self-contained, escaped, complete, and the same each time."""

import base64
import hashlib
import re
from typing import Any

import lxml.html
import msgspec
import pytest

from checker.model.checks import Remediation
from checker.model.facts import Notice
from checker.model.report import Report, StatusCounts, WaiverEntry, WaiverState
from checker.model.verdicts import Status
from checker.rendering.html import render_html
from checker.rendering.user_lines import UserLine, user_lines_of_csv
from tests.rendering.samples import INDETERMINATE, NOT_READY, READY, finding
from tests.rendering.test_markdown import WAIVER

USERS = tuple(UserLine(f"u{n}@contoso.com", "blocked", "moves", ("hms-510",), "") for n in range(3))
HOSTILE = (
    "\x1b[31m\u202e</pre></script><script>alert(1)</script><img src=x onerror=alert(2)>\" onmouseover=alert(3) x='"
)


def parsed(html: str) -> Any:
    return lxml.html.document_fromstring(html)


def words(html: str) -> str:
    return " ".join(parsed(html).text_content().split())


@pytest.mark.parametrize("report", [READY, NOT_READY, INDETERMINATE])
def test_it_refers_to_nothing_outside_itself(report: Report) -> None:
    html = render_html(report, USERS)
    page = parsed(html)
    assert not page.xpath("//@src | //link | //iframe | //object | //embed | //base | //form/@action")
    assert "@import" not in html
    assert not re.search(r"url\((?!#)", html)
    assert all(href.startswith(("#", "https://")) for href in page.xpath("//@href"))
    assert set(page.xpath("//a[starts-with(@href, 'https')]/@rel")) <= {"noreferrer"}


def test_its_policy_lets_only_its_own_blocks_run() -> None:
    page = parsed(render_html(NOT_READY, USERS))
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    for tag in ("style", "script"):
        (block,) = page.xpath(f"//{tag}")
        digest = base64.b64encode(hashlib.sha256(block.text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert not page.xpath("//*[@style]"), "the policy would drop it"


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render_html(NOT_READY, USERS) == render_html(NOT_READY, USERS)


def test_the_board_reads_the_decision_first() -> None:
    board = " ".join(parsed(render_html(NOT_READY, USERS)).xpath("//main")[0].text_content().split())
    assert "not-ready" in board
    assert "Decision asked for" in board
    assert "hms-510" in board and "stops all 240 users" in board
    assert "as things stand: 240 blocked" in board
    assert "once the deployment is settled: 226 moves, 9 blocked, 5 undetermined" in board
    assert "Read-only" in board and "tenant as reader@contoso.com" in board
    assert "2026-11-22 19:03 UTC" in board and "2026-11-29 19:03 UTC" in board
    assert "A lab run" in board


def test_times_stand_in_the_operators_zone_too() -> None:
    html = render_html(msgspec.structs.replace(READY, utc_offset_minutes=330))
    assert "2026-11-22 19:03 UTC (2026-11-23 00:33 UTC+05:30)" in words(html)


def test_every_finding_fix_and_gap_is_there() -> None:
    said = words(render_html(NOT_READY, USERS))
    for each in NOT_READY.findings:
        if each.status is not Status.PASS and each.subject.kind.value != "user":
            assert each.title in said
            assert each.observed in said
    for fix in NOT_READY.fixes:
        assert fix.remediation.run in said
    assert "Get-CsPool of a complete topology" in said
    assert all(user.sip_address in said for user in USERS)


def test_accepted_and_lapsed_risks_are_shown() -> None:
    def entry(state: WaiverState, because: str = "") -> WaiverEntry:
        return WaiverEntry(waiver=WAIVER, state=state, lapsed_because=because, findings=(), accepted=StatusCounts())

    report = msgspec.structs.replace(
        NOT_READY,
        findings=(finding("tenant.x", Status.FAIL, waiver=WAIVER),),
        waivers=(entry(WaiverState.APPLIED), entry(WaiverState.LAPSED, "it ended on 2026-11-01")),
    )
    said = words(render_html(report))
    assert "Accepted, and still stops the move: tenant.x@contoso" in said
    assert "lapsed: tenant.x, by J. Doe, CHG-881" in said
    assert "it ended on 2026-11-01, and it counts again" in said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"interrupted": True}, "The scan was interrupted"),
        ({"redaction": "pii"}, "are pseudonyms"),
        ({"notices": (Notice(code="lab", text="against the lab"),)}, "against the lab"),
    ],
)
def test_what_must_be_known_first_stands_first(changes: dict[str, Any], said: str) -> None:
    html = render_html(msgspec.structs.replace(READY, **changes))
    assert said in " ".join(parsed(html).xpath("//main")[0].text_content().split()[:60])


def test_foreign_text_stays_text() -> None:
    report = msgspec.structs.replace(
        NOT_READY,
        deployment=msgspec.structs.replace(NOT_READY.deployment, name=HOSTILE, sip_domains=(HOSTILE,)),
        findings=(
            finding(
                "tenant.x",
                Status.FAIL,
                HOSTILE,
                title=HOSTILE,
                expected=HOSTILE,
                observed=HOSTILE,
                summary=HOSTILE,
                remediation=(Remediation(run=HOSTILE, where=HOSTILE, role=HOSTILE, verify=HOSTILE, rollback=HOSTILE),),
            ),
        ),
        notices=(Notice(code="lab", text=HOSTILE, where=HOSTILE),),
    )
    html = render_html(report, (UserLine(HOSTILE, HOSTILE, HOSTILE, (HOSTILE,), HOSTILE),))
    page = parsed(html)
    assert len(page.xpath("//script")) == 1
    assert not page.xpath("//img")
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert "\x1b" not in html and "\u202e" not in html
    assert "alert(1)" in page.text_content()


def test_brief_leaves_out_what_passed_and_the_raw_evidence() -> None:
    whole, brief = parsed(render_html(NOT_READY, USERS)), parsed(render_html(NOT_READY, USERS, brief=True))
    for id_ in ("passed", "evidence"):
        assert whole.xpath(f"//*[@id='{id_}']") and not brief.xpath(f"//*[@id='{id_}']")
    assert brief.xpath("//*[@id='plan']")


def test_users_can_be_read_back_from_their_csv() -> None:
    rows = [
        {
            "sip_address": "anna@contoso.com",
            "outcome": "moves",
            "own_outcome": "moves",
            "faults": "",
            "reasons": "",
        },
        {
            "sip_address": "ben@contoso.com",
            "outcome": "blocked",
            "own_outcome": "blocked",
            "faults": "hms-510;hms-507",
            "reasons": "user.licence-teams-sfb: Teams missing;user.synced: no",
        },
    ]
    ben, anna = user_lines_of_csv(rows)
    assert (anna.sip_address, ben.faults) == ("anna@contoso.com", ("hms-510", "hms-507"))
    assert ben.reasons == "user.licence-teams-sfb user.synced"
