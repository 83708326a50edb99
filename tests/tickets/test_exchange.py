"""Requests and answers: redirects, retries, deadlines, and what must never be said."""

import base64
from datetime import UTC, datetime
from typing import Any

import pytest
import responses

from checker.probers.connections import NetworkSettings
from checker.probers.network import Network
from checker.tickets.answers import expected
from checker.tickets.exchange import Answer, LiveExchange, Request, retry_after
from checker.tickets.failures import DeliveryFailed, Unsure
from checker.tickets.system import Site

BASE = "https://jira.contoso.com"
SECRET = "s3cret-token"
HEADER = f"Bearer {SECRET}"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def exchange(deadline_s: float = 5) -> LiveExchange:
    return LiveExchange(BASE, HEADER, Network(NetworkSettings()), deadline_s)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        (" 120 ", 120.0),
        ("Mon, 23 Nov 2026 09:00:30 GMT", 30.0),
        ("Mon, 23 Nov 2026 08:00:00 GMT", 0.0),
        ("", None),
        ("-5", None),
        ("soon", None),
        ("Mon, 23 Nov 2026 09:00:30", None),
        ("9" * 400, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


@responses.activate
def test_a_redirect_is_not_followed_with_credentials() -> None:
    responses.get(f"{BASE}/rest/api/2/myself", status=302, headers={"Location": "https://evil.example/login?x=1"})
    elsewhere = responses.get("https://evil.example/login")
    with exchange() as live:
        answer = live.read(Request("GET", "/rest/api/2/myself"))
    assert elsewhere.call_count == 0
    with pytest.raises(DeliveryFailed, match="answers 302") as failed:
        expected(answer, Site(BASE), "MIG-42", "signing in")
    assert "evil.example" in failed.value.hint and "not sent along" in failed.value.hint


@responses.activate
def test_a_read_is_repeated_and_a_write_is_not() -> None:
    for status in (429, 503, 200):
        responses.get(f"{BASE}/x", status=status, headers={"Retry-After": "0"}, json={})
    written = responses.post(f"{BASE}/x", status=503, headers={"Retry-After": "7"})
    with exchange() as live:
        assert live.read(Request("GET", "/x")).status == 200
        with pytest.raises(Unsure) as unsure:
            live.write(Request("POST", "/x"))
    assert (unsure.value.wait_s, written.call_count) == (7.0, 1)


@responses.activate
def test_whoever_asks_without_credentials_is_nobody() -> None:
    responses.get(f"{BASE}/in", headers={"Set-Cookie": "JSESSIONID=known"}, json={})
    responses.get(f"{BASE}/public", json={})
    with exchange() as live:
        live.read(Request("GET", "/in"))
        live.read(Request("GET", "/public", is_anonymous=True))
    signed_in, anonymous = (call.request.headers for call in responses.calls)
    assert signed_in["Authorization"] == HEADER
    assert "Authorization" not in anonymous and "Cookie" not in anonymous


@responses.activate
def test_an_answer_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.tickets.exchange._LONGEST_ANSWER", 1000)
    responses.get(f"{BASE}/x", body=b"x" * 200_000)
    with exchange() as live, pytest.raises(DeliveryFailed, match="longer than"):
        live.read(Request("GET", "/x"))


@pytest.mark.parametrize(
    ("body", "text", "words"),
    [
        ({"errorMessages": ["No\x1b[31m such\nissue"], "errors": {}}, "", "No\N{REPLACEMENT CHARACTER}[31m such issue"),
        ({"errorMessages": [], "errors": {"comment": "is empty"}}, "", "is empty"),
        ({"error": {"message": "Operation Failed", "detail": None}}, "", "Operation Failed"),
        (None, "plain words", "plain words"),
        (None, "<html><script>1</script></html>", ""),
        ([], "[]", "[]"),
        ({"errorMessages": ["x" * 5000]}, "", "x" * 300 + "..."),
    ],
)
def test_what_a_system_says_is_made_plain_and_bounded(body: Any, text: str, words: str) -> None:
    assert Answer(403, body, text).words == words


@responses.activate
def test_no_failure_tells_the_secret() -> None:
    responses.get(f"{BASE}/x", body=ConnectionError(f"Authorization: {HEADER}"))
    with exchange() as live, pytest.raises(DeliveryFailed) as failed:
        live.write(Request("GET", "/x"))
    assert SECRET not in f"{failed.value.message} {failed.value.hint} {failed.value!r}"
    assert failed.value.__suppress_context__
    assert SECRET not in repr(vars(Answer(200))) and base64.b64encode(SECRET.encode()).decode() not in repr(live)
