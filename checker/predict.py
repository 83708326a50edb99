"""From findings to predictions: for each fault whether it will be met and why, for each user whether the move goes
through.

Pure. The rules are those of docs/verdicts.md: a fault is *predicted* when a check that predicts it failed, *not ruled
out* when one is unknown or warns, *ruled out* when every applicable one was looked at and passed. The scope that
counts is that of the check: what fails for the deployment or a server hits everybody, for a SIP domain its users, for
a user that user.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.assess import Assessment
from checker.faults import FAULTS
from checker.model.checks import Check, Impact, Scope, Worst
from checker.model.faults import Fault, Ground
from checker.model.findings import AssessedUser, FaultStatus, Finding, Outcome, Tally, Unknown, UserResult
from checker.model.target import Target
from checker.model.verdicts import Status

UNDECIDED = (Status.UNKNOWN, Status.WARN)


@dataclass(frozen=True, slots=True)
class FaultPrediction:
    """``because``: ids of the findings the status rests on. ``missing``: what would decide it, when it is not ruled
    out.

    ``users_affected``: users it hits when predicted, users it may hit when not ruled out, else 0.
    """

    fault: Fault
    status: FaultStatus
    confidence: Ground
    because: tuple[str, ...]
    missing: tuple[Unknown, ...]
    users_affected: int


@dataclass(frozen=True, slots=True)
class UserPrediction:
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
    users = _predict_users(assessment)
    faults = tuple(_predict_fault(fault, target, checks, assessment, users) for fault in FAULTS)
    return Prediction(faults, users)


def _predict_users(assessment: Assessment) -> tuple[UserPrediction, ...]:
    failing, unknown = _Reach(), _Reach()
    for finding in assessment.findings:
        if blocks(finding.check) and finding.status is Status.FAIL:
            failing.add(finding, (finding.check.id,))
        elif counts_as_undetermined(finding.check, finding.status):
            unknown.add(finding, (finding.check.id,))
    predicts = {check_id: check.predicts for check_id, check in _checks_seen(assessment).items()}
    steps = {fault.id: (fault.step, place) for place, fault in enumerate(FAULTS)}
    memo: dict[frozenset[str], tuple[str, ...]] = {}

    def faults_of(blockers: frozenset[str]) -> tuple[str, ...]:
        if blockers not in memo:
            met = {fault for check_id in blockers for fault in predicts[check_id]}
            memo[blockers] = tuple(sorted(met, key=steps.__getitem__))
        return memo[blockers]

    def predicted(user: AssessedUser) -> UserPrediction:
        domain = user.row.sip_domain
        personal = {r.check.id for r in user.results if blocks(r.check) and r.status is Status.FAIL}
        open_question = any(counts_as_undetermined(r.check, r.status) for r in user.results)
        own = frozenset(personal | failing.own(domain))
        own_undetermined = open_question or bool(unknown.own(domain))
        blockers = own | failing.everybody
        undetermined = own_undetermined or bool(unknown.everybody)
        return UserPrediction(
            user,
            _outcome(blockers, undetermined),
            _outcome(own, own_undetermined),
            faults_of(blockers),
            blockers,
            own,
            undetermined,
            own_undetermined,
        )

    return tuple(map(predicted, assessment.users))


def blocks(check: Check) -> bool:
    return check.impact is Impact.BLOCKS


def counts_as_undetermined(check: Check, status: Status) -> bool:
    """A question that could still turn out to stop the move; what can at worst warn never leaves a user open."""
    return blocks(check) and check.worst is Worst.FAIL and status is Status.UNKNOWN


def _outcome(blockers: frozenset[str], undetermined: bool) -> Outcome:
    if blockers:
        return Outcome.BLOCKED
    return Outcome.UNDETERMINED if undetermined else Outcome.MOVES


def _checks_seen(assessment: Assessment) -> dict[str, Check]:
    seen = {finding.check.id: finding.check for finding in assessment.findings}
    seen.update((result.check.id, result.check) for user in assessment.users for result in user.results)
    return seen


def _predict_fault(
    fault: Fault,
    target: Target,
    checks: Sequence[Check],
    assessment: Assessment,
    users: tuple[UserPrediction, ...],
) -> FaultPrediction:
    predicting = {check.id for check in checks if fault.id in check.predicts}
    findings = [finding for finding in assessment.findings if finding.check.id in predicting]
    results = [(user, result) for user in assessment.users for result in user.results if result.check.id in predicting]
    status = _fault_status(fault, target, [assessment.tallies[check_id] for check_id in sorted(predicting)])
    confidence = fault.confidence
    if status is FaultStatus.PREDICTED:
        deciding: tuple[Status, ...] = (Status.FAIL,)
        verdicts = [f.verdict for f in findings if f.status is Status.FAIL]
        verdicts += [r.verdict for _, r in results if r.status is Status.FAIL]
        if all(verdict is not None and verdict.inferred for verdict in verdicts):
            confidence = Ground.INFERRED
    elif status is FaultStatus.NOT_RULED_OUT:
        deciding = UNDECIDED
    elif status is FaultStatus.RULED_OUT:
        deciding = (Status.PASS,)
    else:
        deciding = ()
    decisive = [finding for finding in findings if finding.status in deciding]
    personal = [(user, result) for user, result in results if result.status in deciding]
    return FaultPrediction(
        fault,
        status,
        confidence,
        because=(*(f.id for f in decisive), *(user_finding_id(user, result) for user, result in personal)),
        missing=_missing(decisive, personal) if status is FaultStatus.NOT_RULED_OUT else (),
        users_affected=_affected(status, fault, decisive, personal, users),
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
    users: tuple[UserPrediction, ...],
) -> int:
    if status is FaultStatus.PREDICTED:
        return sum(fault.id in user.faults for user in users)
    if status is not FaultStatus.NOT_RULED_OUT:
        return 0
    reach = _Reach()
    for finding in findings:
        reach.add(finding, (fault.id,))
    if reach.everybody:
        return len(users)
    touched = {id(user) for user, _ in personal}
    return sum(id(each.user) in touched or bool(reach.own(each.user.row.sip_domain)) for each in users)


def user_finding_id(user: AssessedUser, result: UserResult) -> str:
    suffix = f"#{user.number}" if user.number > 1 else ""
    return f"{result.check.id}@{user.row.subject}{suffix}".lower()
