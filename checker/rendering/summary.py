"""The change board's screen as data: verdict, what happens if we go ahead, risks, and the decision asked for.

At most twenty lines in any markup. It is also the comment that goes onto a ticket; whoever paints it escapes the text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from checker.model.checks import Impact
from checker.model.findings import FaultStatus
from checker.model.report import FaultEntry, Report, WaiverEntry, WaiverState
from checker.model.verdicts import Status
from checker.rendering.grouping import Listed, listed, steps
from checker.rendering.words import (
    by_reach,
    counted,
    coverage_sentence,
    decision,
    unblocks,
    users_sentence,
    verdict_counts,
    verdict_sentence,
    waived_blockers,
)

MOST_LINES = 20
_HEAD = 4  # title, verdict, and the empty lines around it
_GIVE_WAY = ("Earlier predictions", "Not foreseen", "Left behind", "Not ruled out", "Deployment", "Fixes", "Redacted")
_MOST_NAMED = 4
_MOST_FAULTS = 8  # in one line, with their titles


class Tone(Enum):
    TEXT = auto()
    CODE = auto()
    STRONG = auto()


@dataclass(frozen=True)
class Span:
    """``text`` as it came from the estate."""

    text: str
    tone: Tone = Tone.TEXT


@dataclass(frozen=True)
class SummaryLine:
    label: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Summary:
    """``verdict`` in a word, ``sentence`` says what it means, with the counts."""

    title: str
    verdict: str
    sentence: str
    lines: tuple[SummaryLine, ...]


def summary(report: Report, *, first: Sequence[SummaryLine] = (), last: Sequence[SummaryLine] = ()) -> Summary:
    """``first`` and ``last`` stand around the report's own lines and are never left out."""
    deployment = report.deployment
    return Summary(
        title=f"{report.tool.name}: {deployment.name}, phase {deployment.phase.value}, {deployment.direction.value}",
        verdict=report.verdict.value,
        sentence=f"{verdict_sentence(report)} ({verdict_counts(report).replace('  ', ', ')})",
        lines=(*first, *_fitted(report, MOST_LINES - _HEAD - len(first) - len(last)), *last),
    )


def _fitted(report: Report, room: int) -> list[SummaryLine]:
    """The report's own lines and its notices, at most so many; how many gave way is said."""
    lines = list(_lines(report))
    notices = sorted(report.notices, key=lambda notice: notice.code != "lab")
    notes = [_line("Note", f"{each.text}{f' ({each.where})' if each.where else ''}") for each in notices]
    if len(lines) + len(notes) <= room:
        return lines + notes
    kept = notes[:1] if notices and notices[0].code == "lab" else []  # a lab run is never left out
    gone = len(notes) - len(kept)
    for label in _GIVE_WAY:
        if len(lines) + len(kept) + 1 <= room:
            break
        before = len(lines)
        lines = [line for line in lines if line.label != label]
        gone += before - len(lines)
    while len(lines) + len(kept) + 1 < room and len(kept) < len(notes):
        kept = notes[: len(kept) + 1]
        gone -= 1
    return [*lines, *kept, _line("Note", f"{counted(gone, 'more line')} in ", _code("report.json"))]


def _line(label: str, *parts: str | Span) -> SummaryLine:
    return SummaryLine(label, tuple(Span(part) if isinstance(part, str) else part for part in parts))


def _code(text: str) -> Span:
    return Span(text, Tone.CODE)


def _lines(report: Report) -> Iterable[SummaryLine]:
    findings = listed(report)
    yield _line("If we go ahead", *_going_ahead(report))
    for label, impact in (("Breaks for people", Impact.DEGRADES), ("Left behind", Impact.LOSES)):
        if named := _named(findings, impact):
            yield _line(label, *named)
    yield _line("Users", users_sentence(report))
    yield from _fixes(report)
    if open_questions := [_code(each.id) for each in report.faults if each.status is FaultStatus.NOT_RULED_OUT]:
        yield _line("Not ruled out", *_few([[each] for each in open_questions], _MOST_NAMED))
    if beyond := sum(each.status is FaultStatus.NOT_PREDICTABLE for each in report.faults):
        yield _line("Not foreseen", f"{beyond} of {len(report.faults)} documented faults; they are listed below")
    yield _line("Coverage", coverage_sentence(report))
    yield from _accepted(report)
    yield _line("Decision asked for", f"{decision(report)}{effort(report)}")
    yield _made(report)
    yield _deployment(report)
    if report.track_record:
        yield _line("Earlier predictions", track_record_sentence(report))
    if report.interrupted:
        yield _line("Interrupted", "this report is partial")
    if report.redaction:
        yield _line("Redacted", f"{report.redaction}: names are pseudonyms")


def _going_ahead(report: Report) -> list[str | Span]:
    everybodys, others = by_reach(report)
    if not (everybodys or others):
        open_questions = sum(fault.status is FaultStatus.NOT_RULED_OUT for fault in report.faults)
        beyond = f", but {open_questions} cannot be ruled out" if open_questions else ""
        return [f"no fault is predicted{beyond}"]
    said: list[str | Span] = []
    if everybodys:
        named = _few([[_code(each.id), f" ({each.title})"] for each in everybodys], _MOST_FAULTS)
        verb = "stops" if len(everybodys) == 1 else "each stop"
        said += [*named, f" {verb} all {counted(report.users.total, 'user')}"]
    if others:
        said += ["; "] if said else []
        said += _few([_stops(each) for each in others], _MOST_FAULTS)
    return said


