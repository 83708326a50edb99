"""The report in Jira's wiki markup: the same sections as in Markdown, and blocks that a text cannot leave."""

import re

import msgspec
import pytest

from checker.model.checks import Remediation
from checker.model.report import Report
from checker.model.verdicts import Status
from checker.rendering.jira import render_jira
from checker.rendering.markdown import render_markdown
from tests.rendering.samples import INDETERMINATE, NOT_READY, READY, finding


@pytest.mark.parametrize("report", [READY, NOT_READY, INDETERMINATE])
def test_it_has_the_sections_of_the_markdown(report: Report) -> None:
    ours = re.findall(r"^h3\. (.+)$", render_jira(report), re.MULTILINE)
    assert ours == re.findall(r"^## (.+)$", render_markdown(report), re.MULTILINE)


def test_it_begins_with_the_summary_and_shows_commands_as_code() -> None:
    wiki = render_jira(NOT_READY)
    assert wiki.startswith("h2. csready: contoso")
    assert "{code:powershell}\nSet-CsTenantFederationConfiguration -SharedSipAddressSpace $true\n{code}" in wiki
    assert "|| outcome " in wiki


@pytest.mark.parametrize("attack", ["{code}", "{noformat}", "{code}{noformat}{code:title=x}"])
def test_a_text_does_not_leave_its_block(attack: str) -> None:
    remedy = Remediation(run=f"Set-It {attack} [x|https://evil.example]", where="there", role="somebody")
    fails = finding("tenant.x", Status.FAIL, remediation=(remedy,), observed=f"{attack}|| [~admin]")
    wiki = render_jira(msgspec.structs.replace(NOT_READY, findings=(fails,), fixes=()))
    outside = re.sub(r"\{(noformat|code)(:\w+)?\}\n.*?\n\{\1\}", "", wiki, flags=re.DOTALL)
    assert not re.search(r"(?<!\\)\{(code|noformat)", outside)
    assert not re.search(r"(?<!\\)\[(x|~)", outside)
