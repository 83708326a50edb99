import pytest

from checker.checks.network.cloud_https import CHECK
from checker.model.answers import AnyAnswer, Objects
from checker.model.axes import Cloud
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, HttpProbe, Vantage
from checker.model.undecided import Reason
from checker.readings.web_requests import web_request
from tests.judging import CONTOSO, DENIED, SILENT, contoso, finding, http, judged, objects

ROOT = "https://webdir.online.lync.com/Autodiscover/AutodiscoverService.svc/root"
LOGIN, GRAPH = "https://login.microsoftonline.com/", "https://graph.microsoft.com/"
CONFIG = "https://api.interfaces.records.teams.microsoft.com/"
URLS = (ROOT, LOGIN, CONFIG, GRAPH)
MOVES_HERE, MOVES_ELSEWHERE = contoso(this_machine_moves=True), contoso(this_machine_moves=False)

Answers = dict[AnyProbe, AnyAnswer | NoAnswer]


def row(url: str, status: int | None = 200, error: str | None = None) -> Objects:
    return objects(Uri=url, StatusCode=status, Error=error)


def from_file(**changes: AnyAnswer | NoAnswer) -> Answers:
    named = {"root": ROOT, "login": LOGIN, "config": CONFIG, "graph": GRAPH}
    rows: Answers = {web_request(url): row(url) for url in URLS}
    return rows | {web_request(named[name]): answer for name, answer in changes.items()}


def here(**changes: AnyAnswer | NoAnswer) -> Answers:
    named = {"root": ROOT, "login": LOGIN, "config": CONFIG, "graph": GRAPH}
    replies: Answers = {HttpProbe(vantage=Vantage.HERE, url=url): http(200) for url in URLS}
    return replies | {HttpProbe(vantage=Vantage.HERE, url=named[name]): answer for name, answer in changes.items()}


def no(reason: Reason, code: str) -> NoAnswer:
    return NoAnswer(reason=reason, code=code, detail=code)


@pytest.mark.parametrize(
    ("verdict", "answers"),
    [
        ("pass", from_file()),
        ("pass", from_file(login=row(LOGIN.rstrip("/"), 403), config=row(CONFIG, 404), graph=row(GRAPH, 401))),
        ("pass", from_file(config=row(CONFIG, None, "The remote server returned an error: (404) Not Found."))),
        ("fail", from_file(root=row(ROOT, None, "Unable to connect to the remote server"))),
        ("fail", from_file(login=row(LOGIN, 407))),
        ("fail", from_file(login=row(LOGIN, None, "(407) Proxy Authentication Required"))),
        ("unknown: not-asked", from_file(login=row(LOGIN, 503))),  # a proxy says so too
        ("unknown: not-asked", from_file(login=row(LOGIN, None, "(502) Bad Gateway"))),
        ("warn", from_file(graph=row(GRAPH, None, "Unable to connect to the remote server"))),
        ("fail", from_file(graph=row(GRAPH, 407), login=row(LOGIN, 407))),
        ("unknown: malformed", from_file(root=row(ROOT, None))),
        ("unknown: malformed", from_file(root=row(GRAPH))),
        ("unknown: not-asked", from_file(root=DENIED)),  # only the operator knows whether here is there
        ("fail", from_file(root=DENIED, login=row(LOGIN, 407))),
    ],
)
def test_the_workstations_own_evidence_decides(verdict: str, answers: Answers) -> None:
    assert judged(CHECK, CONTOSO, answers) == verdict


@pytest.mark.parametrize(
    ("verdict", "answers"),
    [
        ("pass", here()),
        ("pass", here(login=http(403))),
        ("fail", here(root=no(Reason.UNREACHABLE, "connection-refused"))),
        ("fail", here(root=no(Reason.TIMED_OUT, "connect-timeout"))),
        ("fail", here(login=http(0, tls_error="the chain ends in no root of the trust store"))),
        ("fail", here(login=no(Reason.REFUSED, "proxy-authentication"))),
        ("warn", here(graph=no(Reason.UNREACHABLE, "connection-refused"))),
        ("pass", here(login=no(Reason.UNREACHABLE, "redirect-target"))),  # it answered: with a redirect
        ("pass", here(login=http(0, tls_error="not trusted", redirects=(LOGIN,)))),
        ("unknown: timed-out", here(root=no(Reason.TIMED_OUT, "read-timeout"))),  # connected: nothing is proved
        ("unknown: timed-out", here(root=no(Reason.TIMED_OUT, "deadline"))),
        ("unknown: refused", here(root=no(Reason.REFUSED, "http-503"))),
        ("unknown: not-asked", {}),
    ],
)
def test_this_machine_counts_where_it_is_the_one_that_moves(verdict: str, answers: Answers) -> None:
    unread = dict.fromkeys(from_file(), SILENT)
    assert judged(CHECK, MOVES_HERE, {**unread, **answers}) == verdict
    assert judged(CHECK, MOVES_ELSEWHERE, {**unread, **answers}) == "unknown: timed-out"
    assert judged(CHECK, CONTOSO, {**unread, **answers}) == "unknown: not-asked"


def test_the_fix_names_the_hosts_that_were_not_reached() -> None:
    found = finding(CHECK, CONTOSO, from_file(login=row(LOGIN, 407), graph=row(GRAPH, None, "no route")))
    assert "to login.microsoftonline.com, graph.microsoft.com, without" in found.remediation.run
    assert f"-Uri '{LOGIN}'  #" in found.remediation.verify


def test_an_unsaid_key_is_named() -> None:
    unknown = finding(CHECK, CONTOSO, {}).unknown
    assert unknown and unknown.needs == "[workstation].this_machine in csready.toml"


def test_a_host_that_no_source_agrees_on_is_not_asked() -> None:
    names = ("webdir.online.dod.skypeforbusiness.us/Autodiscover/AutodiscoverService.svc/root",)
    urls = [f"https://{name}" for name in (*names, "login.microsoftonline.us/", "dod-graph.microsoft.us/")]
    answers: Answers = {web_request(url): row(url) for url in urls}
    assert judged(CHECK, contoso(cloud=Cloud.DOD), answers) == "pass"
