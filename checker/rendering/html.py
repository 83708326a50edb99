"""The report as one HTML file: the change board's page first, then what the administrator needs.

It loads nothing, reads without scripts, and prints. Its one script filters the users and copies commands; a policy in
the page lets no other run. The template engine escapes everything foreign, which is first freed of what cannot be seen.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cache
from importlib import resources

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from checker.model.answers import Json
from checker.model.checks import Impact
from checker.model.facts import Moment
from checker.model.findings import FaultStatus
from checker.model.report import EvidenceEntry, Report, WaiverState
from checker.model.verdicts import Status
from checker.rendering import words
from checker.rendering.commands import is_command
from checker.rendering.grouping import Listed, blockers, gaps, listed, steps
from checker.rendering.hostile_text import plain
from checker.rendering.outcome_bars import WIDTH, outcome_bars
from checker.rendering.side_by_side import side_by_side
from checker.rendering.summary import effort, made_at, track_record_sentence
from checker.rendering.user_lines import UserLine
from checker.rendering.vantage_matrix import dns_matrix, network_matrix

MOST_EVIDENCE = 300  # answers in the appendix
MOST_PASSED = 500  # findings
MOST_ENTRIES = 20  # users of one finding who are named with what was observed of them
_HTTPS = re.compile(r"https://[!-;=?-~]+")
_TEMPLATES = resources.files("checker.rendering") / "templates"


def render_html(report: Report, users: Sequence[UserLine] = (), *, brief: bool = False) -> str:
    """``brief`` leaves out what passed and the raw evidence. The same report and users give the same text."""
    findings = listed(report)
    stopping = blockers(report.faults, findings)
    shown = {id(cause) for blocker in stopping for cause in blocker.causes}
    style, script = _asset("style.css"), _asset("behaviour.js")
    by_id = {entry.id: entry for entry in report.evidence}
    others = [each for each in findings if id(each) not in shown]
    passed = [] if brief else [each for each in others if each.first.status is Status.PASS]
    page = _environment().get_template("report.html.j2")
    return page.render(
        report=report,
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
        sentences=_sentences(report),
        stopping=stopping,
        by_reach=words.by_reach(report),
        degrading=_wrong(findings, Impact.DEGRADES),
        losing=_wrong(findings, Impact.LOSES),
        wrong=[each for each in others if each.first.status in (Status.FAIL, Status.WARN)],
        gaps=gaps(findings),
        steps=steps(report.fixes),
        passed=passed[:MOST_PASSED],
        passed_beyond=max(0, len(passed) - MOST_PASSED),
        passed_users=[count for count in report.checks if count.passed and count.id.startswith("user.")],
        not_foreseen=[each for each in report.faults if each.status is FaultStatus.NOT_PREDICTABLE],
        open_faults=[each for each in report.faults if each.status is FaultStatus.NOT_RULED_OUT],
        applied=[each for each in report.waivers if each.state is WaiverState.APPLIED],
        lapsed=[each for each in report.waivers if each.state is WaiverState.LAPSED],
        accepted_blockers=words.waived_blockers(report),
        runs=_runs(report),
        bars=outcome_bars(report.users),
        bar_width=WIDTH,
        users=users,
        matrices=[
            (title, matrix)
            for title, matrix in (("DNS", dns_matrix(report)), ("Network", network_matrix(report)))
            if matrix.rows
        ],
        pairs=side_by_side(report),
        evidence=() if brief else report.evidence[:MOST_EVIDENCE],
        evidence_beyond=max(0, len(report.evidence) - MOST_EVIDENCE),
        evidence_of=lambda finding: [by_id[id_] for id_ in finding.evidence if id_ in by_id],
        entries_of=lambda each: each.entries[:MOST_ENTRIES],
        brief=brief,
    )


def _sentences(report: Report) -> dict[str, str]:
    """What the other formats say in the same words."""
    return {
        "verdict": words.verdict_sentence(report),
        "counts": words.verdict_counts(report).replace("  ", ", "),
        "users": words.users_sentence(report),
        "coverage": words.coverage_sentence(report),
        "decision": words.decision(report) + effort(report),
        "made_at": made_at(report),
        "track_record": track_record_sentence(report),
        "took": f"{round((report.finished_at - report.started_at).total_seconds())} s",
        "questions": words.counted(len(report.evidence), "question"),
    }


def _wrong(findings: Iterable[Listed], impact: Impact) -> list[Listed]:
    return [
        each for each in findings if each.first.impact is impact and each.first.status in (Status.FAIL, Status.WARN)
    ]


def _runs(report: Report) -> dict[tuple[str, str], list[str]]:
    """What was sent, by place and account, each once."""
    runs: dict[tuple[str, str], dict[str, None]] = {}
    for run in report.commands_run:
        runs.setdefault((run.where, run.as_whom), {})[run.what] = None
    return {place: list(what) for place, what in runs.items()}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("checker.rendering"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_visible,
    )
    environment.filters |= {
        "counted": words.counted,
        "waiver": words.waiver_sentence,
        "unblocks": words.unblocks,
        "few": lambda names, most, total=0: words.first_few(names, most, total),
        "command": is_command,
        "https": lambda url: url if url and _HTTPS.fullmatch(url) else "",
        "stamp": _stamp,
        "answer": _answer,
        "anchor": lambda text: re.sub(r"[^a-z0-9.-]+", "-", text.lower()),
    }
    return environment


def _visible(value: object) -> object:
    """Line by line, so that what has several keeps them; markup of the template's own stays as it is."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return "\n".join(map(plain, value.split("\n")))
    return "" if value is None else value


def _stamp(moment: Moment, offset_minutes: int | None = None) -> str:
    return f"{moment + timedelta(minutes=offset_minutes or 0):%Y-%m-%d %H:%M:%S}"


def _answer(entry: EvidenceEntry) -> str:
    if entry.reason:
        return f"{entry.reason.code.value}: {entry.reason.detail}"
    answer: Json = entry.answer
    return msgspec.json.format(msgspec.json.encode(answer), indent=1).decode("utf-8")


def _asset(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """As a Content-Security-Policy names an inline block (https://www.w3.org/TR/CSP3/#grammardef-hash-source)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
