"""The lists for Move-CsUser -UserList."""

from checker.model.findings import Outcome
from checker.rendering.move_lists import move_lists
from tests.rendering.predictions import prediction, user


def test_who_moves_now_and_who_moves_later() -> None:
    batch = prediction(
        user("b@contoso.com"),
        user("a@contoso.com", Outcome.BLOCKED, Outcome.MOVES),
        user("c@contoso.com", Outcome.BLOCKED, Outcome.BLOCKED),
        user("d@contoso.com", Outcome.UNDETERMINED, Outcome.UNDETERMINED),
    )
    assert move_lists(batch) == {
        "move-users.txt": "sip:b@contoso.com",
        "move-users-after-fixes.txt": "sip:b@contoso.com,sip:a@contoso.com",
    }


def test_an_address_that_would_break_the_list_is_left_out() -> None:
    hostile = ("", "no-address", "a,sip:b@contoso.com", "a b@contoso.com", "a\n@contoso.com", "a\u202e@contoso.com")
    batch = prediction(*map(user, hostile), user("a@contoso.com"), user("a@contoso.com"))
    assert move_lists(batch)["move-users.txt"] == "sip:a@contoso.com"


def test_a_upn_is_no_sip_address() -> None:
    assert move_lists(prediction(user("", upn="a@contoso.com")))["move-users.txt"] == ""


def test_a_wave_is_of_one_pool_and_of_no_more_users_than_asked_for() -> None:
    homes = {"a": "fe01", "b": "fe02", "c": "fe01", "d": "fe01", "e": "fe02"}
    batch = prediction(*(user(f"{name}@contoso.com", pool=f"{pool}.contoso.com") for name, pool in homes.items()))
    lists = move_lists(batch, wave_size=2)
    assert {name: content for name, content in lists.items() if name.startswith("move-users-0")} == {
        "move-users-01.txt": "sip:a@contoso.com,sip:c@contoso.com",
        "move-users-02.txt": "sip:d@contoso.com",
        "move-users-03.txt": "sip:b@contoso.com,sip:e@contoso.com",
    }
    assert lists["move-users.txt"].count("sip:") == 5


def test_every_user_is_in_exactly_one_wave_and_the_names_sort_as_the_waves_do() -> None:
    batch = prediction(*(user(f"user{number:03}@contoso.com") for number in range(101)))
    lists = move_lists(batch, wave_size=1)
    waves = [name for name in lists if name.startswith("move-users-0") or name.startswith("move-users-1")]
    assert waves == sorted(waves) and len(waves) == 101
    assert ",".join(lists[name] for name in waves) == lists["move-users.txt"]


def test_nobody_to_move_makes_no_wave() -> None:
    stuck = prediction(user("a@contoso.com", Outcome.BLOCKED, Outcome.BLOCKED))
    assert move_lists(stuck, wave_size=10) == {"move-users.txt": "", "move-users-after-fixes.txt": ""}
