"""The report as Markdown that reads well in a ticket, also where the ticket system shows it as typed.

The first screen is for the change board; below it stands what the administrator needs.
"""

import re
from collections.abc import Iterable, Sequence

from tabulate import tabulate

from checker.model.checks import Reference, Remediation
from checker.model.findings import FaultStatus, Outcome
from checker.model.report import Advice, Report, UserOutcome
from checker.model.verdicts import Status
from checker.rendering.commands import is_command
from checker.rendering.grouping import Blocker, Listed, blockers, gaps, listed, steps
from checker.rendering.hostile_text import cell, code, escaped, fenced
from checker.rendering.markdown_summary import summary_lines
from checker.rendering.words import counted, first_few, unblocks

MOST_USERS = 20
MOST_EVIDENCE = 40
_POWERSHELL = "powershell"


def render_markdown(report: Report) -> str:
    """Everything foreign is escaped or quoted as code; nothing in it is a link but the sources of the catalogue."""
    findings = listed(report)
    stopping = blockers(report.faults, findings)
    shown = {id(cause) for blocker in stopping for cause in blocker.causes}
    sections = (
        summary_lines(report),
        _predicted(report, stopping),
        _findings([each for each in findings if id(each) not in shown]),
        _advice(report),
        _not_looked_at(findings),
        _not_foreseen(report),
        _users(report),
        _plan(report),
        _passed(report),
        _evidence(report),
        _impact(report),
    )
    return "\n\n".join("\n".join(lines) for lines in sections if lines) + "\n"


def _predicted(report: Report, stopping: Iterable[Blocker]) -> list[str]:
    lines: list[str] = []
    for blocker in stopping:
        fault = blocker.fault
        hits = f"{fault.users_affected} of {report.users.total} users" if report.users.total else "users of the batch"
        lines += ["", f"### {fault.id}: {escaped(fault.title)}", "", f"Hits {hits}; {fault.confidence.value}."]
        if fault.message:
            lines += ["", fenced(fault.message)]
        lines += ["", escaped(fault.cause)]
        for cause in blocker.causes:
            lines += ["", *_finding(cause)]
        if blocker.as_above:
            lines += ["", f"Rests on {', '.join(map(code, blocker.as_above))}, as above."]
        lines += _sources(fault.references)
    order = "In the order in which Move-CsUser is thought to meet them; the order is inferred, not documented."
    return ["## Predicted faults", "", order, *lines] if lines else []


def _findings(findings: Iterable[Listed]) -> list[str]:
    lines: list[str] = []
    for each in findings:
        if each.first.status in (Status.FAIL, Status.WARN):
            lines += ["", *_finding(each), *_sources(each.first.references)]
    return ["## Other findings", *lines] if lines else []


def _finding(each: Listed) -> list[str]:
    entry = each.first
    subject = f"{counted(each.count, 'user')}, all in `users.csv`" if each.of_users else code(entry.subject.name)
    lines = [
        f"**{entry.status.value}** {code(entry.check)}, {subject} ({entry.impact.value}): {escaped(entry.title)}",
        "",
    ]
    if entry.waiver:
        waiver = entry.waiver
        until = f"until {waiver.expires}: {escaped(waiver.reason)}"
        lines.append(f"- accepted by {escaped(waiver.owner)}, {escaped(waiver.ticket)}, {until}")
    if each.of_users:
        names = first_few((code(finding.subject.name) for finding in each.entries), 5, each.count)
        lines.append(f"- users {names}")
    whose = f" ({code(entry.subject.name)})" if each.of_users and not each.shared("observed") else ""
    lines += [f"- expected {code(text)}" for text in entry.expected.splitlines()]
    lines += [f"- observed {code(text)}{whose}" for text in entry.observed.splitlines()]
    if entry.summary:
        lines.append(f"- {escaped(entry.summary)}")
    if each.remedies:
        lines += ["", *_remedy(each.remedies[0])]
        if len(each.remedies) > 1:
            lines += ["", "The others like it are in `fix.ps1`."]
    return lines


def _remedy(remedy: Remediation) -> list[str]:
    place = ", as ".join(map(escaped, filter(None, (remedy.where, remedy.role))))
    lines = [f"Fix, in {place}:", "", fenced(remedy.run, _POWERSHELL if is_command(remedy.run) else ""), ""]
    lines += [f"- verify {code(remedy.verify)}"] if remedy.verify else []
    lines += [f"- roll back {code(remedy.rollback)}"] if remedy.rollback else []
    lines += [f"- wait for {escaped(remedy.wait)}"] if remedy.wait else []
    return lines if lines[-1] else lines[:-1]


def _sources(references: Iterable[Reference]) -> list[str]:
    named = [f"{escaped(each.title)}{_link(each.url)}, read {each.read_on}" for each in references]
    return ["", f"Source: {'; '.join(named)}."] if named else []


def _link(url: str | None) -> str:
    return f" <{url}>" if url and re.fullmatch(r"https://[!-;=?-~]+", url) else ""


def _advice(report: Report) -> list[str]:
    lines = [f"- **{escaped(each.title)}**{_whom(each)}: {escaped(each.text)}" for each in report.advice]
    return ["## Mind this", "", *lines] if lines else []


