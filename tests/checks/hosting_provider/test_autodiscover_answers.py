import pytest

from checker.checks.hosting_provider.autodiscover_answers import CHECK
from checker.model.answers import HttpAnswer, Json, Objects
from checker.model.facts import NoAnswer
from checker.model.probes import HttpProbe, Vantage
from checker.model.undecided import Reason
from checker.readings.hosting_providers import HOSTING_PROVIDERS
from checker.readings.web_requests import web_request
from tests.checks.hosting_provider.providers import EXCHANGE, WEBDIR, provider, providers
from tests.judging import CONTOSO, DENIED, SILENT, contoso, finding, http, judged, objects

PROVIDER = providers(provider())
HERE = HttpProbe(vantage=Vantage.HERE, url=WEBDIR)
LOGIN = HttpProbe(vantage=Vantage.HERE, url="https://login.microsoftonline.com/")
JSON = '{"_links":{"self":{"href":"https://webdir.online.lync.com/"},"user":{"href":"https://webdir1E/"}}}'
XML = '<AutodiscoverResponse AccessLocation="External"><Root/></AutodiscoverResponse>'
REFUSED = NoAnswer(reason=Reason.UNREACHABLE, code="connection-refused", detail="the connection was refused")
FILTERED = NoAnswer(reason=Reason.TIMED_OUT, code="connect-timeout", detail="no connection in time")
MUTE = NoAnswer(reason=Reason.TIMED_OUT, code="read-timeout", detail="connected, and then no answer in time")
THIS_MACHINE = contoso(this_machine_moves=True)


def row(**properties: Json) -> Objects:
    other = {"Uri": "https://login.microsoftonline.com/", "StatusCode": 404, "Error": None}
    return objects(other, {"Uri": WEBDIR, **properties})


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", row(StatusCode=200, Error=None)),
        ("pass", row(StatusCode="200", Error="", Content=JSON)),
        ("pass", row(StatusCode=200, Content=XML)),
        ("pass", row(StatusCode=200, Content=[123, 125])),  # bytes: Invoke-WebRequest did not take it for text
        ("fail", row(StatusCode=200, Content="<html>Sign in to the proxy</html>")),
        ("fail", row(StatusCode=403, Error="Forbidden")),
        ("fail", row(StatusCode=407)),
        ("fail", row(StatusCode=None, Error="Unable to connect\r\nto the remote server")),
        ("fail", row(StatusCode=0, Error="The underlying connection was closed: trust relationship")),
        ("fail", row(StatusCode=None, Error="The remote server returned an error: (404) Not Found.")),
        ("fail", row(StatusCode=None, Error="No connection could be made. (webdir.online.lync.com:443)")),
        ("unknown: refused", row(Error="The remote server returned an error: (503) Server Unavailable.")),
        ("unknown: refused", row(Error="Response status code does not indicate success: 502 (Bad Gateway).")),
        ("unknown: refused", row(StatusCode=503, Error="Service Unavailable")),
        ("unknown: refused", row(StatusCode=429, Error="Too Many Requests")),
        ("unknown: malformed", row(StatusCode=None, Error=None)),
        ("unknown: malformed", objects(Uri="https://login.microsoftonline.com/", StatusCode=200)),
    ],
)
def test_what_the_machine_that_moves_saw_decides(verdict: str, answer: Objects) -> None:
    assert judged(CHECK, CONTOSO, {**PROVIDER, web_request(WEBDIR): answer}) == verdict


def test_a_body_that_was_not_kept_is_said() -> None:
    answers = {**PROVIDER, web_request(WEBDIR): row(StatusCode=200)}
    verdict = finding(CHECK, CONTOSO, answers).verdict
    assert verdict is not None
    assert verdict.observed == "from the machine that runs the move: status 200, shape not seen"


@pytest.mark.parametrize(
    ("this_machine", "another", "answer"),
    [
        ("pass", "pass", http(200, JSON)),
        ("pass", "pass", http(200, XML)),
        ("fail", "warn", http(200, "")),
        ("fail", "warn", http(200, '["_links"]')),
        ("fail", "warn", http(200, "[" * 100_000)),
        ("fail", "warn", http(404, JSON)),
        ("fail", "warn", http(0, tls_error="the chain ends in no root of the trust store")),
        ("fail", "warn", REFUSED),
        ("fail", "warn", FILTERED),
        ("unknown: refused", "unknown: refused", http(502, "Bad Gateway")),
        ("unknown: no-access", "unknown: no-access", MUTE),  # the first thing missing is the file
    ],
)
def test_from_another_machine_a_failure_only_warns(
    this_machine: str, another: str, answer: HttpAnswer | NoAnswer
) -> None:
    answers = {**PROVIDER, web_request(WEBDIR): DENIED, HERE: answer, LOGIN: http(302)}
    assert judged(CHECK, THIS_MACHINE, answers) == this_machine
    assert judged(CHECK, contoso(this_machine_moves=False), answers) == another
    assert judged(CHECK, CONTOSO, answers) == another


@pytest.mark.parametrize("control", [REFUSED, SILENT, DENIED])
def test_a_machine_that_connects_to_nothing_says_nothing_of_the_address(control: NoAnswer) -> None:
    answers = {**PROVIDER, web_request(WEBDIR): DENIED, HERE: REFUSED, LOGIN: control}
    assert judged(CHECK, THIS_MACHINE, answers) == "unknown: no-access"


def test_an_address_that_is_gone_is_put_right_with_the_clouds_own() -> None:
    gone = "https://webdir0e.online.lync.com/Autodiscover/AutodiscoverService.svc/root"
    answers = {**providers(provider(AutodiscoverUrl=gone)), web_request(gone): objects(Uri=gone, StatusCode=404)}
    remedy = finding(CHECK, CONTOSO, answers).remediation
    assert remedy.run.endswith(f"Set-CsHostingProvider -Identity 'Office365' -AutodiscoverUrl '{WEBDIR}'")
    assert remedy.rollback.endswith(f"-AutodiscoverUrl '{gone}'")


def test_the_vantage_is_named() -> None:
    answers = {**PROVIDER, web_request(WEBDIR): DENIED, HERE: http(200, JSON)}
    verdict = finding(CHECK, CONTOSO, answers).verdict
    assert verdict is not None
    assert verdict.observed == "from here, not said to be the machine that moves: status 200, Autodiscover"


def test_an_address_that_cannot_be_asked_is_another_checks_matter() -> None:
    for url in ("", None, WEBDIR.replace("https", "http")):
        answers = providers(provider(AutodiscoverUrl=url))
        assert judged(CHECK, CONTOSO, answers) == "not-applicable"
    assert judged(CHECK, CONTOSO, providers(EXCHANGE)) == "not-applicable"
    assert judged(CHECK, CONTOSO, {HOSTING_PROVIDERS: DENIED}) == "unknown: no-access"
