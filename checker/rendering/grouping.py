"""What belongs together when people read a report: one line for many users, one need for many unknowns, one fault with
its causes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from checker.model.checks import Impact, Remediation, Scope
from checker.model.findings import FaultStatus
from checker.model.probes import Vantage
from checker.model.report import FaultEntry, FindingEntry, Fix, Report
from checker.model.undecided import Reason
from checker.model.verdicts import Status
from checker.rendering.words import counted

_COUNTED = {Status.FAIL: "fail", Status.WARN: "warn", Status.UNKNOWN: "unknown"}
_Cure = tuple[Reason, str, bool]


@dataclass(frozen=True)
class Listed:
    """One finding; or all findings of one check and status on users, of whom the report holds the first 100.

    ``count`` is the number of subjects, which may be more than there are ``entries``.
    """

    entries: tuple[FindingEntry, ...]
    count: int

    @property
    def first(self) -> FindingEntry:
        return self.entries[0]

    @property
    def of_users(self) -> bool:
        return self.first.subject.kind is Scope.USER

    @property
    def remedies(self) -> tuple[Remediation, ...]:
        return tuple(dict.fromkeys(remedy for entry in self.entries for remedy in entry.remediation))

    @property
    def blocks(self) -> bool:
        return self.first.impact is Impact.BLOCKS and self.first.status is Status.FAIL

    def shared(self, field: str) -> str:
        """What all entries say in ``expected`` or ``observed``; empty when they differ."""
        values = {getattr(entry, field) for entry in self.entries}
        return values.pop() if len(values) == 1 else ""


@dataclass(frozen=True)
class Blocker:
    """A predicted fault and what it rests on; what was listed under an earlier fault is only named in ``as_above``."""

    fault: FaultEntry
    causes: tuple[Listed, ...]
    as_above: tuple[str, ...]


@dataclass(frozen=True)
class Gap:
    """Unknowns that one and the same thing would cure. ``what`` names the checks, with their subjects where these are
    not the deployment; ``detail`` is why, without the names of the questions where only these differ, empty where
    more does.
    """

    reason: Reason
    detail: str
    needs: str
    what: tuple[str, ...]
    blocks: bool
    waived: bool


@dataclass(frozen=True)
class Step:
    """Consecutive fixes of one check: its first, and how many there are."""

    first: Fix
    count: int
    users_unblocked: int

    @property
    def number(self) -> str:
        last = self.first.order + self.count - 1
        return str(self.first.order) if self.count == 1 else f"{self.first.order}-{last}"


def listed(report: Report) -> tuple[Listed, ...]:
    """The findings in the report's order, those of users drawn together by check, status and waiver."""
    tallies = {count.id: count for count in report.checks}
    groups: dict[object, list[FindingEntry]] = {}
    for finding in report.findings:
        of_user = finding.subject.kind is Scope.USER
        key: object = (finding.check, finding.status, finding.waiver) if of_user else finding.id
        groups.setdefault(key, []).append(finding)
    accepted = {entry.waiver: entry.accepted for entry in report.waivers}

    def count(entries: Sequence[FindingEntry]) -> int:
        """Of users also those beyond the listed ones."""
        first = entries[0]
        name = _COUNTED.get(first.status)
        if first.subject.kind is not Scope.USER or name is None or first.check not in tallies:
            return len(entries)
        if first.waiver:
            every = getattr(accepted.get(first.waiver), name, 0)
        else:
            tally = tallies[first.check]
            every = getattr(tally, name) - getattr(tally.waived, name)
        return max(len(entries), every)

    return tuple(Listed(tuple(entries), count(entries)) for entries in groups.values())


def blockers(faults: Iterable[FaultEntry], findings: Iterable[Listed]) -> tuple[Blocker, ...]:
    """The predicted faults in the order in which the cmdlet is thought to meet them, each cause under the first."""
    causes = [each for each in findings if each.blocks]
    seen: set[int] = set()
    found = []
    for fault in faults:
        if fault.status is FaultStatus.PREDICTED:
            mine = [each for each in causes if fault.id in each.first.predicts]
            fresh = tuple(each for each in mine if id(each) not in seen)
            above = dict.fromkeys(each.first.check for each in mine if id(each) in seen)
            seen.update(map(id, fresh))
            found.append(Blocker(fault, fresh, tuple(above)))
    return tuple(found)


def gaps(findings: Iterable[Listed]) -> tuple[Gap, ...]:
    """The unknowns by what would cure them, those that leave a move undecided first, and what cures most of them."""
    found: dict[_Cure, list[Gap]] = {}
    for each in findings:
        parts: dict[_Cure, list[FindingEntry]] = {}
        for entry in each.entries:
            if entry.reason:
                cure = (entry.reason.code, entry.reason.needs or entry.reason.detail, entry.waiver is not None)
                parts.setdefault(cure, []).append(entry)
        for cure, entries in parts.items():
            found.setdefault(cure, []).append(_gap(entries, each.count if len(parts) == 1 else len(entries)))
    return tuple(sorted(map(_joined, found.values()), key=lambda gap: (gap.waived, not gap.blocks, -len(gap.what))))


def _gap(entries: Sequence[FindingEntry], count: int) -> Gap:
    first = entries[0]
    assert first.reason is not None
    causes = {_cause(entry) for entry in entries}
    subject = counted(count, "user") if first.subject.kind is Scope.USER else first.subject.name
    return Gap(
        reason=first.reason.code,
        detail=causes.pop() if len(causes) == 1 else "",
        needs=first.reason.needs,
        what=(first.check if first.subject.kind is Scope.DEPLOYMENT else f"{first.check} ({subject})",),
        blocks=first.impact is Impact.BLOCKS,
        waived=first.waiver is not None,
    )


def _cause(entry: FindingEntry) -> str:
    """Why nobody could say, once for all the questions of the finding."""
    detail = entry.reason.detail if entry.reason else ""
    for asked in sorted(entry.evidence, key=len, reverse=True):
        detail = detail.replace(f"{asked}: ", "")
    return "; ".join(dict.fromkeys(detail.split("; ")))


def _joined(gaps: Sequence[Gap]) -> Gap:
    details = {gap.detail for gap in gaps}
    return replace(
        gaps[0],
        detail=details.pop() if len(details) == 1 else "",
        what=tuple(dict.fromkeys(what for gap in gaps for what in gap.what)),
        blocks=any(gap.blocks for gap in gaps),
    )


def steps(fixes: Iterable[Fix]) -> tuple[Step, ...]:
    """The fix plan with the many remedies of one check drawn together."""
    found: list[Step] = []
    for fix in fixes:
        if found and found[-1].first.check == fix.check:
            last = found[-1]
            found[-1] = Step(last.first, last.count + 1, last.users_unblocked + fix.users_unblocked)
        else:
            found.append(Step(fix, 1, fix.users_unblocked))
    return tuple(found)


def vantages(report: Report) -> tuple[str, ...]:
    """Where something was really seen from, without the hosts."""
    seen = {each.vantage.partition("--")[0] for each in report.evidence if each.outcome == "answer"}
    return tuple(vantage.value for vantage in Vantage if vantage.value in seen)
