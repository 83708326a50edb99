import pytest

from checker.checks.network.edge_inbound_5061 import CHECK
from checker.model.answers import AnyAnswer, DnsAnswer, Json, Objects, TlsAnswer, TlsOutcome
from checker.model.axes import Cloud, Side
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, TlsProbe, Vantage
from checker.model.undecided import Reason
from checker.readings.connections import connection
from checker.readings.dns_records import federation_srv
from checker.readings.subjects import SIP_DOMAINS
from checker.readings.this_machine import control
from checker.readings.topology import POOLS
from tests.judging import DENIED, NXDOMAIN, SILENT, contoso, finding, http, judged, objects, records

EDGE, HOST = "edge01.contoso.com", "sip.contoso.com"
HERE = TlsProbe(vantage=Vantage.HERE, server=HOST, port=5061)
FILE = connection(Vantage.OUTSIDE, "", HOST, 5061)
SRV = records("_sipfederationtls._tcp.contoso.com", "SRV", f"0 0 5061 {HOST}.")
KNOWN: dict[AnyProbe, AnyAnswer | NoAnswer] = {
    POOLS: objects(),
    SIP_DOMAINS: objects(Name="contoso.com"),
    federation_srv("contoso.com"): SRV,
    control(Cloud.WORLDWIDE): http(200),
    FILE: DENIED,
}
OUTSIDE = contoso(edges=(EDGE,), here_is=Side.OUTSIDE)


def failed(code: str, reason: Reason = Reason.UNREACHABLE) -> NoAnswer:
    return NoAnswer(reason=reason, code=code, detail=code)


def tls(outcome: TlsOutcome) -> TlsAnswer:
    return TlsAnswer(outcome=outcome, address="203.0.113.9:5061")


def row(succeeded: Json, name: str = HOST) -> Objects:
    return objects(ComputerName=name, RemotePort=5061, TcpTestSucceeded=succeeded)


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", tls(TlsOutcome.TRUSTED)),
        ("pass", tls(TlsOutcome.UNTRUSTED)),
        ("pass", tls(TlsOutcome.ALERT)),  # it wants a certificate of ours
        ("pass", tls(TlsOutcome.PLAIN_TCP)),
        ("pass", failed("connection-reset")),  # accepted, and then closed
        ("pass", failed("handshake-timeout", Reason.TIMED_OUT)),
        ("warn", failed("connection-refused")),
        ("warn", failed("connect-timeout", Reason.TIMED_OUT)),
        ("unknown: unreachable", failed("name-not-found")),
        ("unknown: unreachable", failed("no-route")),
        ("unknown: timed-out", failed("deadline", Reason.TIMED_OUT)),
    ],
)
def test_from_outside_a_connection_is_all_that_is_asked(verdict: str, answer: TlsAnswer | NoAnswer) -> None:
    assert judged(CHECK, OUTSIDE, {**KNOWN, HERE: answer}) == verdict


def test_a_machine_without_internet_says_nothing() -> None:
    cut_off: dict[AnyProbe, AnyAnswer | NoAnswer] = {
        control(Cloud.WORLDWIDE): SILENT,
        HERE: failed("connection-refused"),
    }
    assert judged(CHECK, OUTSIDE, {**KNOWN, **cut_off}) == "unknown: unreachable"


@pytest.mark.parametrize(("verdict", "side"), [("unknown: not-asked", None), ("unknown: no-access", Side.INSIDE)])
def test_from_inside_it_cannot_be_seen(verdict: str, side: Side | None) -> None:
    open_ = {**KNOWN, HERE: tls(TlsOutcome.TRUSTED)}
    assert judged(CHECK, contoso(edges=(EDGE,), here_is=side), open_) == verdict


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", row(True)),
        ("warn", row(False)),
        ("unknown: malformed", row(None)),
        ("unknown: malformed", row(True, "sip.fabrikam.com")),
    ],
)
@pytest.mark.parametrize("side", [None, Side.INSIDE, Side.OUTSIDE])
def test_a_file_from_outside_decides_wherever_this_machine_is(verdict: str, answer: Objects, side: Side | None) -> None:
    assert judged(CHECK, contoso(edges=(EDGE,), here_is=side), {**KNOWN, FILE: answer}) == verdict


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("not-applicable", NXDOMAIN),
        ("not-applicable", records("x", "SRV", "0 0 0 .")),
        ("not-applicable", records("x", "SRV", "100 1 5061 sipfed.online.lync.com.")),
        ("unknown: timed-out", SILENT),
        ("unknown: malformed", records("x", "SRV", "nonsense")),
    ],
)
def test_the_record_says_which_host(verdict: str, answer: DnsAnswer | NoAnswer) -> None:
    assert judged(CHECK, OUTSIDE, {**KNOWN, federation_srv("contoso.com"): answer}) == verdict


def test_every_host_counts_and_each_is_shown() -> None:
    target = contoso(edges=(EDGE,), sip_domains=("contoso.com", "fabrikam.com"))
    two: dict[AnyProbe, AnyAnswer | NoAnswer] = {
        federation_srv("fabrikam.com"): records("x", "SRV", "0 0 5061 sip.fabrikam.com."),
        FILE: row(True),
        connection(Vantage.OUTSIDE, "", "sip.fabrikam.com", 5061): row(False, "sip.fabrikam.com"),
    }
    found = finding(CHECK, target, {**KNOWN, **two})
    assert found.status.value == "warn"
    assert found.verdict
    assert found.verdict.observed == f"{HOST}:5061 connected (TCP only)\nsip.fabrikam.com:5061 no connection"
