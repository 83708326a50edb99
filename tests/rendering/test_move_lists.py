"""The lists for Move-CsUser -UserList."""

from checker.model.findings import Outcome
from checker.rendering.move_lists import move_users, move_users_after_fixes
from tests.rendering.predictions import prediction, user


def test_who_moves_now_and_who_moves_later() -> None:
    batch = prediction(
        user("b@contoso.com"),
        user("a@contoso.com", Outcome.BLOCKED, Outcome.MOVES),
        user("c@contoso.com", Outcome.BLOCKED, Outcome.BLOCKED),
        user("d@contoso.com", Outcome.UNDETERMINED, Outcome.UNDETERMINED),
    )
    assert move_users(batch) == "sip:b@contoso.com"
    assert move_users_after_fixes(batch) == "sip:b@contoso.com,sip:a@contoso.com"


def test_an_address_that_would_break_the_list_is_left_out() -> None:
    hostile = ("", "no-address", "a,sip:b@contoso.com", "a b@contoso.com", "a\n@contoso.com", "a\u202e@contoso.com")
    batch = prediction(*map(user, hostile), user("a@contoso.com"), user("a@contoso.com"))
    assert move_users(batch) == "sip:a@contoso.com"


def test_a_upn_is_no_sip_address() -> None:
    assert move_users(prediction(user("", upn="a@contoso.com"))) == ""
