"""What the reader must know of the batch: users listed twice, unknown, in no list; and how little a way back shows."""

from collections.abc import Iterator, Sequence

from checker.model.axes import Direction
from checker.model.facts import Notice
from checker.model.findings import Outcome
from checker.model.target import Target
from checker.predict import UserPrediction
from checker.rendering.commands import sip_uri

_WAY_BACK = Notice(
    code="few-sources-for-a-move-back",
    text="of a move back the sources name only what is judged of the users here: rights, module and builds are not",
    where="",
)
_MOST = 10  # of one kind; users.csv has all


def batch_notices(target: Target, users: Sequence[UserPrediction]) -> tuple[Notice, ...]:
    """With the line of the users file, where there is one; of each kind the first, and how many more there are.

    ``users`` is the batch in the order of ``target.users``, where that is a list.
    """
    twice, unknown, unlisted = [], [], []
    for place, each in enumerate(users):
        row = each.user.row
        if target.users is not None and each.user.number > 1:
            twice.append((place, f"{row.subject} is listed more than once"))
        if target.users is not None and row.found == ():
            unknown.append((place, f"{row.asked_as}: no object of Get-CsUser has this name"))
        if Outcome.MOVES in (each.outcome, each.own_outcome) and not sip_uri(row):
            unlisted.append((place, f"{row.subject}: has no SIP address that a list for Move-CsUser could hold"))
    return (
        *_notices("user-listed-twice", twice, target),
        *_notices("user-unknown", unknown, target),
        *_notices("user-not-in-move-lists", unlisted, target),
        *([_WAY_BACK] if target.direction is Direction.TO_ONPREM else []),
    )


def _notices(code: str, said: Sequence[tuple[int, str]], target: Target) -> Iterator[Notice]:
    for place, text in said[:_MOST]:
        where = f"{target.users_file}, line {target.user_lines[place]}" if place < len(target.user_lines) else ""
        yield Notice(code=code, text=text, where=where)
    if left := said[_MOST:]:
        yield Notice(
            code=code, text=f"the same holds for {len(left):,} more; users.csv has them", where=target.users_file
        )
