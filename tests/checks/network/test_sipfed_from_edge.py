import pytest

from checker.checks.network.sipfed_from_edge import CHECK, connection
from checker.model.answers import AnyAnswer, Objects
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.readings.topology import POOLS
from tests.judging import DENIED, SILENT, contoso, findings, judged, objects, word

EDGE, SIPFED = "edge01.contoso.com", "sipfed.online.lync.com"
TARGET = contoso(edges=(EDGE,))
POOL = {"Fqdn": "edge.contoso.com", "Computers": [EDGE, "edge02.contoso.com"], "Services": ["EdgeServer:x"]}


def tried(succeeded: object, name: str = SIPFED, port: object = 5061) -> dict[str, object]:
    return {"ComputerName": name, "RemotePort": port, "TcpTestSucceeded": succeeded}


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", objects(tried(True))),
        ("pass", objects(tried("True", "SIPFED.online.lync.com", "5061"))),
        ("fail", objects(tried(False))),
        ("pass", objects(tried(False, port=443), tried(True), tried(False, "sip.fabrikam.com"))),
        ("unknown: malformed", objects(tried(True, port=443))),  # another question's answer
        ("unknown: malformed", objects(ComputerName=SIPFED, RemotePort=5061)),
        ("unknown: malformed", objects()),
        ("unknown: timed-out", SILENT),
    ],
)
def test_the_edge_says_whether_it_gets_through(verdict: str, answer: Objects | NoAnswer) -> None:
    known: dict[AnyProbe, AnyAnswer | NoAnswer] = {
        POOLS: objects({**POOL, "Computers": [EDGE]}),
        connection(EDGE, SIPFED): answer,
    }
    assert judged(CHECK, TARGET, known) == verdict


def test_every_edge_is_judged_for_itself() -> None:
    known: dict[AnyProbe, AnyAnswer | NoAnswer] = {
        POOLS: objects(POOL),
        connection(EDGE, SIPFED): objects(tried(True)),
        connection("edge02.contoso.com", SIPFED): DENIED,
    }
    words = {name: word(found) for name, found in findings(CHECK, TARGET, known).items()}
    assert words == {EDGE: "pass", "edge02.contoso.com": "unknown: no-access"}


def test_it_asks_for_what_the_move_will_be_given_as_target() -> None:
    other = "sipfed.online.gov.skypeforbusiness.us"
    known: dict[AnyProbe, AnyAnswer | NoAnswer] = {
        POOLS: objects(),
        connection(EDGE, other): objects(tried(True, other)),
    }
    assert judged(CHECK, contoso(edges=(EDGE,), proxy_fqdn=other), known) == "pass"
