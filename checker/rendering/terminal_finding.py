"""A finding on a terminal: what was expected, what was observed, and the fix, which is there to be copied."""

from checker.model.checks import Remediation
from checker.rendering.commands import is_command
from checker.rendering.grouping import Listed
from checker.rendering.terminal_page import Page
from checker.rendering.words import counted, first_few


def draw_finding(page: Page, each: Listed) -> None:
    """One finding, or those of many users in the lines of one, with the first of their fixes."""
    entry = each.first
    several = each.of_users and each.count > 1
    subject = f"{counted(each.count, 'user')}, users.csv" if several else entry.subject.name
    page.row(entry.status.value, f"{entry.check}  {subject}", "waived" if entry.waiver else entry.impact.value)
    if entry.waiver:
        waiver = entry.waiver
        page.labelled("by", f"{waiver.owner}, {waiver.ticket}, until {waiver.expires}: {waiver.reason}")
    _expected_and_observed(page, each)
    if several:
        page.labelled("users", first_few((entry.subject.name for entry in each.entries), 3, each.count))
    remedies = each.remedies
    if remedies and not entry.waiver:
        _fix(page, remedies[0])
        if len(remedies) > 1:
            page.labelled("", "the others like it are in fix.ps1")


def _expected_and_observed(page: Page, each: Listed) -> None:
    expected, observed = each.shared("expected"), each.shared("observed")
    if each.of_users and not observed:
        observed = f"{each.first.observed}, {each.first.subject.name}; the others in users.csv"
    together = f"    expected {expected}, observed {observed}"
    if expected and observed and "\n" not in together and page.fits(together):
        page.line(together)
        return
    page.labelled("expected", expected)
    page.labelled("observed", observed)
    if not expected and not observed:
        page.labelled("because", each.first.summary)


def _fix(page: Page, remedy: Remediation) -> None:
    place = ", as ".join(filter(None, (remedy.where, remedy.role)))
    if is_command(remedy.run):
        page.labelled("fix", f"in {place}:")
        page.command(remedy.run)
    else:
        page.labelled("fix", remedy.run)
        page.labelled("where", place)
    page.labelled("wait", remedy.wait)
