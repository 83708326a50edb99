"""In which order to fix what blocks, so that most users can be moved soonest: greedy, and not claimed to be the best.

Each step takes the check whose fix, with what that fix needs done before it, lets most users move now. Where no single
one lets anybody, it takes the set of checks that lets most users move for each fix in it. A check counts as fixed for
all its subjects at once.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from checker.fix_order import in_order
from checker.model.report import Fix
from checker.predict import UserPrediction


@dataclass(frozen=True)
class Step:
    """``order`` starts at 1. ``moving``: users who move once this and all earlier steps are done; ``more`` of them did
    not before. ``freed``: users whom nothing blocks any more, those included of whom nobody can say that they move.

    ``of``: of how many fixes, wanted together, it is one; 1 where it frees somebody by itself. ``fixes`` holds one for
    each distinct remedy.
    """

    order: int
    check: str
    fixes: tuple[Fix, ...]
    more: int
    moving: int
    freed: int
    of: int


def greedy_plan(users: Iterable[UserPrediction], fixes: Sequence[Fix], blocking: Set[str]) -> tuple[Step, ...]:
    """``fixes`` is the report's list, each after those it needs; ``blocking`` the ids of the checks that failed and
    block. What blocks no user of the batch comes last.
    """
    places = {fix.check: place for place, fix in reversed(tuple(enumerate(fixes)))}
    needs = {check: frozenset(in_order(places, {check})) for check in places}
    crowd = _Crowd(users)
    remedies = {check: tuple(fix for fix in fixes if fix.check == check) for check in places}
    done: set[str] = set()
    steps: list[Step] = []
    while bundle := _next(crowd, needs, places, done) or _unneeded(blocking, needs, places, done):
        for together in _together(bundle, crowd, done):
            for check in together:
                before, _ = crowd.gain(done)
                done.add(check)
                moving, freed = crowd.gain(done)
                steps.append(
                    Step(
                        order=len(steps) + 1,
                        check=check,
                        fixes=remedies[check],
                        more=moving - before,
                        moving=moving,
                        freed=freed,
                        of=len(together),
                    )
                )
    return tuple(steps)


class _Crowd:
    """The users as bits of one number for each check: what a set of fixes frees is then found without comparing it
    with what blocks each of 100,000 users, who may have thousands of different sets of blockers.
    """

    def __init__(self, users: Iterable[UserPrediction]) -> None:
        self.blockers: set[frozenset[str]] = set()
        self._stopped_by: defaultdict[str, int] = defaultdict(int)
        self._open = 0
        size = 0
        for (blockers, undetermined), number in Counter((user.blockers, user.undetermined) for user in users).items():
            bits = ((1 << number) - 1) << size
            size += number
            self.blockers.add(blockers)
            self._open |= bits if undetermined else 0
            for check in blockers:
                self._stopped_by[check] |= bits
        self._everybody = (1 << size) - 1

    def gain(self, done: Set[str]) -> tuple[int, int]:
        """Users who would move, and users whom nothing would block."""
        stopped = 0
        for check, bits in self._stopped_by.items():
            if check not in done:
                stopped |= bits
        free = self._everybody & ~stopped
        return (free & ~self._open).bit_count(), free.bit_count()


def _together(bundle: Sequence[str], crowd: _Crowd, done: Set[str]) -> Iterator[tuple[str, ...]]:
    """The bundle cut after each check that frees somebody."""
    waiting: tuple[str, ...] = ()
    fixed = set(done)
    _, freed = crowd.gain(fixed)
    for check in bundle:
        waiting = (*waiting, check)
        fixed.add(check)
        _, now = crowd.gain(fixed)
        if now > freed:
            yield waiting
            waiting, freed = (), now
    if waiting:
        yield waiting


def _next(crowd: _Crowd, needs: Mapping[str, frozenset[str]], places: Mapping[str, int], done: Set[str]) -> list[str]:
    """The checks to fix next, in their order; empty when nobody is blocked."""
    blocked = [blockers for blockers in crowd.blockers if not blockers <= done]
    now = crowd.gain(done)

    def more(bundle: frozenset[str]) -> tuple[int, int]:
        moves, freed = crowd.gain(bundle | done)
        return moves - now[0], freed - now[1]

    gains = {bundle: more(bundle) for bundle in {needs[check] - done for check in frozenset().union(*blocked) - done}}
    helping = [bundle for bundle, gain in gains.items() if gain != (0, 0)]
    if helping:
        best = min(helping, key=lambda bundle: (*(-gain for gain in gains[bundle]), _earliest(bundle, places)))
        return sorted(best, key=places.__getitem__)
    sets = {frozenset[str]().union(*(needs[check] for check in blockers)) - done for blockers in blocked}
    if not sets:
        return []

    def cost(bundle: frozenset[str]) -> tuple[float, float, int, tuple[int, ...]]:
        moves, freed = more(bundle)
        return -moves / len(bundle), -freed / len(bundle), len(bundle), _earliest(bundle, places)

    cheapest: frozenset[str] = min(sets, key=cost)
    return sorted(cheapest, key=places.__getitem__)


def _unneeded(
    blocking: Set[str], needs: Mapping[str, frozenset[str]], places: Mapping[str, int], done: Set[str]
) -> list[str]:
    """What blocks, and no user of the batch: the next one of it."""
    for check in sorted(blocking - done, key=places.__getitem__):
        return sorted(needs[check] - done, key=places.__getitem__)
    return []


def _earliest(bundle: Iterable[str], places: Mapping[str, int]) -> tuple[int, ...]:
    """Ties go to what the cmdlet is thought to meet first."""
    return tuple(sorted(places[check] for check in bundle))