def _whom(advice: Advice) -> str:
    if not advice.users_affected:
        return ""
    names = f": {first_few(map(code, advice.users), 5, advice.users_affected)}" if advice.users else ""
    return f" ({counted(advice.users_affected, 'user')}{names})"


def _not_looked_at(findings: Iterable[Listed]) -> list[str]:
    rows = [
        (
            gap.reason.value + (" (waived)" if gap.waived else ""),
            cell(first_few(map(code, gap.what), 12)),
            cell(escaped(gap.detail)),
            cell(escaped(gap.needs)),
            "yes" if gap.blocks else "no",
        )
        for gap in gaps(findings)
    ]
    headers = ("reason", "checks", "what", "needs", "may stop a move")
    return ["## Not looked at", "", _table(rows, headers)] if rows else []


def _not_foreseen(report: Report) -> list[str]:
    beyond = [fault for fault in report.faults if fault.status is FaultStatus.NOT_PREDICTABLE]
    rows = [(code(fault.id), cell(escaped(fault.title)), cell(escaped(fault.not_foreseen or ""))) for fault in beyond]
    headers = ("fault", "what it is", "why it cannot be foreseen")
    return ["## Not foreseen", "", _table(rows, headers)] if rows else []


def _users(report: Report) -> list[str]:
    users = report.users
    if not users.total:
        return []
    rows = [(outcome.value, *numbers) for outcome, *numbers in _outcomes(report)]
    lines = ["## Users", "", _table(rows, ("outcome", "as things stand", "once the deployment is settled"))]
    stuck = [user for user in users.outcomes if user.own_outcome is not Outcome.MOVES]
    if stuck:
        named = [_user_row(user) for user in stuck[:MOST_USERS]]
        lines += ["", "With reasons of their own:", "", _table(named, ("user", "outcome", "once settled", "faults"))]
    return [*lines, "", f"Every user with all reasons is in {code(users.file)}."]


def _outcomes(report: Report) -> tuple[tuple[Outcome, int, int], ...]:
    users = report.users
    return (
        (Outcome.MOVES, users.moves, users.own.moves),
        (Outcome.BLOCKED, users.blocked, users.own.blocked),
        (Outcome.UNDETERMINED, users.undetermined, users.own.undetermined),
    )


def _user_row(user: UserOutcome) -> tuple[str, ...]:
    return (
        cell(code(user.sip_address)),
        user.outcome.value,
        user.own_outcome.value,
        cell(", ".join(map(code, user.faults))),
    )


def _plan(report: Report) -> list[str]:
    rows = [
        (
            step.number,
            code(step.first.check),
            cell(escaped(step.first.remediation.where)),
            cell(escaped(step.first.remediation.role)),
            unblocks(step.users_unblocked, report),
            "yes" if step.first.remediation.rollback else "none known",
            cell(escaped(step.first.remediation.wait)),
        )
        for step in steps(report.fixes)
    ]
    headers = ("step", "check", "where", "role", "users", "rollback", "wait")
    return ["## Fix plan", "", _table(rows, headers), "", "The same steps are in `fix.ps1`."] if rows else []


def _passed(report: Report) -> list[str]:
    areas: dict[str, list[int]] = {}
    for count in report.checks:
        if count.passed:
            areas.setdefault(count.id.partition(".")[0], []).append(count.passed)
    rows = [(area, len(passed), sum(passed)) for area, passed in areas.items()]
    return ["## Passed", "", _table(rows, ("area", "checks", "findings"))] if rows else []


def _evidence(report: Report) -> list[str]:
    rows = [
        (
            cell(code(each.vantage)),
            cell(code(each.asked)),
            f"{each.observed_at:%Y-%m-%d %H:%M:%S}",
            each.reason.code.value if each.reason else "answered",
        )
        for each in report.evidence[:MOST_EVIDENCE]
    ]
    lines = ["## Evidence", "", _table(rows, ("from", "asked", "at (UTC)", "outcome"))]
    beyond = len(report.evidence) - len(rows)
    return lines + (["", f"and {beyond} more, in `report.json`."] if beyond else []) if rows else []


def _impact(report: Report) -> list[str]:
    took = round((report.finished_at - report.started_at).total_seconds())
    asked = counted(len(report.evidence), "question")
    lines = ["## Impact of this assessment", "", f"Read-only: {asked} in {took} s, nothing was changed."]
    runs: dict[tuple[str, str], dict[str, None]] = {}
    for run in report.commands_run:
        runs.setdefault((run.where, run.as_whom), {})[run.what] = None
    if runs:
        lines.append("")
    for (where, as_whom), what in runs.items():
        whom = f" as {code(as_whom)}" if as_whom else ""
        lines.append(f"- {code(where)}{whom}: {first_few(map(code, what), 12)}")
    known = [f"{code(each.id)} since {each.since} ({counted(each.age_days, 'day')} old)" for each in report.advisories]
    return lines + (["", f"Judged by what was known then: {', '.join(known)}."] if known else [])


def _table(rows: Sequence[Sequence[object]], headers: Sequence[str]) -> str:
    return tabulate(rows, headers, tablefmt="github", disable_numparse=True)
