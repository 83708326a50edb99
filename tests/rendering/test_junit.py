"""JUnit for pipelines: what fails, what errors, what is skipped, and counts that add up."""

import xml.etree.ElementTree as ElementTree
from typing import Any

import msgspec
import pytest

from checker.model.checks import Scope
from checker.model.report import Report
from checker.model.undecided import Reason
from checker.model.verdicts import Status
from checker.rendering.junit import render_junit
from tests.rendering.samples import INDETERMINATE, NOT_READY, READY, counts, finding, unknown
from tests.rendering.test_markdown import WAIVER


def suites(report: Report) -> ElementTree.Element:
    return ElementTree.fromstring(render_junit(report))


def case(report: Report, name: str) -> ElementTree.Element:
    (found,) = [each for each in suites(report).iter("testcase") if each.get("name") == name]
    return found


@pytest.mark.parametrize(
    ("status", "more", "child", "message"),
    [
        (Status.FAIL, {"observed": "off"}, "failure", "Title of tenant.x"),
        (Status.FAIL, {"waiver": WAIVER}, "skipped", "fail, accepted by J. Doe, CHG-881, until 2026-12-31"),
        (Status.WARN, {"waiver": WAIVER}, "skipped", "warn, accepted by J. Doe, CHG-881, until 2026-12-31"),
        (Status.NOT_APPLICABLE, {"summary": "another phase"}, "skipped", "another phase"),
    ],
)
def test_each_status_has_its_result(status: Status, more: dict[str, Any], child: str, message: str) -> None:
    report = msgspec.structs.replace(READY, findings=(finding("tenant.x", status, **more),))
    (result,) = case(report, "tenant.x@contoso")
    assert (result.tag, result.get("message")) == (child, message)


def test_unknown_is_an_error_with_its_reason() -> None:
    report = msgspec.structs.replace(READY, findings=(unknown("tenant.x", Reason.NO_ACCESS, "403", "Global Reader"),))
    (error,) = case(report, "tenant.x@contoso")
    assert (error.tag, error.get("type")) == ("error", "no-access")
    assert "needs Global Reader" in (error.text or "")


def test_a_warning_passes_with_output_and_a_pass_says_nothing() -> None:
    findings = (finding("tenant.x", Status.WARN, observed="old"), finding("tenant.y", Status.PASS))
    report = msgspec.structs.replace(READY, findings=findings)
    (output,) = case(report, "tenant.x@contoso")
    assert output.tag == "system-out" and "observed old" in (output.text or "")
    assert not list(case(report, "tenant.y@contoso"))


@pytest.mark.parametrize("report", [READY, NOT_READY, INDETERMINATE])
def test_the_counts_add_up(report: Report) -> None:
    root = suites(report)
    for element in (root, *root):
        cases = list(element.iter("testcase"))
        assert int(element.get("tests", "")) == len(cases)
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            if attribute in element.attrib:
                assert int(element.get(attribute, "")) == sum(each.find(tag) is not None for each in cases)
    assert all(suite.get("timestamp") == "2026-11-22T19:03:00" for suite in root)
    assert root.get("failures") != "0" or report is not NOT_READY


def test_users_beyond_the_listed_ones_are_a_case_of_their_own() -> None:
    findings = tuple(finding("user.x", Status.FAIL, f"u{n}@contoso.com", kind=Scope.USER) for n in range(100))
    report = msgspec.structs.replace(READY, findings=findings, checks=(counts("user.x", fail=512, passed=7),))
    (more,) = case(report, "user.x: 412 more users, in users.csv")
    assert more.tag == "failure"
    assert case(report, "user.x: 7 users passed") is not None


def test_what_xml_forbids_is_replaced() -> None:
    report = msgspec.structs.replace(
        READY, findings=(finding("tenant.x", Status.FAIL, ']]>\x00\x1b\ud800<&"', observed="\x0b\ufffe"),)
    )
    (each,) = suites(report).iter("testcase")
    assert (each.get("name") or "").startswith("tenant.x@]]>")
