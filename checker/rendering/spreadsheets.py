"""The CSV files: every user with all reasons, and the findings. UTF-8 with BOM, CRLF, ``;`` inside a cell."""

import csv
import io
from collections.abc import Iterable, Sequence
from functools import cache

from checker.model.checks import Impact
from checker.model.findings import Outcome, UserResult
from checker.model.report import FindingEntry, Report
from checker.model.target import Target
from checker.model.verdicts import Status
from checker.move_route import MoveRoute
from checker.predict import Prediction, UserPrediction
from checker.rendering.commands import move_command
from checker.rendering.hostile_text import guarded, plain

USER_COLUMNS = (
    "sip_address",
    "outcome",
    "own_outcome",
    "first_fault",
    "faults",
    "warnings",
    "reasons",
    "command",
)
FINDING_COLUMNS = (
    "id",
    "check",
    "title",
    "area",
    "subject_kind",
    "subject",
    "status",
    "reason",
    "impact",
    "confidence",
    "expected",
    "observed",
    "summary",
    "needs",
    "predicts",
    "fix",
    "where",
    "role",
    "waived_by",
    "evidence",
)


def users_csv(prediction: Prediction, target: Target, route: MoveRoute) -> bytes:
    """Every user of the batch. ``reasons`` names each failing or unanswered check of the user and of its SIP domain;
    what is the deployment's stands in ``faults`` only. ``warnings``: what a move that works would leave behind or
    break. ``command`` is empty for users who would not move.
    """
    command = move_command(target, route)
    joined_faults = cache(_joined)  # 100,000 users share a few
    told: dict[tuple[tuple[int, ...], frozenset[str]], tuple[str, str]] = {}

    def warnings_and_reasons(user: UserPrediction) -> tuple[str, str]:
        """Users of whom the same was said share the results, and so the cells."""
        results = user.user.results
        key = (tuple(map(id, results)), user.own_blockers)
        if key not in told:
            told[key] = (_joined(map(_said, filter(left_behind, results))), _joined(_reasons(user)))
        return told[key]

    def row(user: UserPrediction) -> tuple[str, ...]:
        moves = Outcome.MOVES in (user.outcome, user.own_outcome)
        return (
            guarded(user.user.row.subject),
            user.outcome.value,
            user.own_outcome.value,
            user.faults[0] if user.faults else "",
            joined_faults(user.faults),
            *warnings_and_reasons(user),
            command(user.user.row) if moves else "",
        )

    return _csv(USER_COLUMNS, map(row, prediction.users))


def findings_csv(report: Report) -> bytes:
    """The findings of the report; of users at most 100 for each check and status, as there."""
    return _csv(FINDING_COLUMNS, map(_finding_row, report.findings))


def _reasons(user: UserPrediction) -> Iterable[str]:
    failing = set()
    for result in user.user.results:
        if result.status in (Status.FAIL, Status.UNKNOWN) and not left_behind(result):
            failing.add(result.check.id)
            yield _said(result)
    for check_id in sorted(user.own_blockers - failing):
        yield f"{check_id}: fails for the SIP domain"


def left_behind(result: UserResult) -> bool:
    """Whether it is no reason against the move, but something to be minded before it."""
    return result.status is Status.WARN or (result.status is Status.FAIL and result.check.impact is not Impact.BLOCKS)


def _said(result: UserResult) -> str:
    if result.unknown:
        short = f"{result.unknown.reason.value}, {result.unknown.detail}"
    else:
        short = (result.verdict.summary or result.verdict.observed) if result.verdict else ""
    return f"{result.check.id}: {short}".replace(";", ",")


def _finding_row(finding: FindingEntry) -> tuple[str, ...]:
    remedies = finding.remediation
    return tuple(
        map(
            guarded,
            (
                finding.id,
                finding.check,
                finding.title,
                finding.area,
                finding.subject.kind.value,
                finding.subject.name,
                finding.status.value,
                finding.reason.code.value if finding.reason else "",
                finding.impact.value,
                finding.confidence.value,
                finding.expected,
                finding.observed,
                finding.summary,
                finding.reason.needs if finding.reason else "",
                _joined(finding.predicts),
                _joined(each.run for each in remedies),
                _joined(dict.fromkeys(each.where for each in remedies)),
                _joined(dict.fromkeys(each.role for each in remedies)),
                f"{finding.waiver.owner}, {finding.waiver.ticket}" if finding.waiver else "",
                _joined(finding.evidence),
            ),
        )
    )


def _joined(parts: Iterable[str]) -> str:
    return ";".join(map(plain, parts))


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    raw = io.BytesIO()  # a StringIO would take four bytes for each character
    with io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows(rows)
        text.flush()
        return raw.getvalue()
