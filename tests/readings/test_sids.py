import base64

import pytest

from checker.model.answers import Json
from checker.model.undecided import Unreadable
from checker.readings.sids import sid

TEXT = "S-1-5-21-1-2-3-1001"
BYTES = bytes([1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0xE9, 3, 0, 0])


@pytest.mark.parametrize(
    "value",
    [
        TEXT,
        TEXT.lower(),
        [TEXT],
        {"@text": TEXT, "BinaryLength": 28},
        {"Value": TEXT, "BinaryLength": 28},
        [{"Value": TEXT}],
        list(BYTES),
        [list(BYTES)],
        base64.b64encode(BYTES).decode(),
    ],
)
def test_a_sid_is_read_in_every_form(value: Json) -> None:
    assert sid(value, "SID") == TEXT


@pytest.mark.parametrize("value", [None, ""])
def test_what_is_not_set_is_empty(value: Json) -> None:
    assert sid(value, "SID") == ""


@pytest.mark.parametrize(
    "value", ["System.Byte[]", "contoso\\anna", "AQUAAAAA", list(BYTES[:-1]), [1, 2, 3], [], [TEXT, TEXT], {"x": 1}, 7]
)
def test_what_is_no_sid_is_none(value: Json) -> None:
    with pytest.raises(Unreadable):
        sid(value, "SID")
