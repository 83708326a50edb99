import pytest

from checker.checks.network.revocation_from_edge import CHECK
from checker.model.answers import Json, Objects
from checker.model.facts import NoAnswer
from checker.model.probes import Vantage
from checker.model.undecided import Reason
from checker.readings.connections import all_connections
from checker.readings.topology import POOLS
from tests.judging import DENIED, SILENT, contoso, finding, judged, objects

EDGE = "edge01.contoso.com"
TARGET = contoso(edges=(EDGE,))
PROBE = all_connections(Vantage.EDGE, EDGE, 80)


def row(name: str, succeeded: Json, port: Json = 80) -> dict[str, Json]:
    return {"ComputerName": name, "RemotePort": port, "TcpTestSucceeded": succeeded}


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", objects(row("crl3.digicert.com", True), row("ocsp.digicert.com", "True", "80"))),
        ("warn", objects(row("crl3.digicert.com", True), row("ocsp.digicert.com", False))),
        ("pass", objects(row("crl3.digicert.com", True), row("sipfed.online.lync.com", False, 5061))),
        ("unknown: no-access", objects(row("sipfed.online.lync.com", True, 5061))),
        ("unknown: no-access", objects()),
        ("unknown: malformed", objects(row("crl3.digicert.com", None))),
        ("unknown: malformed", NoAnswer(reason=Reason.MALFORMED, code="not-json", detail="cut off")),
        ("unknown: no-access", DENIED),
        ("unknown: no-access", SILENT),
    ],
)
def test_every_host_that_was_tried_counts(verdict: str, answer: Objects | NoAnswer) -> None:
    assert judged(CHECK, TARGET, {POOLS: objects(), PROBE: answer}) == verdict


def test_without_a_file_it_says_which_one_would_show_it() -> None:
    found = finding(CHECK, TARGET, {POOLS: objects(), PROBE: DENIED})
    assert found.unknown and found.unknown.needs.startswith(f"edge--{EDGE}/Test-NetConnection--crl.json")


def test_what_failed_is_named() -> None:
    answer = objects(row("crl3.digicert.com", True), row("crl3.digicert.com", False))
    found = finding(CHECK, TARGET, {POOLS: objects(), PROBE: answer})
    assert found.verdict and found.verdict.observed == "TcpTestSucceeded False: crl3.digicert.com"
