"""What the report says of the batch as it was listed, by line."""

from checker.batch_notices import batch_notices
from checker.model.axes import Direction
from checker.model.findings import AssessedUser, Outcome
from checker.model.users import OnPremisesUser, UserRow
from checker.predict import UserPrediction
from tests.judging import contoso

ANNA, BEN = "anna@contoso.com", "ben@contoso.com"
NOBODY = frozenset[str]()


def predicted(name: str, *, number: int = 1, is_known: bool | None = True, moves: bool = False) -> UserPrediction:
    found = (OnPremisesUser(name, "", "", True, "SRV:", "", None, ""),) if is_known else None
    row = UserRow(name, () if is_known is False else found)
    outcome = Outcome.MOVES if moves else Outcome.BLOCKED
    return UserPrediction(AssessedUser(row, (), number), outcome, outcome, (), NOBODY, NOBODY, False, False)


def said(*users: UserPrediction, lines: tuple[int, ...] = ()) -> list[tuple[str, str, str]]:
    names = tuple(each.user.row.asked_as for each in users)
    target = contoso(users=names, users_file="wave1.csv" if lines else "", user_lines=lines)
    return [(each.code, each.text, each.where) for each in batch_notices(target, users)]


def test_a_user_listed_twice_is_named_with_the_line() -> None:
    assert said(predicted(ANNA), predicted(BEN), predicted(ANNA, number=2), lines=(2, 3, 7)) == [
        ("user-listed-twice", "anna@contoso.com is listed more than once", "wave1.csv, line 7")
    ]


def test_a_user_whom_nobody_knows_is_named_with_the_line() -> None:
    assert said(predicted(ANNA), predicted(BEN, is_known=False), lines=(1, 2)) == [
        ("user-unknown", "ben@contoso.com: no object of Get-CsUser has this name", "wave1.csv, line 2")
    ]


def test_who_could_not_be_looked_up_is_not_called_unknown() -> None:
    assert said(predicted(ANNA, is_known=None), lines=(1,)) == []


def test_a_list_that_came_from_no_file_has_no_lines() -> None:
    assert [where for _, _, where in said(predicted(BEN, is_known=False))] == [""]


def test_who_moves_and_cannot_be_listed_is_named() -> None:
    hostile = predicted("a,b@contoso.com", moves=True)
    assert [(code, where) for code, _, where in said(hostile, predicted("c;d@contoso.com"), lines=(1, 2))] == [
        ("user-not-in-move-lists", "wave1.csv, line 1")
    ]


def test_where_everybody_is_the_batch_nobody_was_listed_twice() -> None:
    assert batch_notices(contoso(), [predicted(ANNA), predicted(ANNA, number=2)]) == ()


def test_of_many_the_first_are_named_and_the_rest_is_counted() -> None:
    users = [predicted(f"user{number}@contoso.com", is_known=False) for number in range(1200)]
    found = said(*users, lines=tuple(range(1, 1201)))
    assert [where for _, _, where in found[:2]] == ["wave1.csv, line 1", "wave1.csv, line 2"]
    assert found[-1] == ("user-unknown", "the same holds for 1,190 more; users.csv has them", "wave1.csv")
    assert len(found) == 11


def test_a_move_back_says_how_little_the_sources_name_for_it() -> None:
    notices = batch_notices(contoso(direction=Direction.TO_ONPREM), ())
    assert [notice.code for notice in notices] == ["few-sources-for-a-move-back"]
