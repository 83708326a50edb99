"""One user on a terminal: whether the move works, every reason with its fix, and the command that is advised."""

from checker.model.checks import Scope
from checker.model.findings import Outcome
from checker.model.report import FindingEntry, Report
from checker.model.verdicts import Status
from checker.rendering.grouping import Blocker, Listed, blockers, gaps
from checker.rendering.terminal_finding import draw_finding
from checker.rendering.terminal_page import Page
from checker.rendering.words import first_few
from checker.why import Why

_MOST_NAMED = 8
_OUTCOMES = {
    (Outcome.MOVES, Outcome.MOVES): "moves as things stand",
    (Outcome.BLOCKED, Outcome.MOVES): "does not move as things stand; moves once the deployment is settled",
    (Outcome.UNDETERMINED, Outcome.MOVES): "nobody could say as things stand; nothing of the user's own stops it",
    (Outcome.BLOCKED, Outcome.BLOCKED): "does not move, for reasons of its own",
    (Outcome.BLOCKED, Outcome.UNDETERMINED): "does not move as things stand; once the deployment is settled, "
    "what could not be looked at may still stop it",
    (Outcome.UNDETERMINED, Outcome.UNDETERMINED): "nobody could say: what could not be looked at may stop it",
}


def render_user(why: Why, report: Report, *, width: int, colour: bool, ascii_only: bool) -> str:
    page = Page(width, colour=colour, ascii_only=ascii_only)
    page.heading(why.user, f"{report.deployment.name}, as of {report.as_of:%Y-%m-%d %H:%M} UTC")
    page.labelled(why.outcome.value, _OUTCOMES[why.outcome, why.own_outcome], indent=0, column=14)
    _faults(page, why)
    _in_short(page, why)
    _not_looked_at(page, why)
    if why.left_behind:
        page.blank()
        page.heading("would be left behind, or break")
        for finding in why.left_behind:
            draw_finding(page, _alone(finding))
    for advice in why.advice:
        page.labelled("mind", f"{advice.title}: {advice.text}", indent=0)
    page.blank()
    if why.command:
        now = why.outcome is Outcome.MOVES
        page.heading("to be run" if now else "to be run once the deployment is settled")
        page.command(why.command, indent=2)
    else:
        page.heading("no command is advised")
    return str(page)


def _faults(page: Page, why: Why) -> None:
    """Those of the user and those of everybody in one list, for the cmdlet meets them in one order."""
    failing = [_alone(each) for each in (*why.own, *why.deployment) if each.status is Status.FAIL]
    for blocker in blockers(why.faults, failing):
        page.blank()
        page.row(blocker.fault.id, _whose(blocker, why), blocker.fault.confidence.value, indent=0)
        page.labelled("fault", blocker.fault.title)
        if blocker.fault.message:
            page.labelled("says", f'"{blocker.fault.message}"')
        for cause in blocker.causes:
            draw_finding(page, cause)
        if blocker.as_above:
            page.labelled("because", f"{', '.join(blocker.as_above)}, as above")


def _whose(blocker: Blocker, why: Why) -> str:
    own = {finding.check for finding in why.own}
    checks = {*(cause.first.check for cause in blocker.causes), *blocker.as_above}
    if not checks & own:
        return "of the deployment: it stops everybody" if checks else "a reason of its own, in short below"
    domains = {each.first.subject.name for each in blocker.causes if each.first.subject.kind is Scope.SIP_DOMAIN}
    return f"of the users of {', '.join(sorted(domains))}" if domains else "a reason of its own"


def _alone(finding: FindingEntry) -> Listed:
    return Listed((finding,), 1)


def _in_short(page: Page, why: Why) -> None:
    if not why.in_short:
        return
    page.blank()
    page.heading("in short, as users.csv has it")
    for each in why.in_short:
        page.labelled("", f"{each.check}: {each.text}", column=1)


def _not_looked_at(page: Page, why: Why) -> None:
    unknown = [[_alone(each) for each in some if each.status is Status.UNKNOWN] for some in (why.own, why.deployment)]
    if not any(unknown):
        return
    page.blank()
    page.heading("not looked at, and may stop the move")
    for whose, findings in zip(("its own", "of the deployment"), unknown, strict=True):
        for gap in gaps(findings):
            page.row(Status.UNKNOWN.value, f"{gap.reason.value}: {gap.detail or gap.needs}", whose)
            page.labelled("needs", gap.needs)
            page.labelled("checks", first_few(gap.what, _MOST_NAMED))
