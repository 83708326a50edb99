"""``fix.ps1``: the fixes in order, one step at a time, changing nothing unless it is told to.

To be written as UTF-8 with BOM: Windows PowerShell 5.1 reads a file without one in the machine's code page.
"""

from collections import Counter

from checker.fix_order import MOST_REMEDIES
from checker.model.report import Fix, Report
from checker.readings.powershell_text import quoted
from checker.rendering.commands import is_command
from checker.rendering.hostile_text import plain, plain_lines
from checker.rendering.words import counted

_HEAD = """\
# Without -Apply it lists the steps and changes nothing. The steps run in different shells, by different people: read a
# step, open the shell that it names, and then run this file there with -Apply -Step <number>.
[CmdletBinding()]
param(
    [switch] $Apply,
    [int] $Step = 0
)
$ErrorActionPreference = 'Stop'
"""


def fix_script(report: Report) -> str:
    """Windows PowerShell 5.1 with CRLF. A remedy that is no command stays a comment and a warning to do it by hand."""
    steps = len(report.fixes)
    opening = f"fix.ps1 of {report.tool.name} {report.tool.version} for {report.deployment.name}"
    lines = [_comment(f"{opening}, as of {report.as_of:%Y-%m-%d %H:%M} UTC: {counted(steps, 'step')}")]
    lines += _HEAD.splitlines()
    lines += ["", "if (-not $Apply) {"]
    lines += [f"    Write-Output {quoted(_title(fix))}" for fix in report.fixes]
    lines += [f"    Write-Output {quoted(each)}" for each in _left_out(report)]
    lines += [f"    Write-Output {quoted(_nothing_changed(steps))}", "    return", "}", "", "switch ($Step) {"]
    for fix in report.fixes:
        lines += [f"    {fix.order} {{", *("        " + line for line in _step(fix)), "    }"]
    lines += [f"    default {{ throw {quoted(_which_step(steps))} }}", "}"]
    return "\r\n".join(lines) + "\r\n"


def _step(fix: Fix) -> list[str]:
    remedy = fix.remediation
    lines = [_comment(f"check     {fix.check}")]
    for label, text in (
        ("where", remedy.where),
        ("role", remedy.role),
        ("verify", remedy.verify),
        ("rollback", remedy.rollback or "none known"),
        ("wait", remedy.wait),
    ):
        lines += [_comment(f"{label:<8}  {line}") for line in plain_lines(text)]
    if is_command(remedy.run):
        return lines + remedy.run.splitlines()
    by_hand = f"Step {fix.order} is no command that this file could run: {plain(remedy.run)}"
    return [
        *lines,
        *(_comment(f"do        {line}") for line in plain_lines(remedy.run)),
        f"Write-Warning {quoted(by_hand)}",
    ]


def _left_out(report: Report) -> list[str]:
    """What the report's bound on lists keeps out of this file: of a check that failed for very many users, the rest."""
    listed = Counter(fix.check for fix in report.fixes)
    return [
        f"The steps for {count.id} cover {listed[count.id]} of {count.fail} users; all of them are in users.csv"
        for count in report.checks
        if count.id in listed and listed[count.id] == MOST_REMEDIES < count.fail
    ]


def _title(fix: Fix) -> str:
    return f"{fix.order:>3}  {fix.check}  [{plain(fix.remediation.where)}]"


def _nothing_changed(steps: int) -> str:
    return "Nothing was changed. One step at a time: -Apply -Step <number>" if steps else "There is nothing to fix."


def _which_step(steps: int) -> str:
    return f"Name one step, -Step 1 to {steps}." if steps else "There is nothing to fix."


def _comment(text: str) -> str:
    """A line comment: a block comment could be ended by the text within."""
    return f"# {plain(text)}"
