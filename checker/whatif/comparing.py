"""Two judgings of one snapshot beside each other: what a change would change, and nothing else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from checker.assess import Assessment
from checker.model.checks import Check, Scope
from checker.model.findings import FaultStatus, Finding, Outcome, Tally
from checker.model.report import OutcomeCounts, Report, RunVerdict
from checker.model.verdicts import Status
from checker.predict import Prediction
from checker.whatif.settings import Change

MOST_USERS = 100  # named in a list of those whose outcome changes


@dataclass(frozen=True)
class Judged:
    assessment: Assessment
    prediction: Prediction
    report: Report


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    verdict: RunVerdict
    exit_code: int


class FaultChange(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    before: FaultStatus
    after: FaultStatus


class FindingChange(msgspec.Struct, frozen=True, kw_only=True):
    """``null``: there is no such finding, because its subject is not there. ``observed`` is what is seen afterwards, or
    why nobody could say.
    """

    id: str
    check: str
    before: Status | None
    after: Status | None
    observed: str


class UserCheckChange(msgspec.Struct, frozen=True, kw_only=True):
    """How many users a check came out how for."""

    check: str
    before: Tally
    after: Tally


class UserChange(msgspec.Struct, frozen=True, kw_only=True):
    user: str
    before: Outcome | None
    after: Outcome | None


class UserCounts(msgspec.Struct, frozen=True, kw_only=True):
    total: int
    moves: int
    blocked: int
    undetermined: int
    own: OutcomeCounts


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """``unanswered``: questions that are asked because of the change, and that the snapshot does not answer: what rests
    on them is unknown. ``users_changed`` counts whose outcome changes; ``user_changes`` names the first 100.
    """

    changes: tuple[Change, ...]
    before: Verdict
    after: Verdict
    faults: tuple[FaultChange, ...]
    findings: tuple[FindingChange, ...]
    user_checks: tuple[UserCheckChange, ...]
    users_before: UserCounts
    users_after: UserCounts
    users_changed: int
    user_changes: tuple[UserChange, ...]
    unanswered: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return self.before == self.after and not (
            self.faults or self.findings or self.user_checks or self.users_changed
        )


def compared(
    before: Judged, after: Judged, checks: Iterable[Check], changes: Iterable[Change], unanswered: Iterable[str]
) -> Difference:
    """``checks`` is the catalogue that judged both."""
    users = tuple(_users(before.prediction, after.prediction))
    was, now = before.assessment.tallies, after.assessment.tallies
    return Difference(
        changes=tuple(changes),
        before=Verdict(verdict=before.report.verdict, exit_code=before.report.exit_code),
        after=Verdict(verdict=after.report.verdict, exit_code=after.report.exit_code),
        faults=tuple(
            FaultChange(id=old.fault.id, before=old.status, after=new.status)
            for old, new in zip(before.prediction.faults, after.prediction.faults, strict=True)
            if old.status is not new.status
        ),
        findings=tuple(_findings(before.assessment, after.assessment)),
        user_checks=tuple(
            UserCheckChange(check=check.id, before=was[check.id], after=now[check.id])
            for check in checks
            if check.scope is Scope.USER and was[check.id] != now[check.id]
        ),
        users_before=_counts(before.report),
        users_after=_counts(after.report),
        users_changed=len(users),
        user_changes=users[:MOST_USERS],
        unanswered=tuple(unanswered),
    )


def _findings(before: Assessment, after: Assessment) -> Iterator[FindingChange]:
    """In catalogue order; what is said of users stands in the counts of their checks."""
    was, now = _of_no_user(before), _of_no_user(after)
    place = {check_id: place for place, check_id in enumerate(before.tallies)}
    both = was | now
    for id_ in sorted(both, key=lambda id_: (place[both[id_].check.id], id_)):
        old, new = was.get(id_), now.get(id_)
        if old is None or new is None or old.status is not new.status:
            yield FindingChange(
                id=id_,
                check=both[id_].check.id,
                before=old.status if old else None,
                after=new.status if new else None,
                observed=_observed(new) if new else "",
            )


def _of_no_user(assessment: Assessment) -> dict[str, Finding]:
    return {finding.id: finding for finding in assessment.findings if finding.check.scope is not Scope.USER}


def _observed(finding: Finding) -> str:
    if finding.verdict is None:
        return finding.unknown.detail if finding.unknown else ""
    return finding.verdict.observed or finding.verdict.summary


def _users(before: Prediction, after: Prediction) -> Iterator[UserChange]:
    was = {(each.user.row.subject, each.user.number): each.outcome for each in before.users}
    now = {(each.user.row.subject, each.user.number): each.outcome for each in after.users}
    for key in dict.fromkeys((*was, *now)):
        if was.get(key) is not now.get(key):
            yield UserChange(user=key[0], before=was.get(key), after=now.get(key))


def _counts(report: Report) -> UserCounts:
    users = report.users
    return UserCounts(
        total=users.total, moves=users.moves, blocked=users.blocked, undetermined=users.undetermined, own=users.own
    )
