"""From findings to predictions: for each fault whether it will be met and why, for each user whether the move goes
through.

Pure. The rules are those of docs/verdicts.md: a fault is *predicted* when a check that predicts it failed, *not ruled
out* when one is unknown or warns, *ruled out* when every applicable one was looked at and passed. The scope that
counts is that of the check: what fails for the deployment or a server hits everybody, for a SIP domain its users, for
a user that user.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import msgspec

from checker.assess import Assessment
from checker.faults import FAULTS
from checker.model.checks import Check, Impact, Scope, Worst
from checker.model.faults import Fault, Ground
from checker.model.findings import AssessedUser, FaultStatus, Finding, Outcome, Tally, Unknown, UserResult
from checker.model.target import Target
from checker.model.verdicts import Status

_DECIDING: dict[FaultStatus, tuple[Status, ...]] = {
    FaultStatus.PREDICTED: (Status.FAIL,),
    FaultStatus.NOT_RULED_OUT: (Status.UNKNOWN, Status.WARN),
    FaultStatus.RULED_OUT: (Status.PASS,),
}
_NOTHING: frozenset[str] = frozenset()
_MOST_USERS_NAMED = 100  # under one fault; all of them are in users.csv
_Fate = tuple[Outcome, Outcome, tuple[str, ...], frozenset[str], frozenset[str], bool, bool]


@dataclass(frozen=True, slots=True)
class FaultPrediction:
    """``because``: ids of the findings the status rests on, of users at most 100. ``missing``: what would decide it,
    when it is not ruled out.

    ``users_affected``: users it hits when predicted, users it may hit when not ruled out, else 0.
    """

    fault: Fault
    status: FaultStatus
    confidence: Ground
    because: tuple[str, ...]
    missing: tuple[Unknown, ...]
    users_affected: int


class UserPrediction(msgspec.Struct, frozen=True):  # made far faster than a frozen dataclass
    """``faults``: ids of every predicted fault that hits the user, the deployment's too, first one first.

    ``blockers`` and ``own_blockers``: ids of the checks behind them; ``own_*`` leaves out what is the deployment's.
    """

    user: AssessedUser
    outcome: Outcome
    own_outcome: Outcome
    faults: tuple[str, ...]
    blockers: frozenset[str]
    own_blockers: frozenset[str]
    undetermined: bool
    own_undetermined: bool


@dataclass(frozen=True, slots=True)
class Prediction:
    """``faults``: the whole catalogue in the order in which the cmdlet is thought to meet them."""

    faults: tuple[FaultPrediction, ...]
    users: tuple[UserPrediction, ...]


class _Reach:
    """Ids of what hits everybody, and of what hits the users of one SIP domain."""

    def __init__(self) -> None:
        self.everybody: set[str] = set()
        self.everybody_own: set[str] = set()
        self.of_domain: dict[str, set[str]] = defaultdict(set)

    def add(self, finding: Finding, names: Iterable[str]) -> None:
        check, subject = finding.check, finding.subject
        if subject.kind is Scope.SIP_DOMAIN:
            self.of_domain[subject.name].update(names)
        else:
            self.everybody.update(names)
            # A question about users or domains that nobody could answer is everybody's own, not the deployment's.
            if check.scope in (Scope.USER, Scope.SIP_DOMAIN):
                self.everybody_own.update(names)

    def own(self, domain: str) -> set[str]:
        return self.everybody_own | self.of_domain.get(domain, set())


def predict(target: Target, checks: Sequence[Check], assessment: Assessment) -> Prediction:
    """``checks`` is the catalogue that was judged; its order decides nothing but ties."""
    users = _predict_users(checks, assessment)
    crowd = _Crowd(users)
    return Prediction(tuple(_predict_fault(fault, target, checks, assessment, crowd) for fault in FAULTS), users)


def _predict_users(checks: Sequence[Check], assessment: Assessment) -> tuple[UserPrediction, ...]:
    failing, unknown = _Reach(), _Reach()
    for finding in assessment.findings:
        if blocks(finding.check) and finding.status is Status.FAIL:
            failing.add(finding, (finding.check.id,))
        elif counts_as_undetermined(finding.check, finding.status):
            unknown.add(finding, (finding.check.id,))
    predicts = {check.id: check.predicts for check in checks}
    steps = {fault.id: (fault.step, place) for place, fault in enumerate(FAULTS)}

    @cache  # 100,000 users differ in few ways
    def fate(domain: str, personal: frozenset[str], open_question: bool) -> _Fate:
        own = personal | failing.own(domain)
        own_undetermined = open_question or bool(unknown.own(domain))
        blockers = own | failing.everybody
        undetermined = own_undetermined or bool(unknown.everybody)
        met = {fault for check_id in blockers for fault in predicts[check_id]}
        return (
            _outcome(blockers, undetermined),
            _outcome(own, own_undetermined),
            tuple(sorted(met, key=steps.__getitem__)),
            blockers,
            own,
            undetermined,
            own_undetermined,
        )

    def predicted(user: AssessedUser) -> UserPrediction:
        personal, open_question = _NOTHING, False
        for result in user.results:
            if result.status is Status.FAIL and blocks(result.check):
                personal |= {result.check.id}
            elif counts_as_undetermined(result.check, result.status):
                open_question = True
        return UserPrediction(user, *fate(user.row.sip_domain, personal, open_question))

    return tuple(map(predicted, assessment.users))


class _Crowd:
    """What all faults ask of all users, counted once."""

    def __init__(self, users: tuple[UserPrediction, ...]) -> None:
        self.size = len(users)
        self.by_faults = Counter(user.faults for user in users)
        self.by_domain = Counter(each.user.row.sip_domain for each in users)
        self.with_results = tuple(each.user for each in users if each.user.results)


def blocks(check: Check) -> bool:
    return check.impact is Impact.BLOCKS


def counts_as_undetermined(check: Check, status: Status) -> bool:
    """A question that could still turn out to stop the move; what can at worst warn never leaves a user open."""
    return status is Status.UNKNOWN and blocks(check) and check.worst is Worst.FAIL


def _outcome(blockers: frozenset[str], undetermined: bool) -> Outcome:
    if blockers:
        return Outcome.BLOCKED
    return Outcome.UNDETERMINED if undetermined else Outcome.MOVES


def _predict_fault(
    fault: Fault, target: Target, checks: Sequence[Check], assessment: Assessment, crowd: _Crowd
) -> FaultPrediction:
    predicting = {check.id for check in checks if fault.id in check.predicts}
    status = _fault_status(fault, target, [assessment.tallies[check_id] for check_id in sorted(predicting)])
    deciding = _DECIDING.get(status, ())
    decisive = [each for each in assessment.findings if each.check.id in predicting and each.status in deciding]
    personal: list[tuple[AssessedUser, UserResult]] = []
    if deciding and any(check.id in predicting and check.scope is Scope.USER for check in checks):
        personal = [
            (user, result)
            for user in crowd.with_results
            for result in user.results
            if result.check.id in predicting and result.status in deciding
        ]
    confidence = fault.confidence
    if status is FaultStatus.PREDICTED:
        verdicts = (*(each.verdict for each in decisive), *(result.verdict for _, result in personal))
        if all(verdict is not None and verdict.inferred for verdict in verdicts):
            confidence = Ground.INFERRED
    return FaultPrediction(
        fault,
        status,
        confidence,
        because=(
            *(finding.id for finding in decisive),
            *(user_finding_id(user, result) for user, result in personal[:_MOST_USERS_NAMED]),
        ),
        missing=_missing(decisive, personal) if status is FaultStatus.NOT_RULED_OUT else (),
        users_affected=_affected(status, fault, decisive, personal, crowd),
    )


def _fault_status(fault: Fault, target: Target, tallies: Sequence[Tally]) -> FaultStatus:
    if target.direction not in fault.directions or target.cloud not in fault.clouds:
        return FaultStatus.NOT_APPLICABLE
    if not tallies:
        return FaultStatus.NOT_PREDICTABLE
    if any(tally.failed for tally in tallies):
        return FaultStatus.PREDICTED
    if any(tally.unknown or tally.warned for tally in tallies):
        return FaultStatus.NOT_RULED_OUT
    return FaultStatus.RULED_OUT if any(tally.passed for tally in tallies) else FaultStatus.NOT_APPLICABLE


def _missing(findings: Iterable[Finding], personal: Iterable[tuple[AssessedUser, UserResult]]) -> tuple[Unknown, ...]:
    unknowns = (*(f.unknown for f in findings), *(result.unknown for _, result in personal))
    return tuple(dict.fromkeys(unknown for unknown in unknowns if unknown is not None))


def _affected(
    status: FaultStatus,
    fault: Fault,
    findings: Iterable[Finding],
    personal: Iterable[tuple[AssessedUser, UserResult]],
    crowd: _Crowd,
) -> int:
    if status is FaultStatus.PREDICTED:
        return sum(number for faults, number in crowd.by_faults.items() if fault.id in faults)
    if status is not FaultStatus.NOT_RULED_OUT:
        return 0
    reach = _Reach()
    for finding in findings:
        reach.add(finding, (fault.id,))
    if reach.everybody:
        return crowd.size
    reached = {domain: number for domain, number in crowd.by_domain.items() if reach.own(domain)}
    others = {id(user) for user, _ in personal if user.row.sip_domain not in reached}
    return sum(reached.values()) + len(others)


def user_finding_id(user: AssessedUser, result: UserResult) -> str:
    suffix = f"#{user.number}" if user.number > 1 else ""
    return f"{result.check.id}@{user.row.subject}{suffix}".lower()
