"""What was asked of DNS and of the network, by place."""

from typing import Any

import msgspec
import pytest

from checker.model.report import EvidenceEntry, ReasonEntry, Report
from checker.model.undecided import Reason
from checker.rendering.vantage_matrix import MOST_ROWS, Cell, dns_matrix, network_matrix
from tests.rendering.samples import READY, evidence

SIP = "A sip.contoso.com"


def seen(vantage: str, asked: str, kind: str = "dns", **answer: Any) -> EvidenceEntry:
    return msgspec.structs.replace(evidence(vantage, asked), kind=kind, answer=answer)


def address(vantage: str, data: str, asked: str = SIP) -> EvidenceEntry:
    return seen(vantage, asked, type="dns-answer", rcode="NOERROR", records=[{"record": "A", "data": data}])


def unseen(vantage: str, asked: str, kind: str = "dns") -> EvidenceEntry:
    why = ReasonEntry(code=Reason.TIMED_OUT, detail="no answer", needs="")
    return msgspec.structs.replace(evidence(vantage, asked), kind=kind, outcome="no-answer", reason=why)


def report(*entries: EvidenceEntry) -> Report:
    return msgspec.structs.replace(READY, evidence=entries)


def test_places_that_disagree_are_marked() -> None:
    matrix = dns_matrix(report(address("dns-external", "203.0.113.10"), address("dns-internal", "10.0.0.13")))
    (row,) = matrix.rows
    assert matrix.vantages == ("dns-internal", "dns-external")
    assert row.cells == (Cell("A 10.0.0.13", True), Cell("A 203.0.113.10", True))
    assert row.differs


def test_who_could_not_look_disagrees_with_nobody() -> None:
    matrix = dns_matrix(report(address("dns-external", "203.0.113.10"), unseen("dns-internal", SIP)))
    (row,) = matrix.rows
    assert row.cells[0] == Cell("timed-out", known=False)
    assert not row.differs


def test_a_place_that_was_not_asked_has_no_cell() -> None:
    other = "A sip.fabrikam.com"
    matrix = dns_matrix(report(address("dns-external", "203.0.113.10"), address("dns-internal", "10.0.0.13", other)))
    assert [row.cells.count(None) for row in matrix.rows] == [1, 1]


@pytest.mark.parametrize(
    ("asked", "at_cutover"),
    [
        ("SRV _sipfederationtls._tcp.contoso.com", "SRV 100 1 5061 sipfed.online.lync.com"),
        ("SRV _sip._tls.fabrikam.com", "SRV 100 1 443 sipdir.online.lync.com"),
        ("A sip.contoso.com", "CNAME sipdir.online.lync.com"),
        ("A lyncdiscover.contoso.com", "CNAME webdir.online.lync.com"),
        ("A sip.example.org", ""),
        ("A pool01.contoso.com", ""),
    ],
)
def test_the_four_public_records_say_what_they_become(asked: str, at_cutover: str) -> None:
    (row,) = dns_matrix(report(address("dns-external", "203.0.113.10", asked))).rows
    assert row.at_cutover == at_cutover


@pytest.mark.parametrize(
    ("asked", "answer", "question", "said"),
    [
        (
            "Test-NetConnection -ComputerName fe01.contoso.com -Port 5061",
            {"type": "objects", "rows": [{"TcpTestSucceeded": True}]},
            "fe01.contoso.com:5061",
            "reached",
        ),
        (
            "Test-NetConnection -ComputerName fe01.contoso.com -Port 5061",
            {"type": "objects", "rows": [{"TcpTestSucceeded": "False"}]},
            "fe01.contoso.com:5061",
            "not reached",
        ),
        (
            "TLS sip.contoso.com:5061",
            {"type": "tls-answer", "outcome": "expired"},
            "sip.contoso.com:5061",
            "TLS expired",
        ),
        (
            "GET https://lyncdiscover.contoso.com/",
            {"type": "http-answer", "status": 404, "tls_error": ""},
            "https://lyncdiscover.contoso.com/",
            "HTTP 404",
        ),
        (
            "Invoke-WebRequest -Uri https://graph.microsoft.com/",
            {"type": "objects", "rows": [{"StatusCode": None, "Error": "a proxy says no"}]},
            "https://graph.microsoft.com/",
            "a proxy says no",
        ),
        ("GET https://x.example/", {"count": 1, "bytes": 9000, "sha256": "0"}, "https://x.example/", "answered"),
    ],
)
def test_a_connection_is_said_in_few_words(asked: str, answer: dict[str, Any], question: str, said: str) -> None:
    (row,) = network_matrix(report(seen("onprem", asked, "cmdlet", **answer))).rows
    assert (row.question, row.cells) == (question, (Cell(said, known=True),))


def test_a_handshake_and_a_plain_connection_agree() -> None:
    asked = "sipfed.online.lync.com:5061"
    handshake = seen("here", f"SIP TLS {asked}", "tls", type="tls-answer", outcome="trusted")
    plain = seen(
        "edge--edge01.contoso.com",
        "Test-NetConnection -ComputerName sipfed.online.lync.com -Port 5061",
        "cmdlet",
        type="objects",
        rows=[{"TcpTestSucceeded": True}],
    )
    (row,) = network_matrix(report(handshake, plain)).rows
    assert not row.differs


def test_what_is_no_question_of_dns_or_network_has_no_row() -> None:
    entries = (
        evidence("onprem", "Get-CsUser"),
        address("dns-external", "1.2.3.4", "A csready-wildcard-probe.contoso.com"),
    )
    assert network_matrix(report(*entries)).rows == dns_matrix(report(*entries)).rows == ()


def test_a_long_matrix_says_how_much_longer_it_is() -> None:
    entries = [
        address("dns-external", "203.0.113.10", f"A sip.d{number:04}.example") for number in range(MOST_ROWS + 7)
    ]
    matrix = dns_matrix(report(*entries))
    assert (len(matrix.rows), matrix.beyond) == (MOST_ROWS, 7)
