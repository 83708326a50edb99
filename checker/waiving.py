"""Accepted risks: which finding which waiver accepts, which waivers have lapsed, and what that leaves standing."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import translate
from functools import partial
from types import MappingProxyType

from checker.assess import Assessment
from checker.fault_entries import MOST_LISTED
from checker.fingerprint import fingerprint
from checker.model.report import FindingEntry, StatusCounts, Waiver, WaiverEntry, WaiverState
from checker.model.verdicts import Status
from checker.predict import user_finding_id

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


def candidates(waivers: Iterable[Waiver], assessment: Assessment) -> Iterator[Candidate]:
    """Every finding of a check that a waiver names, all users included."""
    named = {waiver.check for waiver in waivers}
    for each in assessment.findings:
        if each.check.id in named and each.status in ACCEPTABLE:
            bound_to = partial(fingerprint, each.check, each.subject.name, each.verdict)
            yield Candidate(each.id, each.check.id, each.subject.name, each.status, bound_to)
    for user in assessment.users if named else ():
        for result in user.results:
            if result.check.id in named and result.status in ACCEPTABLE:
                name = user.row.subject
                bound_to = partial(fingerprint, result.check, name, result.verdict)
                yield Candidate(user_finding_id(user, result), result.check.id, name, result.status, bound_to)


def candidates_listed(findings: Iterable[FindingEntry]) -> Iterator[Candidate]:
    """Of a report, which lists at most a hundred users for each check and status."""
    for each in findings:
        if each.status in ACCEPTABLE:
            yield Candidate(each.id, each.check, each.subject.name, each.status, partial(str, each.fingerprint))


def ended(waiver: Waiver, as_of: datetime) -> str:
    """That its last day is over, in words; empty while it counts, which is through that whole day in UTC."""
    return f"it ended on {waiver.expires}" if as_of.astimezone(UTC).date() > waiver.expires else ""


class _Use:
    """What becomes of one waiver. ``place``: its number in the file."""

    def __init__(self, waiver: Waiver, place: int, as_of: datetime) -> None:
        self.waiver = waiver
        self.place = place
        self.accepted: Counter[Status] = Counter()
        self._ended = ended(waiver, as_of)
        self._accepted: list[str] = []
        self._refused: list[str] = []

    def accepts(self, candidate: Candidate) -> bool:
        """Of one that its check and subject are those of."""
        bound_to = self.waiver.fingerprint
        return not self._ended and (bound_to is None or bound_to == candidate.fingerprint())

    def accept(self, candidate: Candidate) -> None:
        self.accepted[candidate.status] += 1
        if len(self._accepted) < MOST_LISTED:
            self._accepted.append(candidate.id)

    def refuse(self, candidate: Candidate) -> None:
        if len(self._refused) < MOST_LISTED:
            self._refused.append(candidate.id)

    def entry(self) -> WaiverEntry:
        lapsed = bool(self._refused) and not self._accepted
        state = WaiverState.LAPSED if lapsed else WaiverState.APPLIED if self._accepted else WaiverState.UNUSED
        return WaiverEntry(
            waiver=self.waiver,
            state=state,
            lapsed_because=(self._ended or _OTHER_VALUE) if lapsed else "",
            findings=tuple(self._refused if lapsed else self._accepted),
            accepted=_counts(self.accepted),
        )


class _OfCheck:
    """The waivers of one check. Those of a single subject are looked up: a wave may have one for each user."""

    def __init__(self) -> None:
        self.accepted: Counter[Status] = Counter()
        self._single: dict[str, list[_Use]] = {}
        self._patterns: list[tuple[re.Pattern[str], _Use]] = []

    def add(self, use: _Use) -> None:
        subject = use.waiver.subject.lower()
        if "*" in subject or "?" in subject:
            pattern = translate(subject.replace("[", "[[]"))  # a name may hold brackets, so they mean themselves
            self._patterns.append((re.compile(pattern), use))
        else:
            self._single.setdefault(subject, []).append(use)

    def concerning(self, subject: str) -> list[_Use]:
        """In the order of the file."""
        name = subject.lower()
        matching = [use for pattern, use in self._patterns if pattern.match(name)]
        if single := self._single.get(name):
            return sorted((*single, *matching), key=lambda use: use.place)
        return matching


class Waiving:
    """The waivers of a run, judged at ``as_of``. Of several that accept one finding, the first of the file counts.

    ``entries`` are in the order of the file; ``counts`` says by check how much is accepted.
    """

    def __init__(self, waivers: Sequence[Waiver], as_of: datetime, candidates: Iterable[Candidate]) -> None:
        uses = [_Use(waiver, place, as_of) for place, waiver in enumerate(waivers)]
        self._accepting: dict[str, Waiver] = {}
        of_check: dict[str, _OfCheck] = {}
        for use in uses:
            of_check.setdefault(use.waiver.check, _OfCheck()).add(use)
        for candidate in candidates:
            if candidate.check in of_check:
                self._place(candidate, of_check[candidate.check])
        self.entries = tuple(use.entry() for use in uses)
        self.counts = {check: _counts(each.accepted) for check, each in of_check.items()}

    def of(self, finding: str) -> Waiver | None:
        """The one that accepts the finding of that id."""
        return self._accepting.get(finding)

    def _place(self, candidate: Candidate, of_check: _OfCheck) -> None:
        """A finding that somebody accepts does not count again, whoever else does so no more."""
        concerning = of_check.concerning(candidate.subject)
        if accepting := next((use for use in concerning if use.accepts(candidate)), None):
            accepting.accept(candidate)
            of_check.accepted[candidate.status] += 1
            self._accepting[candidate.id] = accepting.waiver
            return
        for use in concerning:
            use.refuse(candidate)


def _counts(counts: Mapping[Status, int]) -> StatusCounts:
    return StatusCounts(
        warn=counts.get(Status.WARN, 0), fail=counts.get(Status.FAIL, 0), unknown=counts.get(Status.UNKNOWN, 0)
    )
