"""The order of the fixes, and how many users each one unblocks once those before it are done."""

from collections import Counter
from collections.abc import Iterable

from checker.assess import Assessment
from checker.faults import FAULTS
from checker.model.checks import Check, Remediation
from checker.model.findings import Finding, UserResult
from checker.model.report import Fix
from checker.model.verdicts import Status
from checker.predict import Prediction, blocks

MOST_REMEDIES = 100  # of one user check; every user with all reasons is in users.csv


def fixes(assessment: Assessment, prediction: Prediction) -> tuple[Fix, ...]:
    """What blocks first, in the order in which the cmdlet would meet it; then what degrades, in catalogue order.

    A check that failed for several subjects stands once for each distinct remedy, and its users with the last of them.
    """
    judged: dict[str, Check] = {}
    remedies: dict[str, dict[Remediation, None]] = {}
    for finding in assessment.findings:
        if finding.status is Status.FAIL:
            judged[finding.check.id] = finding.check
            remedies.setdefault(finding.check.id, {})[finding.remediation] = None
    for result in (result for user in assessment.users for result in user.results if result.status is Status.FAIL):
        judged[result.check.id] = result.check
        listed = remedies.setdefault(result.check.id, {})
        if len(listed) < MOST_REMEDIES:
            listed[remedy_of(result)] = None
    step = {fault.id: fault.step for fault in FAULTS}

    def met_at(check: Check) -> int:
        return min((step[fault] for fault in check.predicts), default=99) if blocks(check) else 99

    ordered = sorted(remedies, key=lambda check_id: met_at(judged[check_id]))
    unblocked = _newly_moving(((user.blockers, user.undetermined) for user in prediction.users), ordered)
    own = _newly_moving(((user.own_blockers, user.own_undetermined) for user in prediction.users), ordered)
    entries = [
        (check_id, remedy, place == len(remedies[check_id]))
        for check_id in ordered
        for place, remedy in enumerate(remedies[check_id], start=1)
    ]
    return tuple(
        Fix(
            order=place,
            check=check_id,
            remediation=remedy,
            users_unblocked=unblocked[check_id] if last else 0,
            own_unblocked=own[check_id] if last else 0,
        )
        for place, (check_id, remedy, last) in enumerate(entries, start=1)
    )


def remedy_of(result: UserResult) -> Remediation:
    """A user's result filled in as a finding's would be."""
    return Finding.filled(result.check.remediation, result.verdict)


def _newly_moving(users: Iterable[tuple[frozenset[str], bool]], order: list[str]) -> Counter[str]:
    """For each check, the users whose last obstacle it is when the checks are fixed in this order."""
    place = {check_id: index for index, check_id in enumerate(order)}
    last: Counter[str] = Counter()
    for (blockers, undetermined), number in Counter(users).items():
        if blockers and not undetermined:
            last[max(blockers, key=place.__getitem__)] += number
    return last
