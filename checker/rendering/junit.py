"""The report as JUnit's XML, for a pipeline: a finding is a test case, an area a suite.

There is no standard; the elements and attributes are those that Jenkins, GitLab and Azure DevOps read. What fails is a
failure, what is unknown an error, what was waived or does not apply is skipped, and what warns passes with its text as
output. No case has a time of its own: a finding rests on facts that were gathered for many.
"""

import re
from collections.abc import Iterable

from lxml import etree

from checker.model.report import CheckCount, FindingEntry, Report
from checker.model.verdicts import Status
from checker.rendering.grouping import listed
from checker.rendering.hostile_text import plain, plain_lines
from checker.rendering.words import counted

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2 Char
_RESULTS = ("failure", "error", "skipped")


def render_junit(report: Report) -> bytes:
    """UTF-8. Of users the first 100 for each check and status, and a case that counts the others."""
    root = etree.Element("testsuites", name=_xml(f"csready {report.deployment.name}"))
    beyond = {(each.first.check, each.first.status): each.count - len(each.entries) for each in listed(report)}
    areas: dict[str, dict[str, list[FindingEntry]]] = {}
    for finding in report.findings:
        areas.setdefault(finding.area, {}).setdefault(finding.check, []).append(finding)
    for area, by_check in areas.items():
        suite = etree.SubElement(root, "testsuite", name=area, timestamp=f"{report.as_of:%Y-%m-%dT%H:%M:%S}")
        for check, findings in by_check.items():
            for finding in findings:
                _case(suite, finding.id, finding)
            for status in dict.fromkeys(each.status for each in findings):
                if (more := beyond.get((check, status), 0)) > 0:
                    some = next(each for each in findings if each.status is status)
                    _case(suite, f"{check}: {more} more users, in {report.users.file}", some)
        _passed_users(suite, area, report.checks)
        _count(suite)
    _count(root, suites=True)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _case(suite: etree._Element, name: str, finding: FindingEntry) -> None:
    case = etree.SubElement(suite, "testcase", classname=f"csready.{finding.check}", name=_xml(name))
    waiver = finding.waiver
    if waiver and finding.status in (Status.FAIL, Status.WARN, Status.UNKNOWN):
        said = f"{finding.status.value}, accepted by {waiver.owner}, {waiver.ticket}, until {waiver.expires}"
        etree.SubElement(case, "skipped", message=_xml(said))
    elif finding.status is Status.FAIL:
        failure = etree.SubElement(case, "failure", message=_xml(finding.title), type=finding.impact.value)
        failure.text = _lines(_told(finding))
    elif finding.status is Status.UNKNOWN:
        reason = finding.reason.code.value if finding.reason else "unknown"
        error = etree.SubElement(case, "error", message=_xml(f"{finding.title}: not looked at"), type=reason)
        error.text = _lines(_told(finding))
    elif finding.status is Status.NOT_APPLICABLE:
        etree.SubElement(case, "skipped", message=_xml(finding.summary or "does not apply"))
    elif finding.status is Status.WARN:
        etree.SubElement(case, "system-out").text = _lines((f"warn: {finding.title}", *_told(finding)))


def _told(finding: FindingEntry) -> Iterable[str]:
    for label, text in (("expected", finding.expected), ("observed", finding.observed), ("", finding.summary)):
        yield from (f"{label} {line}".strip() for line in text.splitlines())
    if finding.reason and finding.reason.needs:
        yield f"needs {finding.reason.needs}"
    for remedy in finding.remediation:
        yield f"fix, in {remedy.where}, as {remedy.role}:"
        yield from remedy.run.splitlines()


def _passed_users(suite: etree._Element, area: str, checks: Iterable[CheckCount]) -> None:
    """Users who pass have no finding of their own: each check counts them in one case."""
    for check in checks:
        if check.id.partition(".")[0] == area == "user" and check.passed:
            name = f"{check.id}: {counted(check.passed, 'user')} passed"
            etree.SubElement(suite, "testcase", classname=f"csready.{check.id}", name=name)


def _count(element: etree._Element, *, suites: bool = False) -> None:
    cases = list(element.iter("testcase"))
    found = {result: sum(case.find(result) is not None for case in cases) for result in _RESULTS}
    element.set("tests", str(len(cases)))
    element.set("failures", str(found["failure"]))
    element.set("errors", str(found["error"]))
    if not suites:
        element.set("skipped", str(found["skipped"]))


def _xml(text: str) -> str:
    return _NOT_XML.sub("?", plain(text))


def _lines(lines: Iterable[str]) -> str:
    return _NOT_XML.sub("?", "\n".join(plain_lines("\n".join(lines))))
