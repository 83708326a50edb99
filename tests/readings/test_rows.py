from collections.abc import Callable

import pytest

from checker.model.answers import Json
from checker.model.undecided import Unreadable
from checker.readings import rows


def test_property_names_have_no_case_and_may_be_several() -> None:
    row = {"sipaddress": "sip:a@b", "Enabled": True}
    assert rows.text(row, "SipAddress") == "sip:a@b"
    assert rows.flag(row, "IsSipEnabled", "enabled") is True
    assert rows.has(row, "SIPADDRESS") and not rows.has(row, "Sip")


def test_null_is_there_and_absent_is_not() -> None:
    assert rows.has({"Identity": None}, "Identity")
    assert rows.text({"Identity": None}, "Identity") == ""
    with pytest.raises(Unreadable, match="no property Identity"):
        rows.text({}, "Identity", "Name")


@pytest.mark.parametrize(("value", "said"), [(True, True), ("True", True), (" false ", False), (False, False)])
def test_a_switch_is_a_boolean_or_its_name(value: Json, said: bool) -> None:
    assert rows.flag({"Enabled": value}, "Enabled") is said


@pytest.mark.parametrize("value", [None, "", 1, 0, "yes", [True]])
def test_nothing_else_is_a_switch(value: Json) -> None:
    with pytest.raises(Unreadable, match="neither True nor False"):
        rows.flag({"Enabled": value}, "Enabled")


@pytest.mark.parametrize(
    ("value", "read"),
    [(" x ", "x"), (5061, "5061"), (True, "True"), ({"@text": " edge.contoso.com "}, "edge.contoso.com")],
)
def test_a_wrapped_scalar_is_its_string_form(value: Json, read: str) -> None:
    assert rows.text({"Name": value}, "Name") == read


@pytest.mark.parametrize("value", [["x"], {"Major": 7}])
def test_what_has_no_string_form_is_unreadable(value: Json) -> None:
    with pytest.raises(Unreadable, match="Name cannot be read as text"):
        rows.text({"Name": value}, "Name")


@pytest.mark.parametrize(("value", "read"), [(None, ()), ("", ()), ([], ()), ("a", ("a",)), (["a", 1], ("a", "1"))])
def test_a_list_may_arrive_bare_or_as_nothing(value: Json, read: tuple[str, ...]) -> None:
    assert rows.texts({"Computers": value}, "Computers") == read


@pytest.mark.parametrize("reader", [rows.raw, rows.flag, rows.text, rows.items, rows.texts])
def test_an_absent_property_is_never_empty(reader: Callable[[rows.Row, str], Json]) -> None:
    with pytest.raises(Unreadable):
        reader({"Other": 1}, "Wanted")


def test_nothing_is_called_by_its_name() -> None:
    assert rows.named(["a", "b"]) == "a, b"
    assert rows.named([]) == "none"
    assert rows.named([], "no pool") == "no pool"
