"""Accepted risks: which finding which waiver accepts, which waivers have lapsed, and what that leaves standing."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase
from types import MappingProxyType

from checker.assess import Assessment
from checker.model.checks import Scope
from checker.model.findings import AssessedUser, Finding, Subject, UserResult
from checker.model.report import FindingEntry, StatusCounts, Waiver, WaiverEntry, WaiverState
from checker.model.verdicts import Status

MOST_LISTED = 100
ACCEPTABLE = frozenset({Status.WARN, Status.FAIL, Status.UNKNOWN})
NOTHING = StatusCounts()
NOBODY: Mapping[str, StatusCounts] = MappingProxyType({})  # accepts anything
_OTHER_VALUE = "another value was judged than the one accepted"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a waiver is held against. ``fingerprint`` is asked for only where a waiver is bound to one."""

    id: str
    check: str
    subject: str
    status: Status
    fingerprint: Callable[[], str]


@dataclass
class _Use:
    """What became of one waiver. ``over``: why it accepts nothing any more, whatever is found."""

    waiver: Waiver
    over: str
    accepted: list[Candidate] = field(default_factory=list)
    refused: list[Candidate] = field(default_factory=list)

    def concerns(self, candidate: Candidate) -> bool:
        return candidate.status in ACCEPTABLE and fnmatchcase(candidate.subject.lower(), self.waiver.subject.lower())

    def accepts(self, candidate: Candidate) -> bool:
        bound_to = self.waiver.fingerprint
        return not self.over and (bound_to is None or bound_to == candidate.fingerprint())

    def entry(self) -> WaiverEntry:
        lapsed = self.over or (_OTHER_VALUE if self.refused and not self.accepted else "")
        state = WaiverState.LAPSED if lapsed else WaiverState.APPLIED if self.accepted else WaiverState.UNUSED
        concerned = self.refused if lapsed else self.accepted
        return WaiverEntry(
            waiver=self.waiver,
            state=state,
            lapsed_because=lapsed,
            findings=tuple(each.id for each in concerned[:MOST_LISTED]),
            accepted=_counted(self.accepted),
        )


class Waiving:
    """The waivers of a run, judged at ``as_of``. Of several that accept one finding, the first of the file counts."""

    def __init__(self, waivers: Sequence[Waiver], as_of: datetime, candidates: Iterable[Candidate]) -> None:
        today = as_of.date()
        uses = [_Use(waiver, f"it ended on {waiver.expires}" if today > waiver.expires else "") for waiver in waivers]
        self._of_check: dict[str, list[_Use]] = {}
        for use in uses:
            self._of_check.setdefault(use.waiver.check, []).append(use)
        if uses:
            for candidate in candidates:
                self._place(candidate)
        self.entries = tuple(use.entry() for use in uses)
        self.counts = {
            check: _counted([each for use in of_check for each in use.accepted])
            for check, of_check in self._of_check.items()
        }

    def of(self, candidate: Candidate) -> Waiver | None:
        """The one that accepts it."""
        found = self._accepting(candidate)
        return found.waiver if found else None

    def _accepting(self, candidate: Candidate) -> _Use | None:
        uses = self._of_check.get(candidate.check, ())
        return next((use for use in uses if use.concerns(candidate) and use.accepts(candidate)), None)

    def _place(self, candidate: Candidate) -> None:
        if accepting := self._accepting(candidate):
            accepting.accepted.append(candidate)
        for use in self._of_check.get(candidate.check, ()):
            if use is not accepting and use.concerns(candidate) and not use.accepts(candidate):
                use.refused.append(candidate)


def candidates(
    waivers: Sequence[Waiver], assessment: Assessment, fingerprint: Callable[[Finding], str]
) -> Iterator[Candidate]:
    """Every finding of a check that a waiver names, all users included."""
    named = {waiver.check for waiver in waivers}
    for finding in assessment.findings:
        if finding.check.id in named:
            yield candidate(finding, fingerprint)
    if any(id_.startswith("user.") for id_ in named):
        for user in assessment.users:
            for result in user.results:
                if result.check.id in named:
                    yield candidate(user_finding(user, result), fingerprint)


def candidate(finding: Finding, fingerprint: Callable[[Finding], str]) -> Candidate:
    return Candidate(finding.id, finding.check.id, finding.subject.name, finding.status, lambda: fingerprint(finding))


def candidates_listed(findings: Iterable[FindingEntry]) -> Iterator[Candidate]:
    """Of a report, which lists at most a hundred users for each check and status."""
    for each in findings:
        yield Candidate(each.id, each.check, each.subject.name, each.status, lambda each=each: each.fingerprint)  # type: ignore[misc]  # mypy cannot infer a lambda with a default


def user_finding(user: AssessedUser, result: UserResult) -> Finding:
    return Finding(
        check=result.check,
        subject=Subject(Scope.USER, user.row.subject),
        status=result.status,
        verdict=result.verdict,
        unknown=result.unknown,
        number=user.number,
    )


def _counted(candidates: Sequence[Candidate]) -> StatusCounts:
    counts = Counter(each.status for each in candidates)
    return StatusCounts(warn=counts[Status.WARN], fail=counts[Status.FAIL], unknown=counts[Status.UNKNOWN])
