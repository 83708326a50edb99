"""Users as the HTML report lists them: one short line each, those who do not move first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from checker.model.findings import Outcome
from checker.model.verdicts import Status
from checker.predict import Prediction, UserPrediction
from checker.rendering.spreadsheets import left_behind

MOST_USERS = 5_000


@dataclass(frozen=True, slots=True)
class UserLine:
    """``reasons``: ids of the checks that block the user, or that nobody could answer, separated by a space."""

    sip_address: str
    outcome: str
    own_outcome: str
    faults: tuple[str, ...]
    reasons: str


def user_lines(prediction: Prediction, most: int = MOST_USERS) -> tuple[UserLine, ...]:
    """At most so many, each group in the order of the batch."""
    users = prediction.users
    stuck = (user for user in users if user.own_outcome is not Outcome.MOVES)
    others = (user for user in users if user.own_outcome is Outcome.MOVES)
    return tuple(_line(user) for _, user in zip(range(most), _chained(stuck, others), strict=False))


def user_lines_of_csv(rows: Iterable[Mapping[str, str]], most: int = MOST_USERS) -> tuple[UserLine, ...]:
    """The same out of users.csv. Raises ``KeyError`` for a table that is none."""
    lines = [
        UserLine(
            row["sip_address"],
            row["outcome"],
            row["own_outcome"],
            tuple(filter(None, row["faults"].split(";"))),
            " ".join(dict.fromkeys(each.partition(":")[0] for each in row["reasons"].split(";") if each)),
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda line: line.own_outcome == Outcome.MOVES.value)[:most])


def _chained(*groups: Iterable[UserPrediction]) -> Iterator[UserPrediction]:
    for group in groups:
        yield from group


def _line(user: UserPrediction) -> UserLine:
    failing = {
        each.check.id: None
        for each in user.user.results
        if each.status in (Status.FAIL, Status.UNKNOWN) and not left_behind(each)
    }
    reasons = " ".join(dict.fromkeys((*failing, *sorted(user.own_blockers))))
    return UserLine(user.user.row.subject, user.outcome.value, user.own_outcome.value, user.faults, reasons)
