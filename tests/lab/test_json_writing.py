"""What ConvertTo-Json of Windows PowerShell is imitated in."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from checker.lab.json_writing import json_document
from checker.lab.powershell_objects import Enumeration, Thing, Value, Version

INNERMOST = Thing(("Edge.DomainPattern",), {"Domain": "a.example"}, "Domain=a.example")
OUTER = Thing(("Outer",), {"Inner": Thing(("Inner",), {"Listed": [INNERMOST, INNERMOST]})})


def read(*values: Value, depth: int = 2) -> Any:
    return json.loads(json_document(values, depth))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Enumeration("Level", "UseSourceVerification", 1), "UseSourceVerification"),
        (datetime(2026, 1, 15, 9, 30, tzinfo=UTC), "/Date(1768469400000)/"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (Version("7.0.2046"), {"Major": 7, "Minor": 0, "Build": 2046, "Revision": -1}),
        (True, True),
        (None, None),
    ],
)
def test_a_value_is_written_as_what_it_is_there(value: Value, written: object) -> None:
    assert read(Thing((), {"Value": value}))["Value"] == written


def test_a_list_of_objects_is_cut_off_a_level_earlier_than_one_object() -> None:
    assert read(OUTER) == {"Inner": {"Listed": ["Domain=a.example", "Domain=a.example"]}}
    assert read(OUTER, OUTER) == [{"Inner": {"Listed": "Domain=a.example Domain=a.example"}}] * 2
    assert read(OUTER, depth=0) == {"Inner": "Inner"}, "a class that says no text leaves its name"


def test_what_html_could_take_for_its_own_is_escaped_and_nothing_else() -> None:
    assert json_document(("O'Neill & <é>",), 2) == r'"O\u0027Neill \u0026 \u003cé\u003e"'
