"""One judging: from what a check's function returned or raised to a status, for a subject or for the users in bulk."""

import traceback
from array import array
from collections.abc import Callable, Sequence

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
    """One user check over the whole batch. Passes, and what does not apply, are counted; the rest is kept.

    ``places`` are those of the users in the batch, ascending, ``others`` what was said of them; users of whom the same
    was said share one object.
    """

    def __init__(self, check: UserCheck, rows: Sequence[UserRow], judge: Callable[[UserRow], Verdict]) -> None:
        """Judges. A bug, or a fact that is missing for one user alone, costs that user's result and no other's."""
        self.places = array("L")
        self.others: list[UserResult] = []
        said: dict[int, UserResult] = {}  # by identity of the verdict, which the result keeps alive
        unknown: dict[Unknown, UserResult] = {}
        without_subject = 0
        for place, row in enumerate(rows):
            try:
                verdict = judge(row)
            except Exception as error:  # as around every judge
                why = as_unknown(error)
                result = unknown.setdefault(why, UserResult(check, Status.UNKNOWN, None, why))
            else:
                if verdict.claim is Claim.HOLDS:
                    continue
                if verdict.claim is Claim.NOT_APPLICABLE:
                    without_subject += 1
                    continue
                if (found := said.get(id(verdict))) is None:
                    found = said[id(verdict)] = UserResult(check, status_of(verdict, check.worst), verdict, None)
                result = found
            self.places.append(place)
            self.others.append(result)
        self.counts = {status: sum(each.status is status for each in self.others) for status in Status}
        self.counts[Status.NOT_APPLICABLE] = without_subject
        self.counts[Status.PASS] = len(rows) - len(self.others) - without_subject
