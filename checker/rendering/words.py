"""The sentences that every rendering of a report says in the same words: counts, users, coverage."""

from collections import Counter
from collections.abc import Iterable

from checker.model.checks import Impact, Scope, Worst
from checker.model.findings import FaultStatus
from checker.model.report import FaultEntry, FindingEntry, Report, RunVerdict, WaiverEntry, WaiverState
from checker.model.verdicts import Status

_VERDICTS = {
    RunVerdict.READY: "nothing that was looked at stops a move",
    RunVerdict.READY_WITH_WARNINGS: "nothing that was looked at stops a move; read the warnings first",
    RunVerdict.NOT_READY: "something fails that has to be fixed, or accepted, first",
    RunVerdict.INDETERMINATE: "nothing fails, but what could not be looked at may stop a move",
}


_ACCEPTED = "what fails, warns or could not be looked at was accepted; read it first"
_ACCEPTED_BLOCKER = "what stops the move was accepted, and still stops it"
_DECISIONS = {
    RunVerdict.READY: "approve the move within the time this report is valid",
    RunVerdict.READY_WITH_WARNINGS: "approve the move and accept the warnings, or have them settled first",
    RunVerdict.NOT_READY: "approve the fixes, not the move; assess again after them",
    RunVerdict.INDETERMINATE: "give the access that is missing, or accept what it leaves open; assess again",
}
_DECISION_BLOCKED = "have fixed what was accepted and still stops the move, or move nobody whom it hits"


def verdict_sentence(report: Report) -> str:
    """What the verdict means in this report. A waiver never makes it say that nothing stops a move."""
    if report.verdict is RunVerdict.READY_WITH_WARNINGS and is_accepted(report):
        return _ACCEPTED_BLOCKER if waived_blockers(report) else _ACCEPTED
    return _VERDICTS[report.verdict]


def decision(report: Report) -> str:
    """What the change board is asked for."""
    if report.verdict is RunVerdict.READY_WITH_WARNINGS and waived_blockers(report):
        return _DECISION_BLOCKED
    return _DECISIONS[report.verdict]


def is_accepted(report: Report) -> bool:
    """Whether a waiver was needed."""
    return any(entry.state is WaiverState.APPLIED for entry in report.waivers)


