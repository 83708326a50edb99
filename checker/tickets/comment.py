"""The comment on a ticket: what it begins with, what it says of the files, and how it is made to fit."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from checker.model.report import Report
from checker.rendering.summary import Span, SummaryLine, Tone, summary
from checker.tickets.packing import Package
from checker.tickets.system import Body, Note


def marker(report: Report, ticket: str) -> str:
    """How the comment of this deployment on this ticket is found again: one word, without any markup."""
    return f"csready:{quote(report.deployment.name, safe='')}:{ticket}"


def comment(
    package: Package,
    ticket: str,
    *,
    now: datetime,
    attached: Sequence[str],
    left_out: Sequence[str],
    budget: int,
    painted: Callable[[Note], Body],
) -> Note:
    """At most ``budget`` characters long once it is painted: lines that are too many are left out whole, and counted.

    It depends on ``now`` only in whether the report is stale, so that it is the same tomorrow.
    """
    report = package.report
    stale = now > report.valid_until
    first, last = _staleness(report) if stale else (), _about_files(attached, left_out)
    drawn = summary(report, first=first, last=last)
    if warnings := _warnings(report, stale=stale):
        drawn = replace(drawn, title=f"{warnings}: {drawn.title}")
    whole = note = Note(marker(report, ticket), package.sha256, drawn)
    dropped = 0
    while _length(painted(note)) > budget and dropped < len(drawn.lines) - len(first) - len(last):
        dropped += 1
        kept = drawn.lines[: len(drawn.lines) - len(last) - dropped]
        told = SummaryLine("Left out here", (Span(f"{dropped} more lines, which did not fit; the report has them"),))
        note = replace(whole, summary=replace(drawn, lines=(*kept, told, *last)))
    return note


def _warnings(report: Report, *, stale: bool) -> str:
    """What the title begins with, as nobody may take the report for another; the lines say more of it."""
    is_lab = any(notice.code == "lab" for notice in report.notices)
    said = [("LAB RUN", is_lab), ("STALE", stale), ("INTERRUPTED", report.interrupted)]
    return ", ".join(word for word, holds in said if holds)


def _staleness(report: Report) -> tuple[SummaryLine, ...]:
    until = f"{report.valid_until:%Y-%m-%d %H:%M} UTC"
    return (SummaryLine("Stale", (Span(f"it was valid until {until}; scan again before anybody is moved"),)),)


def _about_files(attached: Sequence[str], left_out: Sequence[str]) -> tuple[SummaryLine, ...]:
    names: list[Span] = []
    for name in attached:
        names += [Span(", ")] if names else []
        names.append(Span(name, Tone.CODE))
    lines = [SummaryLine("Attached", tuple(names))] if names else []
    if left_out:
        lines.append(SummaryLine("Not attached as it is", (Span("; ".join(left_out)),)))
    return tuple(lines)


def _length(body: Body) -> int:
    return len(body) if isinstance(body, str) else len(json.dumps(body, ensure_ascii=False))
