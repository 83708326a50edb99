"""One judging: from what a check's function returned or raised to a status, for a subject or for the users in bulk."""

import traceback
from collections import Counter
from collections.abc import Callable

from checker.model.checks import UserCheck, Worst
from checker.model.findings import Unknown, UserResult
from checker.model.undecided import Reason, Undecided
from checker.model.users import UserRow
from checker.model.verdicts import Claim, Status, Verdict


def status_of(verdict: Verdict, worst: Worst) -> Status:
    """The one place where "does not hold" becomes what the check's worst verdict says."""
    match verdict.claim:
        case Claim.HOLDS:
            return Status.PASS
        case Claim.DOES_NOT_HOLD:
            return Status.FAIL if worst is Worst.FAIL else Status.WARN
        case Claim.MIND:
            return Status.WARN
        case Claim.NOT_APPLICABLE:
            return Status.NOT_APPLICABLE


def as_unknown(error: Exception) -> Unknown:
    """What the finding says when judging ended without a verdict.

    Anything but ``Undecided`` is a bug of ours; its traceback is kept in short form and without values, for those could
    be the estate's.
    """
    if isinstance(error, Undecided):
        return Unknown(error.reason, error.detail, error.needs)
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    files = (frame.filename.replace("\\", "/").rpartition("checker/")[2] for frame in frames)
    path = " > ".join(f"{file}:{frame.lineno}" for file, frame in zip(files, frames, strict=True))
    return Unknown(Reason.BUG, f"{type(error).__name__} at {path}", needs="a bug report with this line")


class UserResults:
    """One user check over the whole batch. Passes are counted; ``others`` keeps the rest by place in the batch."""

    def __init__(self, check: UserCheck) -> None:
        self._check = check
        self.counts: Counter[Status] = Counter()
        self.others: dict[int, UserResult] = {}

    def judge(self, place: int, row: UserRow, judge: Callable[[UserRow], Verdict]) -> None:
        """One user. A bug, or a fact that is missing for this user alone, costs this user's result and no other's."""
        try:
            verdict = judge(row)
        except Exception as error:  # as around every judge
            self._keep(place, Status.UNKNOWN, None, as_unknown(error))
            return
        status = status_of(verdict, self._check.worst)
        if status is Status.PASS:
            self.counts[status] += 1
        else:
            self._keep(place, status, verdict, None)

    def _keep(self, place: int, status: Status, verdict: Verdict | None, unknown: Unknown | None) -> None:
        self.counts[status] += 1
        self.others[place] = UserResult(self._check, status, verdict, unknown)
