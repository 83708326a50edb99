"""The page of a comparison: what got worse first, and what could not be looked at never folded away."""

import msgspec

from checker.comparing.comparing import compared
from checker.model.report import Report
from checker.model.undecided import Reason
from checker.model.verdicts import Status
from checker.rendering.diff_page import diff_markdown, render_diff
from checker.rendering.terminal_page import Page
from tests.rendering.samples import READY, finding, unknown


def report(*findings: object) -> Report:
    return msgspec.structs.replace(READY, findings=findings)


OLD = report(
    finding("tenant.a", Status.PASS),
    finding("tenant.b", Status.FAIL),
    finding("tenant.c", Status.PASS),
    finding("tenant.d", Status.PASS),
)
NEW = report(
    finding("tenant.a", Status.FAIL, observed="off"),
    finding("tenant.b", Status.PASS),
    unknown("tenant.c", Reason.NO_ACCESS, "403 \x1b[31m<b>*bold*"),
    finding("tenant.d", Status.PASS, fingerprint="1" * 64),
)


def drawn(old: Report, new: Report) -> str:
    page = Page(80, colour=False, ascii_only=True)
    render_diff(page, compared(old, new))
    return str(page)


def test_what_got_worse_comes_first() -> None:
    page = drawn(OLD, NEW)
    places = [page.index(f"\n{title} ") for title in ("regressed", "not comparable", "fixed")]
    assert places == sorted(places)
    assert "1 regressed, 1 not comparable" in page
    assert max(map(len, page.splitlines())) <= 80
    assert "\x1b" not in page


def test_what_could_not_be_looked_at_is_said_with_its_reason() -> None:
    assert "could not be looked at now: no-access" in " ".join(drawn(OLD, NEW).split())
    assert "could not be looked at now" in diff_markdown(compared(OLD, NEW))


def test_the_same_report_is_the_same() -> None:
    page = drawn(OLD, OLD)
    assert "4 same" in page
    assert "regressed" not in page


def test_markdown_keeps_foreign_text_text() -> None:
    text = diff_markdown(compared(OLD, NEW))
    assert "\x1b" not in text and "<b>" not in text and "*bold*" not in text.replace("\\*", "")