def counted(number: int, noun: str) -> str:
    """``1 fault``, ``3 faults``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def enumerated(words: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *rest, last = words
    return f"{', '.join(rest)} and {last}" if rest else last


def first_few(words: Iterable[str], most: int, total: int = 0) -> str:
    """``a, b, c and 4 more``. ``total`` counts also those that ``words`` does not hold."""
    every = list(words)
    shown = every[:most]
    more = max(total, len(every)) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def users_sentence(report: Report) -> str:
    """``240: 0 move as things stand; 226 once 1 fault of the deployment is settled; 14 have reasons of their own``."""
    users = report.users
    if not users.total:
        on_purpose = any(notice.code == "no-users" for notice in report.notices)
        return "left out on purpose (--no-users)" if on_purpose else "nobody could say who they are: none was assessed"
    said = [f"{users.moves} move as things stand"]
    unsettled = _of_the_deployment(report)
    if unsettled:
        one = unsettled in ("1 fault", "1 unknown")
        said.append(f"{users.own.moves} once {unsettled} of the deployment {'is' if one else 'are'} settled")
    if own := users.own.blocked:
        said.append("1 has reasons of its own" if own == 1 else f"{own} have reasons of their own")
    if users.own.undetermined:
        said.append(f"{users.own.undetermined} undetermined")
    return f"{users.total}: {'; '.join(said)}"


def by_reach(report: Report) -> tuple[tuple[FaultEntry, ...], tuple[FaultEntry, ...]]:
    """The predicted faults: those that hit every user of the batch, which are said once, and the others."""
    predicted = [fault for fault in report.faults if fault.status is FaultStatus.PREDICTED]
    total = report.users.total
    everybodys = tuple(fault for fault in predicted if total and fault.users_affected == total)
    return everybodys, tuple(fault for fault in predicted if fault not in everybodys)


def unblocks(users: int, report: Report) -> str:
    """``unblocks 198 of 240``; empty for a fix after which nobody moves who did not before."""
    return f"unblocks {users} of {report.users.total}" if users else ""


def coverage_sentence(report: Report) -> str:
    """``61 of 66 applicable checks looked at; 5 not, because no-access (4), timed-out (1)``."""
    coverage = report.coverage
    missing = coverage.applicable - coverage.looked_at
    sentence = f"{coverage.looked_at} of {counted(coverage.applicable, 'applicable check')} looked at"
    if not missing:
        return sentence
    reasons = Counter(reason for _, reason in dict.fromkeys((n.check, n.reason.value) for n in coverage.not_looked_at))
    because = (
        ", ".join(f"{reason} ({n})" for reason, n in reasons.most_common()) if len(reasons) > 1 else "".join(reasons)
    )
    return f"{sentence}; {missing} not, because {because}" if because else f"{sentence}; {missing} not"


def verdict_counts(report: Report) -> str:
    """``11 fail  1 fail waived  0 warn  5 unknown``: findings, those of single users included."""
    said = []
    for name in ("fail", "warn", "unknown"):
        total = sum(getattr(count, name) for count in report.checks)
        waived = sum(getattr(count.waived, name) for count in report.checks)
        said.append(f"{total - waived} {name}")
        if waived:
            said.append(f"{waived} {name} waived")
    return "  ".join(said)


def waiver_sentence(entry: WaiverEntry) -> str:
    """``edge.partner-discovery-parity on contoso, by J. Doe, CHG-881, until 2026-12-31: partners move in December``."""
    waiver = entry.waiver
    whom = "" if waiver.subject == "*" else f" on {waiver.subject}"
    said = f"{waiver.check}{whom}, by {waiver.owner}, {waiver.ticket}, until {waiver.expires}: {waiver.reason}"
    return f"{said}; {entry.lapsed_because}, and it counts again" if entry.lapsed_because else said


def waived_blockers(report: Report) -> tuple[str, ...]:
    """Accepted, and yet the move fails: ids of findings, of many users of one check the check with their number.

    Also where none of these users is among the findings, which begin with those whom nobody accepts.
    """
    waived = {count.id: count.waived.fail for count in report.checks}
    by_check: dict[str, list[FindingEntry]] = {}
    for finding in report.findings:
        blocks = finding.status is Status.FAIL and finding.impact is Impact.BLOCKS
        if blocks and (finding.waiver or waived.get(finding.check)):
            by_check.setdefault(finding.check, []).append(finding)
    said: list[str] = []
    for check, findings in by_check.items():
        accepted = [finding.id for finding in findings if finding.waiver]
        number = max(waived.get(check, 0), len(accepted))
        of_users = findings[0].subject.kind is Scope.USER
        said += [f"{check} ({counted(number, 'user')})"] if of_users and (number, len(accepted)) != (1, 1) else accepted
    return tuple(said)


def _of_the_deployment(report: Report) -> str:
    """``1 fault and 3 unknowns``: what stands between every user and the move; empty when nothing does."""
    by_id = {finding.id: finding for finding in report.findings}
    personal = {finding.check for finding in report.findings if _is_personal(finding)}
    general = [finding for finding in report.findings if finding.check not in personal]
    faults = sum(
        fault.status is FaultStatus.PREDICTED
        and any(id in by_id and by_id[id].check not in personal for id in fault.because)
        for fault in report.faults
    )
    unknowns = sum(
        finding.status is Status.UNKNOWN and finding.impact is Impact.BLOCKS and finding.worst is Worst.FAIL
        for finding in general
    )
    said = [counted(number, noun) for number, noun in ((faults, "fault"), (unknowns, "unknown")) if number]
    return enumerated(said) if said else ""


def _is_personal(finding: FindingEntry) -> bool:
    """Of a check about users or SIP domains; one that nobody could answer stands on the deployment, in area user."""
    return finding.subject.kind in (Scope.USER, Scope.SIP_DOMAIN) or finding.area == "user"
