"""Golden text; a summary of one screen; and foreign text that stays text."""

import re
from datetime import date
from pathlib import Path

import msgspec
import pytest

from checker.model.checks import Impact, Remediation
from checker.model.facts import Notice
from checker.model.report import Advice, Report, RunVerdict, StatusCounts, Waiver, WaiverEntry, WaiverState
from checker.model.verdicts import Status
from checker.rendering.markdown import render_markdown
from checker.rendering.summary import MOST_LINES, summary
from checker.rendering.ticket_comments import as_markdown
from tests.rendering.samples import INDETERMINATE, NOT_READY, READY, finding

GOLDEN = Path(__file__).parent / "golden"
WAIVER = Waiver(
    check="tenant.x",
    subject="*",
    reason="r",
    owner="J. Doe",
    ticket="CHG-881",
    expires=date(2026, 12, 31),
    fingerprint=None,
)
ENTRY = WaiverEntry(
    waiver=WAIVER,
    state=WaiverState.APPLIED,
    lapsed_because="",
    findings=("tenant.x@contoso",),
    accepted=StatusCounts(fail=1),
)


def rendered_summary(report: Report) -> str:
    return as_markdown(summary(report))


@pytest.mark.parametrize(("name", "report"), [("not_ready", NOT_READY), ("indeterminate", INDETERMINATE)])
def test_the_document_is_the_golden_one(name: str, report: Report) -> None:
    assert render_markdown(report) == (GOLDEN / f"{name}.md").read_text(encoding="utf-8")


def test_the_document_begins_with_the_summary() -> None:
    assert render_markdown(READY).startswith(rendered_summary(READY))


def test_the_fullest_summary_is_one_screen_and_keeps_the_lab_notice() -> None:
    report = msgspec.structs.replace(
        NOT_READY,
        interrupted=True,
        redaction="pii",
        findings=(
            *NOT_READY.findings,
            finding("tenant.x", Status.FAIL, waiver=WAIVER),
            finding("user.y", Status.WARN, impact=Impact.LOSES),
        ),
        waivers=(ENTRY,),
        notices=(*(Notice(code="other", text=f"notice {n}") for n in range(9)), Notice(code="lab", text="A lab run")),
    )
    lines = rendered_summary(report).splitlines()
    assert len(lines) == MOST_LINES
    assert "- **Note**: A lab run" in lines
    assert lines[-1].endswith("more lines in `report.json`")
    assert "- **Accepted, and still stops the move**: `tenant.x@contoso`" in lines


def test_what_is_not_predicted_is_not_promised() -> None:
    assert "no fault is predicted, but 1 cannot be ruled out" in rendered_summary(INDETERMINATE)


@pytest.mark.parametrize("verdict", list(RunVerdict))
def test_every_verdict_asks_for_a_decision(verdict: RunVerdict) -> None:
    assert "- **Decision asked for**: " in rendered_summary(msgspec.structs.replace(READY, verdict=verdict))


def test_foreign_text_stays_text() -> None:
    hostile = "x` <img src=x onerror=alert(1)> [a](http://evil.example) @admin | **b** ```\n# ready\x1b[2J"
    report = msgspec.structs.replace(
        NOT_READY,
        deployment=msgspec.structs.replace(NOT_READY.deployment, name=hostile, sip_domains=(hostile,)),
        findings=(
            finding(
                "tenant.x",
                Status.FAIL,
                hostile,
                title=hostile,
                summary=hostile,
                remediation=(Remediation(run="Say: " + hostile, where=hostile, role=hostile),),
            ),
        ),
        advice=(Advice(id="a", title=hostile, text=hostile, users_affected=1, users=(hostile,), references=()),),
        notices=(Notice(code="n", text=hostile, where=hostile),),
    )
    document = render_markdown(report)
    outside_code = [line for line in document.splitlines() if "`" not in line.replace("\\`", "")]
    assert "\x1b" not in document
    assert not any(re.search(r"<img|(?<!\w)@\w|(?<!\\)\]\(|(?<!\\)\*\*b", line) for line in outside_code)
    assert document.count("\n````\nSay: ") == 1, "the fence is longer than the run of backticks within"
    assert sum(line.startswith("# ") for line in document.splitlines()) == 2, "the title, and one line within the fence"
