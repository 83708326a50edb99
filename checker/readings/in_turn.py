"""One fact of each user that several sources can say: those are asked in turn, while somebody is left of whom no source
before said it.
"""

from collections.abc import Callable, Iterable

from checker.model.evidence import Unanswered
from checker.model.undecided import Undecided
from checker.model.users import UserRow

State = Callable[[UserRow], bool]


def in_turn(users: Iterable[UserRow], *sources: Callable[[], State]) -> State:
    """``users`` are of the batch. What a source returns, and what this returns, raises ``Undecided`` for a user of whom
    it cannot say it: the first source that was read gives the reason.

    Raises ``Undecided`` when no source can be read at all.
    """
    states: dict[int, bool | Undecided] = {}
    left, silent = list(users), []
    for source in sources:
        if not left:
            break
        try:
            says = source()
        except Undecided as why:
            silent.append(why.with_traceback(None))
            continue
        for user in left:
            said = _said(says, user)
            if isinstance(said, bool) or id(user) not in states:
                states[id(user)] = said
        left = [user for user in left if isinstance(states[id(user)], Undecided)]
    if len(silent) == len(sources):
        raise _all_of(silent)

    def state(user: UserRow) -> bool:
        found = states[id(user)]
        if isinstance(found, Undecided):
            raise found.with_traceback(None)
        return found

    return state


def _said(says: State, user: UserRow) -> bool | Undecided:
    try:
        return says(user)
    except Undecided as why:
        return why.with_traceback(None)


def _all_of(silent: list[Undecided]) -> Undecided:
    """An answer that cannot be read, if there is one; else all questions that nobody answered."""
    unanswered = [each for each in silent if isinstance(each, Unanswered)]
    if len(unanswered) < len(silent):
        return next(each for each in silent if not isinstance(each, Unanswered))
    return Unanswered(tuple(missing for each in unanswered for missing in each.missing))
