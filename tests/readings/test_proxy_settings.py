"""What a machine's proxy settings say, in each form in which they arrive."""

import base64

import pytest

from checker.model.answers import Json, Objects
from checker.model.undecided import Unreadable
from checker.readings.proxy_settings import proxies
from tests.judging import objects

NAMED = bytes((24, *[0] * 7, 3, 0, 0, 0, 10, 0, 0, 0)) + b"proxy:8080" + bytes(4)
DIRECT = bytes((24, *[0] * 7, 1, *[0] * 11))


def value(of: Json) -> Objects:
    return objects(Value=of)


@pytest.mark.parametrize(
    ("winhttp", "shown"),
    [
        (list(NAMED), "proxy:8080"),  # ConvertTo-Json
        (base64.b64encode(NAMED).decode(), "proxy:8080"),  # Export-Clixml
        (list(DIRECT), "none"),
        (None, "none"),
        ([], "none"),
    ],
)
def test_the_bytes_of_winhttp_are_read(winhttp: Json, shown: str) -> None:
    assert proxies(value(winhttp), value(0), value(None), value(None)) == (shown, "none")


@pytest.mark.parametrize("winhttp", [list(NAMED[:18]), list(DIRECT[:10]), "no base64!", [300], {"a": 1}, {}, 20, False])
def test_what_is_no_such_value_is_unreadable(winhttp: Json) -> None:
    with pytest.raises(Unreadable):
        proxies(value(winhttp), value(0), value(None), value(None))


def test_a_value_that_nobody_looked_for_is_not_none() -> None:
    with pytest.raises(Unreadable):
        proxies(objects(), value(0), value(None), value(None))