def _stops(fault: FaultEntry) -> list[str | Span]:
    if not fault.users_affected:
        return [_code(fault.id)]
    return [_code(fault.id), f" ({fault.title}) stops {counted(fault.users_affected, 'user')}"]


def _fixes(report: Report) -> Iterable[SummaryLine]:
    """The fixes after which somebody moves who did not before, most of them first."""
    helpful = sorted((step for step in steps(report.fixes) if step.users_unblocked), key=lambda s: -s.users_unblocked)
    if helpful:
        said: list[list[str | Span]] = [
            [f"fix {step.number} (", _code(step.first.check), f") {unblocks(step.users_unblocked, report)}"]
            for step in helpful
        ]
        yield _line("Fixes", *_few(said, _MOST_NAMED), ", each after those before it")


def _named(findings: Iterable[Listed], impact: Impact) -> list[str | Span]:
    said: list[list[str | Span]] = []
    for each in findings:
        if each.first.impact is impact and each.first.status in (Status.FAIL, Status.WARN):
            whom = counted(each.count, "user") if each.of_users else _code(each.first.subject.name)
            said.append([_code(each.first.check), " (", whom, ")"])
    return _few(said, _MOST_NAMED)


def _accepted(report: Report) -> Iterable[SummaryLine]:
    by_state = {state: [each for each in report.waivers if each.state is state] for state in WaiverState}
    if applied := by_state[WaiverState.APPLIED]:
        yield _line("Accepted", *_few([_waived(each) for each in applied], _MOST_NAMED))
    if still := waived_blockers(report):
        yield _line("Accepted, and still stops the move", *_few([[_code(each)] for each in still], _MOST_NAMED))
    if lapsed := by_state[WaiverState.LAPSED]:
        said: list[list[str | Span]] = [[*_waived(each), f" ({each.lapsed_because})"] for each in lapsed]
        yield _line("No longer accepted", *_few(said, _MOST_NAMED))


def _waived(entry: WaiverEntry) -> list[str | Span]:
    waiver = entry.waiver
    return [_code(waiver.check), f" by {waiver.owner}, {waiver.ticket}, until {waiver.expires}"]


def effort(report: Report) -> str:
    """`` (3 fix steps, 1 without a known rollback, 2 with a waiting time)``; empty without a fix."""
    if not report.fixes:
        return ""
    without = sum(not fix.remediation.rollback for fix in report.fixes)
    waits = sum(bool(fix.remediation.wait) for fix in report.fixes)
    return (
        f" ({counted(len(report.fixes), 'fix step')}, {without} without a known rollback, {waits} with a waiting time)"
    )


def made_at(report: Report) -> str:
    """``2026-11-22 19:03 UTC (20:03 UTC+01:00)``: also by the operator's clock, where that is another."""
    stamp = f"{report.as_of:%Y-%m-%d %H:%M} UTC"
    if not report.utc_offset_minutes:
        return stamp
    local = report.as_of + timedelta(minutes=report.utc_offset_minutes)
    hours, minutes = divmod(abs(report.utc_offset_minutes), 60)
    day = f"{local:%Y-%m-%d} " if local.date() != report.as_of.date() else ""
    sign = "+" if report.utc_offset_minutes > 0 else "-"
    return f"{stamp} ({day}{local:%H:%M} UTC{sign}{hours:02}:{minutes:02})"


def track_record_sentence(report: Report) -> str:
    """How the predictions of an earlier report fared; empty where there is none."""
    record = report.track_record
    if record is None:
        return ""
    hits = sum(each.hits for each in record.faults)
    misses = sum(each.misses for each in record.faults)
    false_alarms = sum(each.false_alarms for each in record.faults)
    return (
        f"of the report of {record.as_of:%Y-%m-%d}, over {counted(record.users, 'user')}: {counted(hits, 'hit')}, "
        f"{misses} missed, {counted(false_alarms, 'false alarm')}, {counted(record.surprises, 'surprise')}"
    )


def _made(report: Report) -> SummaryLine:
    seal = f", seal {report.seal[:12]}" if report.seal else ""
    return _line(
        "Valid until",
        f"{report.valid_until:%Y-%m-%d}, assessed {made_at(report)} by {report.tool.name} {report.tool.version}, "
        f"read-only{seal}",
    )


def _deployment(report: Report) -> SummaryLine:
    deployment = report.deployment
    server = " ".join(filter(None, (deployment.server.generation, deployment.server.build))) or "not read"
    domains = _few([[_code(each)] for each in deployment.sip_domains], _MOST_NAMED)
    return _line(
        "Deployment",
        *domains,
        f"; cloud {deployment.cloud.value}; target ",
        _code(deployment.target),
        f"; lowest server build {server}",
    )


def _few(said: Sequence[Sequence[str | Span]], most: int) -> list[str | Span]:
    """``a, b, c and 4 more``."""
    parts: list[str | Span] = []
    for each in said[:most]:
        parts += [", "] if parts else []
        parts += each
    if len(said) > most:
        parts.append(f" and {len(said) - most} more")
    return parts
