import pytest

from checker.model.answers import Json
from checker.model.undecided import Unreadable
from checker.readings.web_requests import WebReply, web_reply
from tests.judging import objects

URL = "https://webdir.online.lync.com/"


@pytest.mark.parametrize(
    ("reply", "properties"),
    [
        (WebReply(200, "", None), {"StatusCode": 200}),
        (WebReply(200, "", "{}"), {"StatusCode": "200", "Error": None, "Content": "{}"}),
        (WebReply(200, "", None), {"StatusCode": 200, "Content": [123, 125]}),
        (WebReply(404, "(404) Not Found", None), {"StatusCode": None, "Error": "(404) Not Found"}),
        (WebReply(0, "Connection refused (host:443)", None), {"Error": "Connection refused\r\n (host:443)"}),
    ],
)
def test_a_reply_has_a_status_or_a_reason(reply: WebReply, properties: dict[str, Json]) -> None:
    assert web_reply(objects({"Uri": URL.upper(), **properties}), URL) == reply


def test_of_several_rows_the_last_one_about_the_address_counts() -> None:
    rows = ({"Uri": URL, "StatusCode": 503}, {"Uri": URL, "StatusCode": 200}, {"Uri": f"{URL}x", "StatusCode": 404})
    assert web_reply(objects(*rows), URL).status == 200


@pytest.mark.parametrize("row", [{"Uri": f"{URL}x", "StatusCode": 200}, {"Uri": URL}, {"Uri": URL, "StatusCode": 0}])
def test_a_row_that_says_nothing_of_the_address_is_unreadable(row: dict[str, Json]) -> None:
    with pytest.raises(Unreadable):
        web_reply(objects(row), URL)
