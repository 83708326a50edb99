"""A check of users of whom the reports do not name all: compared by how many came out how.

What is claimed holds whoever they are: users who were unknown, and users who joined or left the batch, are taken off.
"""

from checker.comparing.batches import Batches
from checker.comparing.difference import Change
from checker.comparing.half import Half, in_vain
from checker.comparing.pairs import Judged, another_rule
from checker.comparing.terms import Terms
from checker.model.report import CheckCount
from checker.model.verdicts import Status


def of_counts(check: str, then: Half, now: Half, batches: Batches, terms: Terms) -> Judged:
    """The class, and why. Both reports have the check."""
    old, new = then.checks[check], now.checks[check]
    if why := another_rule(old.revision, new.revision):
        return Change.NOT_COMPARABLE, why
    for half in (now, then):
        whole = half.of_the_whole.get(check)
        if whole and whole.status is Status.UNKNOWN:
            return Change.NOT_COMPARABLE, in_vain(whole, half.when)
        if half.users_left_out:
            return Change.NOT_COMPARABLE, f"users were left out on purpose {half.when}"
    if terms.another_phase:
        return Change.NOT_COMPARABLE, terms.another_phase
    if batches.joined is None or batches.left is None:
        return Change.NOT_COMPARABLE, "nobody can say here whether they are the same users"
    return _of_one_batch(old, new, batches.joined, batches.left)


def _of_one_batch(old: CheckCount, new: CheckCount, joined: int, left: int) -> Judged:
    worse = max(_beyond(old, new, joined), _beyond(old, new, joined, warnings=True))
    if worse > 0:
        return Change.REGRESSED, f"at least {worse} of them were better then"
    unaccepted = new.fail - new.waived.fail - (old.fail - old.waived.fail) - old.unknown - joined
    if old.waived.fail > new.waived.fail and unaccepted > 0:
        return Change.WAIVER_LAPSED, f"{old.waived.fail} were accepted then, {new.waived.fail} are now"
    if new.unknown > old.unknown + joined:
        return Change.NOT_COMPARABLE, f"{new.unknown} could not be looked at now, {old.unknown} then"
    better = max(_beyond(new, old, left), _beyond(new, old, left, warnings=True))
    if better > 0:
        return Change.FIXED, f"at least {better} of them are better now"
    if _bad(old) == _bad(new) and not joined and not left:
        return Change.SAME, "the counts are the same; who they are is not told"
    return Change.NOT_COMPARABLE, "the counts do not tell who became better or worse"


def _beyond(base: CheckCount, more: CheckCount, others: int, *, warnings: bool = False) -> int:
    """How many at least are among those of ``more`` and were looked at, and none of them, in ``base``."""
    before, after = (each.fail + each.warn if warnings else each.fail for each in (base, more))
    return after - before - base.unknown - others


def _bad(count: CheckCount) -> tuple[int, int, int]:
    return count.warn, count.fail, count.unknown
