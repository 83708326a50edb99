"""What a change would change, the plan of fixes, and the keys of a snapshot, on a terminal."""

from collections.abc import Iterable, Sequence

from checker.greedy_plan import Step
from checker.model.findings import FaultStatus, Tally
from checker.model.report import Report
from checker.model.verdicts import Status
from checker.rendering.commands import is_command
from checker.rendering.terminal_page import Page
from checker.rendering.words import counted, first_few
from checker.whatif.comparing import Difference, FaultChange, FindingChange
from checker.whatif.settings import Setting
from checker.whatif.values import shown

_LONGEST_VALUE = 200  # characters
_MOST_NAMED = 8
_GREEDY = (
    "Greedy: each step takes what lets most users move now; a better order may exist. Of fixes that are wanted "
    "together the last one lets users move. Ties follow the order of the report's fixes, which rests on an inferred "
    "order of faults."
)


def render_difference(page: Page, difference: Difference) -> None:
    page.heading("what if")
    for change in difference.changes:
        before = "(nobody answered)" if change.assumed else _short(shown(change.before))
        page.labelled("set", f"{change.key}: {before} -> {_short(shown(change.after))}", indent=2)
        if change.assumed:
            page.labelled("", "assumed: it rests on your word, not on an answer", indent=2)
    page.blank()
    was, now = difference.before, difference.after
    page.labelled("verdict", _arrow(was.verdict.value, now.verdict.value), indent=0)
    page.labelled("exit", _arrow(str(was.exit_code), str(now.exit_code)), indent=0)
    page.labelled("users", _users(difference), indent=0)
    if difference.is_empty:
        page.labelled("", "nothing changes", indent=0)
    if difference.faults:
        page.blank()
        page.heading("faults", str(len(difference.faults)))
        _faults(page, difference.faults)
    if difference.findings:
        page.blank()
        page.heading("findings", str(len(difference.findings)))
        _findings(page, difference.findings)
    if difference.user_checks:
        page.blank()
        page.heading("checks of users", str(len(difference.user_checks)))
        for check in difference.user_checks:
            page.line(f"  {check.check}")
            page.labelled("", f"{_tally(check.before)} -> {_tally(check.after)}")
    if difference.unanswered:
        page.blank()
        page.heading("asked because of the change, and not in the snapshot", str(len(difference.unanswered)))
        page.labelled("", first_few(difference.unanswered, _MOST_NAMED), column=1)
        page.labelled("", "What rests on them is unknown; a new scan would ask.", column=1)


def _faults(page: Page, faults: Iterable[FaultChange]) -> None:
    """Those that apply no longer in one line: another phase or direction has many of them."""
    over = [fault.id for fault in faults if fault.after is FaultStatus.NOT_APPLICABLE]
    for fault in faults:
        if fault.after is not FaultStatus.NOT_APPLICABLE:
            page.line(f"  {fault.id}  {fault.before.value} -> {fault.after.value}")
    page.labelled("", f"apply no longer: {first_few(over, _MOST_NAMED)}" if over else "", indent=2, column=1)


def _findings(page: Page, findings: Iterable[FindingChange]) -> None:
    over = []
    for finding in findings:
        if finding.after in (None, Status.NOT_APPLICABLE):
            over.append(finding.id)
            continue
        page.row(finding.after.value, finding.id, f"was {finding.before.value}" if finding.before else "new")
        page.labelled("", finding.observed, column=7)
    page.labelled("", f"apply no longer: {first_few(over, _MOST_NAMED)}" if over else "", indent=2, column=1)


def _arrow(before: str, after: str) -> str:
    return before if before == after else f"{before} -> {after}"


def _users(difference: Difference) -> str:
    before, after = difference.users_before, difference.users_after
    if not before.total and not after.total:
        return "none was assessed"
    said = [
        f"{_arrow(str(was), str(now))} {word}"
        for word, was, now in (
            ("move", before.moves, after.moves),
            ("blocked", before.blocked, after.blocked),
            ("undetermined", before.undetermined, after.undetermined),
        )
        if was or now
    ]
    own = f"once the deployment is settled {_arrow(str(before.own.moves), str(after.own.moves))} move"
    line = f"{_arrow(str(before.total), str(after.total))}: {', '.join(said)}; {own}"
    if difference.users_changed:
        names = first_few((each.user for each in difference.user_changes), 3, difference.users_changed)
        line += f"\n{counted(difference.users_changed, 'outcome')} changed: {names}"
    return line


def _tally(tally: Tally) -> str:
    counts = (
        ("fail", tally.failed),
        ("warn", tally.warned),
        ("unknown", tally.unknown),
        ("pass", tally.passed),
        ("not-applicable", tally.not_applicable),
    )
    return ", ".join(f"{number} {word}" for word, number in counts if number) or "nobody"


def render_plan(page: Page, steps: Sequence[Step], report: Report) -> None:
    users = report.users
    page.blank()
    page.heading("plan of fixes", counted(len(steps), "step"))
    if not steps:
        page.labelled("", "nothing that was looked at blocks anybody", column=1)
    else:
        page.labelled("", _GREEDY, column=1)
    page.labelled("", f"{users.moves} of {counted(users.total, 'user')} move before the first step.", column=1)
    for step in steps:
        together = f", one of {step.of} wanted together" if step.of > 1 else ""
        page.row(f"{step.order}.", f"{step.check}{together}", f"+{step.more} -> {step.moving} of {users.total} move")
        _fix(page, step)
    moving, freed = (steps[-1].moving, steps[-1].freed) if steps else (users.moves, users.total - users.blocked)
    if open_ := freed - moving:
        page.blank()
        rest = "and yet nobody can say that they move: something was not looked at"
        page.labelled("", f"{counted(open_, 'user')} would then be stopped by nothing, {rest}.", column=1)


def _fix(page: Page, step: Step) -> None:
    if not step.fixes:
        return
    remedy = step.fixes[0].remediation
    place = ", as ".join(filter(None, (remedy.where, remedy.role)))
    if is_command(remedy.run):
        page.labelled("fix", f"in {place}:")
        page.command(remedy.run)
    else:
        page.labelled("fix", remedy.run)
        page.labelled("where", place)
    page.labelled("wait", remedy.wait)
    if len(step.fixes) > 1:
        page.labelled("", f"and {len(step.fixes) - 1} more like it, in fix.ps1")


def render_settings(page: Page, settings: Iterable[Setting], width: int) -> None:
    """One line each where it fits, else the value below its key, cut to one line."""
    for setting in settings:
        value = setting.note or shown(setting.value)
        together = f"{setting.key} = {value}"
        if len(together) <= width and not setting.note:
            page.line(together)
        elif setting.note and len(f"{setting.key}  ({value})") <= width:
            page.line(f"{setting.key}  ({value})")
        else:
            page.line(setting.key)
            page.line(f"    {_short(value, width - 4)}")


def _short(text: str, most: int = _LONGEST_VALUE) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}..."
