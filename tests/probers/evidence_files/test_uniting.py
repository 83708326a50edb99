"""Rows of several files: what is the same object, and what is a contradiction."""

from pathlib import Path

import pytest

from checker.model.answers import Json
from checker.probers.evidence_files.uniting import canonical
from tests.probers.evidence_files.making import evidence, onprem, said

Row = dict[str, Json]
CLASH = "malformed contradiction"


def united(at: Path, cmdlet: str, properties: str, first: list[Json], second: list[Json]) -> Json:
    files = evidence(at, {f"onprem/{cmdlet}--1.json": first, f"onprem/{cmdlet}--2.json": second})
    return said(files, onprem(cmdlet, *properties.split()))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"Enabled": True}, {"Enabled": "True"}, {"Enabled": True}),
        ({"Enabled": True}, {"Enabled": False}, CLASH),
        ({"Enabled": True}, {"Enabled": None}, CLASH),
        ({"Enabled": True}, {"enabled": False}, CLASH),
        ({"Enabled": True}, {"ProxyFqdn": "a"}, {"Enabled": True, "ProxyFqdn": "a"}),
        ({"ProxyFqdn": {"@text": "A"}}, {"ProxyFqdn": "a"}, {"ProxyFqdn": {"@text": "A"}}),
        ({"Enabled": True, "@type": "x"}, {"Enabled": True}, {"Enabled": True, "@type": "x"}),
        ({"Enabled": True, "Comment": "a"}, {"Enabled": True, "Comment": "b"}, {"Enabled": True}),
    ],
)
def test_the_same_object_in_two_files(tmp_path: Path, first: Row, second: Row, expected: Json) -> None:
    name = {"Identity": "Office365"}
    found = united(tmp_path, "Get-CsHostingProvider", "Identity Enabled ProxyFqdn", [name | first], [name | second])

    assert found == (expected if isinstance(expected, str) else [name | expected])


def test_objects_with_two_identities_are_two_whatever_else_they_share(tmp_path: Path) -> None:
    first: Row = {"Identity": "CN=1", "UserPrincipalName": "a@x", "Enabled": True}
    second: Row = {"Identity": "CN=2", "UserPrincipalName": "a@x", "Enabled": False}

    assert united(tmp_path, "Get-CsUser", "Identity Enabled", [first], [second]) == [first, second]


def test_an_object_without_an_identity_is_known_by_the_next_best_name(tmp_path: Path) -> None:
    first: Row = {"Identity": "CN=1", "UserPrincipalName": "a@x"}
    second: Row = {"UserPrincipalName": "A@x", "Enabled": True}

    assert united(tmp_path, "Get-CsUser", "Identity UserPrincipalName Enabled", [first], [second]) == [
        first | second | first
    ]


def test_objects_without_a_name_are_the_same_only_if_they_are_equal(tmp_path: Path) -> None:
    one: Row = {"DisplayName": "Teams Administrator"}
    other: Row = {"DisplayName": "User Administrator"}

    assert united(tmp_path, "Get-CsSite", "DisplayName", [one, one], [one, other]) == [one, one, other]


def test_no_value_is_too_odd_to_be_compared() -> None:
    odd: Json = [10**30, "\ud800", {"b": 1, "A": None}, float("nan"), [[]]]

    assert canonical(odd) == canonical(odd[::-1])


@pytest.mark.parametrize(
    ("one", "other", "are_alike"),
    [
        (None, [], True),
        ("", None, True),
        (["a"], "A", True),
        (["a", "b"], ["b", "a"], True),
        ({"@text": "x", "Y": 1}, "X", True),
        ({"a": [1]}, {"A": "1"}, True),
        (5061, "5061", True),
        (False, None, False),
        (0, None, False),
    ],
)
def test_values_are_compared_without_the_form_that_a_file_gave_them(one: Json, other: Json, are_alike: bool) -> None:
    assert (canonical(one) == canonical(other)) is are_alike
