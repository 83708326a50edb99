"""The change board's screen: verdict, what happens if we go ahead, risks, and the decision asked for, in twenty lines.

It is also the comment that goes onto a ticket.
"""

from checker.model.checks import Impact
from checker.model.findings import FaultStatus
from checker.model.report import FaultEntry, Report, RunVerdict
from checker.model.verdicts import Status
from checker.rendering.grouping import Listed, listed, steps
from checker.rendering.hostile_text import code, escaped
from checker.rendering.words import (
    VERDICT_SENTENCES,
    by_reach,
    counted,
    coverage_sentence,
    first_few,
    unblocks,
    users_sentence,
    verdict_counts,
    waived_blockers,
)

MOST_LINES = 20
_MOST_NAMED = 4
MOST_FAULTS = 8  # in one line, with their titles

_DECISIONS = {
    RunVerdict.READY: "approve the move within the time this report is valid",
    RunVerdict.READY_WITH_WARNINGS: "approve the move and accept the warnings, or have them settled first",
    RunVerdict.NOT_READY: "approve the fixes, not the move; assess again after them",
    RunVerdict.INDETERMINATE: "give the access that is missing, or accept what it leaves open; assess again",
}


def render_summary(report: Report) -> str:
    """At most twenty lines of Markdown."""
    return "\n".join(summary_lines(report)) + "\n"


def summary_lines(report: Report) -> list[str]:
    deployment = report.deployment
    findings = listed(report)
    aim = f"phase {deployment.phase.value}, {deployment.direction.value}"
    counts = verdict_counts(report).replace("  ", ", ")
    lines = [
        f"# {report.tool.name}: {escaped(deployment.name)}, {aim}",
        "",
        f"**{report.verdict.value}**: {VERDICT_SENTENCES[report.verdict]} ({counts}).",
        "",
        f"- **If we go ahead**: {_going_ahead(report)}",
    ]
    for label, impact in (("Breaks for people", Impact.DEGRADES), ("Left behind", Impact.LOSES)):
        if named := _named(findings, impact):
            lines.append(f"- **{label}**: {named}")
    lines.append(f"- **Users**: {users_sentence(report)}")
    lines += _fixes(report)
    if open_questions := [fault for fault in report.faults if fault.status is FaultStatus.NOT_RULED_OUT]:
        lines.append(f"- **Not ruled out**: {first_few((code(fault.id) for fault in open_questions), _MOST_NAMED)}")
    if beyond := sum(fault.status is FaultStatus.NOT_PREDICTABLE for fault in report.faults):
        lines.append(f"- **Not foreseen**: {beyond} of {len(report.faults)} documented faults; they are listed below")
    lines.append(f"- **Coverage**: {coverage_sentence(report)}")
    lines += _accepted(report)
    lines.append(f"- **Decision asked for**: {_DECISIONS[report.verdict]}{_effort(report)}")
    lines.append(
        f"- **Valid until** {report.valid_until:%Y-%m-%d}, assessed {report.as_of:%Y-%m-%d %H:%M} UTC by "
        f"{report.tool.name} {report.tool.version}, read-only"
    )
    domains = first_few(map(code, deployment.sip_domains), _MOST_NAMED)
    server = " ".join(filter(None, (deployment.server.generation, deployment.server.build))) or "not read"
    lines.append(
        f"- **Deployment**: {domains}; cloud {deployment.cloud.value}; target {code(deployment.target)}; "
        f"lowest server build {escaped(server)}"
    )
    if report.interrupted:
        lines.append("- **Interrupted**: this report is partial")
    if report.redaction:
        lines.append(f"- **Redacted** ({escaped(report.redaction)}): names are pseudonyms")
    return _with_notices(lines, report)


def _going_ahead(report: Report) -> str:
    everybodys, others = by_reach(report)
    if not (everybodys or others):
        open_questions = sum(fault.status is FaultStatus.NOT_RULED_OUT for fault in report.faults)
        beyond = f", but {open_questions} cannot be ruled out" if open_questions else ""
        return f"no fault is predicted{beyond}"
    said = []
    if everybodys:
        one = len(everybodys) == 1
        named = first_few((f"{code(each.id)} ({escaped(each.title)})" for each in everybodys), MOST_FAULTS)
        said.append(f"{named} {'stops' if one else 'each stop'} all {counted(report.users.total, 'user')}")
    if others:
        said.append(first_few((_stops(each) for each in others), MOST_FAULTS))
    return "; ".join(said)


def _stops(fault: FaultEntry) -> str:
    if not fault.users_affected:
        return code(fault.id)
    return f"{code(fault.id)} ({escaped(fault.title)}) stops {counted(fault.users_affected, 'user')}"


def _fixes(report: Report) -> list[str]:
    """The fixes after which somebody moves who did not before, most of them first."""
    helpful = sorted((step for step in steps(report.fixes) if step.users_unblocked), key=lambda s: -s.users_unblocked)
    said = (
        f"fix {step.number} ({code(step.first.check)}) {unblocks(step.users_unblocked, report)}" for step in helpful
    )
    return [f"- **Fixes**: {first_few(said, _MOST_NAMED)}, each after those before it"] if helpful else []


def _named(findings: tuple[Listed, ...], impact: Impact) -> str:
    said = [
        f"{code(each.first.check)} ({counted(each.count, 'user')})"
        if each.of_users
        else f"{code(each.first.check)} ({code(each.first.subject.name)})"
        for each in findings
        if each.first.impact is impact and each.first.status in (Status.FAIL, Status.WARN)
    ]
    return first_few(said, _MOST_NAMED) if said else ""


def _accepted(report: Report) -> list[str]:
    if not report.waivers:
        return []
    said = first_few(
        (f"{code(w.check)} by {escaped(w.owner)}, {escaped(w.ticket)}, until {w.expires}" for w in report.waivers),
        _MOST_NAMED,
    )
    lines = [f"- **Accepted**: {said}"]
    if still := waived_blockers(report):
        lines.append(f"- **Accepted, and still stops the move**: {first_few((code(f.id) for f in still), _MOST_NAMED)}")
    return lines


def _effort(report: Report) -> str:
    if not report.fixes:
        return ""
    without = sum(not fix.remediation.rollback for fix in report.fixes)
    waits = sum(bool(fix.remediation.wait) for fix in report.fixes)
    return (
        f" ({counted(len(report.fixes), 'fix step')}, {without} without a known rollback, {waits} with a waiting time)"
    )


def _with_notices(lines: list[str], report: Report) -> list[str]:
    """A lab run is never left out; the other notices while there is room."""
    notices = sorted(report.notices, key=lambda notice: notice.code != "lab")
    room = MOST_LINES - len(lines)
    said = [f"- **Note**: {escaped(n.text)}{f' ({escaped(n.where)})' if n.where else ''}" for n in notices]
    if len(said) > room:
        said = [*said[: room - 1], f"- **Note**: {counted(len(said) - room + 1, 'more notice')} in `report.json`"]
    return lines + said
