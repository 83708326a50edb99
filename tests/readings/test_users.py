import pytest

from checker.model.answers import Json, Objects
from checker.model.axes import Direction
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import Fact, NoAnswer
from checker.model.target import Target
from checker.model.undecided import Undecided, Unreadable
from checker.model.users import UserRow
from checker.readings.users import ON_PREMISES_USERS, batch, must_be_read, read_user
from tests.judging import CONTOSO, DENIED, NOW, contoso, objects


def user(name: str, home: str = "SRV:", **more: Json) -> dict[str, Json]:
    named = {"Identity": f"CN={name}", "SipAddress": f"sip:{name}@contoso.com", "HostingProvider": home}
    return {**named, "SamAccountName": name.upper(), "UserPrincipalName": f"{name}@Corp.contoso.com", **more}


def rows_of(target: Target, answer: Objects | NoAnswer) -> tuple[UserRow, ...]:
    return batch(target)(Evidence({ON_PREMISES_USERS: Fact(probe=ON_PREMISES_USERS, answer=answer, observed_at=NOW)}))


def test_an_object_without_a_distinguished_name_is_no_user() -> None:
    with pytest.raises(Unreadable):
        read_user({"SipAddress": "sip:a@contoso.com"})


def test_a_missing_switch_is_not_false() -> None:
    read = read_user({"Identity": "CN=A", "EnterpriseVoiceEnabled": "False"})
    assert read.enabled is None and read.enterprise_voice is False


def test_a_switch_that_cannot_be_read_costs_no_other_user_anything() -> None:
    answer = objects(user("anna", Enabled=["True"]), user("bob", Enabled=True))
    assert [row.user and row.user.enabled for row in rows_of(CONTOSO, answer)] == [None, True]


def test_everybody_homed_on_premises_is_the_batch_where_nobody_is_named() -> None:
    answer = objects(user("zoe"), user("anna"), user("bob", "sipfed.online.lync.com"))
    assert [row.subject for row in rows_of(CONTOSO, answer)] == ["anna@contoso.com", "zoe@contoso.com"]
    back = contoso(direction=Direction.TO_ONPREM)
    assert [row.subject for row in rows_of(back, answer)] == ["bob@contoso.com"]


@pytest.mark.parametrize("direction", Direction)
def test_whose_home_was_not_read_is_not_left_out_of_everybody(direction: Direction) -> None:
    unread = {name: value for name, value in user("zoe").items() if name != "HostingProvider"}
    answer = objects(unread, user("anna", ""))
    assert [row.subject for row in rows_of(contoso(direction=direction), answer)] == [
        "anna@contoso.com",
        "zoe@contoso.com",
    ]


@pytest.mark.parametrize("name", ["sip:Anna@contoso.com", "anna@corp.contoso.com", "cn=anna", "anna", "ANNA"])
def test_a_user_may_be_named_in_any_of_the_usual_ways(name: str) -> None:
    (row,) = rows_of(contoso(users=(name,)), objects(user("anna")))
    assert row.subject == "anna@contoso.com" and row.sip_domain == "contoso.com"


def test_the_list_keeps_its_order_and_what_it_names_in_vain() -> None:
    rows = rows_of(contoso(users=("zoe@contoso.com", "nobody@contoso.com", "anna")), objects(user("anna"), user("zoe")))
    assert [row.subject for row in rows] == ["zoe@contoso.com", "nobody@contoso.com", "anna@contoso.com"]
    assert rows[1].found == ()


def test_two_objects_of_one_name_are_both_kept() -> None:
    twins = objects(user("anna"), user("anna", Identity="CN=Other"))
    (row,) = rows_of(contoso(users=("anna@contoso.com",)), twins)
    assert row.found is not None and len(row.found) == 2


def test_a_name_missing_from_a_part_of_all_users_is_not_judged_missing() -> None:
    (row,) = rows_of(contoso(users=("anna",)), objects(user("bob"), complete=False))
    assert row.found is None
    with pytest.raises(Undecided):
        must_be_read(row)


def test_a_part_of_all_users_is_not_everybody() -> None:
    with pytest.raises(Undecided):
        rows_of(CONTOSO, objects(user("bob"), complete=False))


def test_an_unread_directory_leaves_a_list_and_no_batch_without_one() -> None:
    (row,) = rows_of(contoso(users=("sip:Anna@contoso.com",)), DENIED)
    assert (row.subject, row.found) == ("anna@contoso.com", None)
    with pytest.raises(Unanswered):
        rows_of(CONTOSO, DENIED)


def test_the_join_is_made_once_for_equal_targets() -> None:
    assert batch(CONTOSO) == batch(contoso()) and hash(batch(CONTOSO)) == hash(batch(contoso()))
    assert batch(CONTOSO) != batch(contoso(users=("anna",)))


@pytest.mark.parametrize("row", [{"Identity": "Office365"}, {"Identity": "contoso.com", "SipAddress": None}])
def test_an_object_of_another_cmdlet_is_no_user(row: dict[str, object]) -> None:
    with pytest.raises(Unreadable):
        read_user(row)
