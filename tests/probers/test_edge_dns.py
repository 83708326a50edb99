"""An Edge's resolver, asked by Resolve-DnsName: rows and error records read as DNS."""

import pytest

from checker.model.answers import DnsAnswer, DnsRecord, Json, Objects
from checker.model.facts import NoAnswer
from checker.model.probes import CmdletProbe, DnsProbe, Vantage
from checker.model.undecided import Reason
from checker.probers.edge_dns import EdgeDnsWire
from checker.probers.wire import Deliver, Reply
from tests.probers.asking import ask, outcome

SRV = DnsProbe(
    vantage=Vantage.DNS_EDGE, host="edge01.contoso.com", name="_sipfederationtls._tcp.contoso.com", record="SRV"
)
A = DnsProbe(vantage=Vantage.DNS_EDGE, name="sip.contoso.com", record="A")


class Session:
    """A PowerShell wire that says what it was told to, and keeps what it was asked."""

    def __init__(self, answer: Objects | NoAnswer) -> None:
        self.answer = answer
        self.asked: list[CmdletProbe] = []

    def send(self, probe: CmdletProbe, deadline: float, deliver: Deliver) -> None:
        self.asked.append(probe)
        deliver(Reply(self.answer, "https://edge01.contoso.com:5986/wsman"))

    def close(self) -> None:
        raise AssertionError("the sessions belong to somebody else")


def resolved(probe: DnsProbe, *rows: dict[str, Json]) -> DnsAnswer | NoAnswer:
    answer = ask(EdgeDnsWire(Session(Objects(rows=rows))), probe).answer
    assert isinstance(answer, DnsAnswer | NoAnswer)
    return answer


def failed(code: str, reason: Reason = Reason.REFUSED) -> DnsAnswer | NoAnswer:
    error = NoAnswer(reason=reason, code=code, detail="contoso.com : what the resolver said")
    answer = ask(EdgeDnsWire(Session(error)), A).answer
    assert isinstance(answer, DnsAnswer | NoAnswer)
    return answer


def test_the_question_is_asked_over_the_session_of_that_edge() -> None:
    session = Session(Objects(rows=()))
    wire = EdgeDnsWire(session)
    ask(wire, SRV)
    wire.close()

    assert session.asked == [
        CmdletProbe(
            vantage=Vantage.EDGE,
            host="edge01.contoso.com",
            cmdlet="Resolve-DnsName",
            parameters=(("Name", "_sipfederationtls._tcp.contoso.com"), ("Type", "SRV"), ("DnsOnly", "")),
        )
    ]


@pytest.mark.parametrize(("kind", "section"), [("SRV", "Answer"), (33, 1)])
def test_srv_rows_are_records_as_in_a_zone_file(kind: Json, section: Json) -> None:
    srv = {"Name": "_sipfederationtls._tcp.Contoso.com", "Type": kind, "TTL": 300, "Section": section}
    srv |= {"NameTarget": "sip.contoso.com", "Priority": 0, "Weight": 0, "Port": 5061}
    extra = {"Name": "sip.contoso.com", "Type": "A", "TTL": 300, "Section": "Additional", "IPAddress": "192.0.2.1"}

    assert resolved(SRV, srv, extra) == DnsAnswer(
        rcode="NOERROR",
        records=(DnsRecord("_sipfederationtls._tcp.contoso.com", "SRV", 300, "0 0 5061 sip.contoso.com."),),
    )


def test_aliases_come_first_in_their_order() -> None:
    answer = resolved(
        A,
        {"Name": "two.contoso.com", "Type": 1, "TTL": 60, "IP4Address": "192.0.2.2"},
        {"Name": "two.contoso.com", "Type": 1, "TTL": 60, "IPAddress": {"@text": "192.0.2.1"}},
        {"Name": "one.contoso.com", "Type": 5, "TTL": 60, "NameHost": "two.contoso.com"},
        {"Name": "sip.contoso.com", "Type": "CNAME", "TTL": 60, "NameHost": "one.contoso.com"},
    )

    assert isinstance(answer, DnsAnswer)
    assert [(record.name, record.data) for record in answer.records] == [
        ("sip.contoso.com", "one.contoso.com."),
        ("one.contoso.com", "two.contoso.com."),
        ("two.contoso.com", "192.0.2.1"),
        ("two.contoso.com", "192.0.2.2"),
    ]


def test_the_zone_alone_means_no_such_record() -> None:
    zone = {"Name": "contoso.com", "Type": "SOA", "TTL": 60, "Section": "Authority", "PrimaryServer": "ns.contoso.com"}

    assert resolved(SRV, zone) == DnsAnswer(rcode="NOERROR")


@pytest.mark.parametrize(
    ("code", "rcode"), [("DNS_ERROR_RCODE_NAME_ERROR", "NXDOMAIN"), ("DNS_INFO_NO_RECORDS", "NOERROR")]
)
def test_an_error_that_is_an_answer(code: str, rcode: str) -> None:
    assert failed(code) == DnsAnswer(rcode=rcode)


@pytest.mark.parametrize(
    ("code", "reason", "expected"),
    [
        ("RCODE_SERVER_FAILURE", Reason.REFUSED, "refused servfail"),
        ("DNS_ERROR_RCODE_REFUSED", Reason.REFUSED, "refused refused"),
        ("ERROR_TIMEOUT", Reason.REFUSED, "timed-out resolver-timeout"),
        ("error-record", Reason.REFUSED, "refused error-record"),
        ("access-denied", Reason.NO_ACCESS, "no-access access-denied"),
        ("read-timeout", Reason.TIMED_OUT, "timed-out read-timeout"),
        # A name error is one only where the cmdlet ran and said so.
        ("DNS_ERROR_RCODE_NAME_ERROR", Reason.NO_ACCESS, "no-access DNS_ERROR_RCODE_NAME_ERROR"),
    ],
)
def test_an_error_that_is_none(code: str, reason: Reason, expected: str) -> None:
    assert outcome(failed(code, reason)) == expected


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"Name": "sip.contoso.com", "Type": "A", "TTL": 60},
        {"Name": "sip.contoso.com", "Type": "A", "TTL": "60", "IPAddress": "192.0.2.1"},
        {"Name": "sip.contoso.com", "Type": "A", "TTL": True, "IPAddress": "192.0.2.1"},
        {"Type": "A", "TTL": 60, "IPAddress": "192.0.2.1"},
        {"Name": "sip.contoso.com", "Type": "A", "TTL": 60, "Section": "Additional", "IPAddress": "192.0.2.1"},
    ],
)
def test_a_row_that_cannot_be_read_is_no_nodata(row: dict[str, Json]) -> None:
    answer = resolved(A, row)

    assert isinstance(answer, NoAnswer) and answer.reason is Reason.MALFORMED


def test_no_row_at_all_is_no_nodata() -> None:
    assert outcome(resolved(A)) == "malformed no-rows"
