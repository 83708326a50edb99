"""DNS out of files: rows of Resolve-DnsName and tables of answers."""

from pathlib import Path

import pytest

from checker.model.answers import DnsAnswer, DnsRecord, Json
from checker.model.facts import NoAnswer
from checker.model.probes import DnsProbe, Vantage
from tests.probers.evidence_files.making import Files, answer, evidence, fact

Row = dict[str, Json]
NAME = "sip.contoso.com"
SRV_NAME = "_sipfederationtls._tcp.contoso.com"


def question(record: str, name: str = NAME, vantage: Vantage = Vantage.DNS_EXTERNAL, host: str = "") -> DnsProbe:
    return DnsProbe(vantage=vantage, host=host, name=name, record=record)


def a(name: str = NAME, data: str = "192.0.2.1", **more: Json) -> Row:
    return {"Name": name, "Type": 1, "TTL": 300, "Section": 1, "IPAddress": data, **more}


def alias(name: str, target: str) -> Row:
    return {"Name": name, "Type": 5, "TTL": 300, "Section": 1, "NameHost": target}


def srv(target: str) -> Row:
    return {"Name": SRV_NAME, "Type": 33, "TTL": 300, "NameTarget": target, "Priority": 0, "Weight": 0, "Port": 5061}


SOA: Row = {"Name": "contoso.com", "Type": 6, "TTL": 60, "Section": 2, "PrimaryServer": "ns.contoso.com"}


def said(at: Path, files: Files, probe: DnsProbe) -> str:
    """``NOERROR data data`` or ``reason code``."""
    found = evidence(at, files).lookup(probe)
    if found is None:
        return "none"
    if isinstance(found.answer, NoAnswer):
        return f"{found.answer.reason.value} {found.answer.code}"
    assert isinstance(found.answer, DnsAnswer)
    return " | ".join([found.answer.rcode, *(record.data for record in found.answer.records)])


@pytest.mark.parametrize(
    ("rows", "record", "expected"),
    [
        ([a()], "A", "NOERROR | 192.0.2.1"),
        ([a("SIP.contoso.com.")], "A", "NOERROR | 192.0.2.1"),
        ([a(), a()], "A", "NOERROR | 192.0.2.1"),
        ([alias(NAME, "x.example"), a("x.example")], "A", "NOERROR | x.example. | 192.0.2.1"),
        ([alias(NAME, "x.example"), a("x.example")], "CNAME", "NOERROR | x.example."),
        ([alias(NAME, "x.example"), alias("x.example", NAME)], "A", "no-access not-in-file"),
        ([alias(NAME, "x.example")], "A", "no-access not-in-file"),
        ([a("sip.fabrikam.com")], "A", "no-access not-in-file"),
        ([a("evilsip.contoso.com")], "A", "no-access not-in-file"),
        ([], "A", "no-access not-in-file"),
        ([a(Section=3)], "A", "no-access not-in-file"),  # came along with another question
        ([a()], "AAAA", "no-access not-in-file"),
        ([a(), SOA], "AAAA", "NOERROR"),
        ([alias(NAME, "x.contoso.com"), SOA], "A", "NOERROR | x.contoso.com."),
        ([alias(NAME, "x.example"), SOA], "A", "no-access not-in-file"),  # the SOA of another zone
        ([a(), a("other.contoso.com"), SOA], "AAAA", "no-access not-in-file"),  # whose SOA is it?
        ([a(), SOA], "SRV", "no-access not-in-file"),
        ([SOA], "A", "no-access not-in-file"),
        ([a(TTL=None)], "A", "malformed not-dns"),
        ([a("other.contoso.com", TTL=None), a()], "A", "NOERROR | 192.0.2.1"),
    ],
)
def test_rows_speak_for_the_names_they_are_of(tmp_path: Path, rows: list[Json], record: str, expected: str) -> None:
    assert said(tmp_path, {"dns-external/Resolve-DnsName--x.json": rows}, question(record)) == expected


def noted(parameters: Row | None = None, error: Json = None) -> Row:
    return {"files": {"dns-external/Resolve-DnsName--1.json": {"parameters": parameters, "error": error}}}


@pytest.mark.parametrize(
    ("parameters", "rows", "record", "expected"),
    [
        ({"Name": NAME, "Type": "SRV"}, [SOA], "SRV", "NOERROR"),
        ({"Name": "SIP.contoso.com.", "type": 33}, [SOA], "SRV", "NOERROR"),
        ({"Name": NAME, "Type": "SRV"}, [SOA], "A", "none"),
        ({"Name": NAME}, [a()], "A", "NOERROR | 192.0.2.1"),
        ({"Name": NAME}, [a(), SOA], "AAAA", "NOERROR"),
        ({"Name": NAME}, [SOA], "SRV", "none"),
        ({"Name": "other.contoso.com"}, [a()], "A", "none"),
        ({"Name": NAME, "Type": "A"}, [], "A", "malformed no-rows"),
        ({"Name": NAME, "Type": "A"}, "[", "A", "malformed unreadable-file"),
        ({"DnsOnly": True}, [a()], "A", "NOERROR | 192.0.2.1"),
    ],
)
def test_the_manifest_says_what_the_resolver_was_asked(
    tmp_path: Path, parameters: Row, rows: list[Json], record: str, expected: str
) -> None:
    files: Files = {"dns-external/Resolve-DnsName--1.json": rows, "manifest.json": noted(parameters)}

    assert said(tmp_path, files, question(record)) == expected


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ({"id": "DNS_ERROR_RCODE_NAME_ERROR,Microsoft.DnsClient.Commands.ResolveDnsName"}, "NXDOMAIN"),
        ({"message": "sip.contoso.com : DNS name does not exist"}, "NXDOMAIN"),
        ({"message": "x : No records found for given DNS query", "category": "ResourceUnavailable"}, "NOERROR"),
        ({"message": "x : DNS server failure"}, "refused servfail"),
        ({"message": "x : DNS operation refused."}, "refused refused"),
        (
            {"message": "This operation returned because the timeout period expired", "category": "OperationTimeout"},
            "timed-out resolver-timeout",
        ),
        ({"message": "x", "category": "PermissionDenied"}, "no-access access-denied"),
        ({"message": "'Resolve-DnsName' is not recognized as the name of a cmdlet"}, "no-access cmdlet-not-found"),
        ({"message": "El nombre DNS no existe", "category": "ResourceUnavailable"}, "refused error-record"),
        ({"message": "not found", "category": "ObjectNotFound"}, "refused error-record"),
    ],
)
def test_an_error_of_resolve_dnsname_is_read_as_a_live_one(tmp_path: Path, error: Row, expected: str) -> None:
    assert said(tmp_path, {"manifest.json": noted({"Name": NAME, "Type": "A"}, error)}, question("A")) == expected


def row(name: str = NAME, record: Json = "A", rcode: str = "NOERROR", *answers: str, **more: Json) -> Row:
    return {
        "name": name,
        "type": record,
        "rcode": rcode,
        "answers": list(answers),
        "ttl": 300,
        "server": "8.8.8.8",
    } | more


@pytest.mark.parametrize(
    ("rows", "record", "expected"),
    [
        ([row(NAME, "A", "NOERROR", "192.0.2.1")], "A", "NOERROR | 192.0.2.1"),
        ([row("Sip.Contoso.com.", "a", "noerror", answers="192.0.2.1")], "A", "NOERROR | 192.0.2.1"),
        ([row(NAME, "A", "NOERROR")], "A", "NOERROR"),
        ([row(NAME, "A", "NOERROR", answers=None, ttl=None)], "A", "NOERROR"),
        ([row(NAME, "A", "NXDOMAIN", ttl=None)], "A", "NXDOMAIN"),
        ([row(NAME, "A", "NXDOMAIN")], "SRV", "NXDOMAIN"),
        ([row(NAME, "A", "3")], "A", "NXDOMAIN"),
        ([row(NAME, "A", "SERVFAIL")], "A", "refused servfail"),
        ([row(NAME, "A", "REFUSED")], "A", "refused refused"),
        ([row(NAME, "A", "TIMEOUT")], "A", "timed-out read-timeout"),
        ([row(NAME, "A", "PERHAPS")], "A", "malformed not-dns"),
        ([row(NAME, "A", "NOERROR", "192.0.2.1", ttl=None)], "A", "malformed not-dns"),
        ([{"name": NAME, "type": "A", "answers": []}], "A", "malformed not-dns"),
        ([{"rcode": "NOERROR"}, row(NAME, "A", "NOERROR", "192.0.2.1")], "A", "NOERROR | 192.0.2.1"),
        ([row(NAME, "A", "SERVFAIL"), row(NAME, "A", "NOERROR", "192.0.2.1")], "A", "NOERROR | 192.0.2.1"),
        (
            [row(NAME, "A", "NOERROR", "192.0.2.2"), row(NAME, "A", "NOERROR", "192.0.2.1")],
            "A",
            "NOERROR | 192.0.2.1 | 192.0.2.2",
        ),
        ([row(NAME, "A", "NXDOMAIN"), row(NAME, "A", "NOERROR", "192.0.2.1")], "A", "malformed contradiction"),
        ([row(NAME, "A", "NOERROR", "x.example.", "192.0.2.1")], "A", "NOERROR | x.example. | 192.0.2.1"),
        (
            [row(NAME, "CNAME", "NOERROR", "x.example."), row("x.example", "A", "NOERROR", "192.0.2.1")],
            "A",
            "NOERROR | x.example. | 192.0.2.1",
        ),
        (
            [row(NAME, "CNAME", "NOERROR", "x.example."), row("x.example", "A", "NXDOMAIN")],
            "A",
            "NXDOMAIN | x.example.",
        ),
        ([row(NAME, "CNAME", "NOERROR", "x.example.")], "A", "no-access not-in-file"),
        (
            [row(NAME, "CNAME", "NOERROR", "x.example."), row(NAME, "A", "NOERROR", "x.example.", "192.0.2.1")],
            "A",
            "NOERROR | x.example. | 192.0.2.1",
        ),
        ([row(NAME, "CNAME", "NOERROR", "x.example.")], "CNAME", "NOERROR | x.example."),
        ([row(NAME, "CNAME", "NOERROR", NAME)], "A", "no-access not-in-file"),
        ([row(NAME, 33, "NOERROR", "0 0 5061 sip.contoso.com.")], "SRV", "NOERROR | 0 0 5061 sip.contoso.com."),
        ([row("other.contoso.com")], "A", "no-access not-in-file"),
        ([row(NAME, "AAAA")], "A", "no-access not-in-file"),
    ],
)
def test_a_table_says_what_a_resolver_said(tmp_path: Path, rows: list[Json], record: str, expected: str) -> None:
    assert said(tmp_path, {"dns-external/answers.json": rows}, question(record)) == expected


def test_an_answer_keeps_owner_ttl_and_resolver(tmp_path: Path) -> None:
    rows: list[Json] = [row(NAME, "A", "NOERROR", "x.example", "192.0.2.1")]

    assert answer(evidence(tmp_path, {"dns-external/answers.json": rows}), question("A")) == DnsAnswer(
        rcode="NOERROR",
        records=(DnsRecord(NAME, "CNAME", 300, "x.example."), DnsRecord("x.example", "A", 300, "192.0.2.1")),
        server="8.8.8.8",
    )


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([srv("a.contoso.com")], [srv("A.contoso.com")], "NOERROR | 0 0 5061 a.contoso.com."),
        ([srv("a.contoso.com")], [srv("b.contoso.com")], "malformed contradiction"),
        ([srv("a.contoso.com")], "[", "NOERROR | 0 0 5061 a.contoso.com."),
        ([], "[", "malformed unreadable-file"),
    ],
)
def test_two_files_of_one_resolver(tmp_path: Path, first: list[Json], second: list[Json], expected: str) -> None:
    files: Files = {"dns-external/Resolve-DnsName--1.json": first, "dns-external/Resolve-DnsName--2.json": second}

    assert said(tmp_path, files, question("SRV", SRV_NAME)) == expected


def test_rows_that_deny_a_record_give_way_to_a_file_that_has_it(tmp_path: Path) -> None:
    v6 = {"Name": NAME, "Type": 28, "TTL": 300, "Section": 1, "IPAddress": "2001:db8::1"}
    files: Files = {"dns-external/Resolve-DnsName--6.json": [v6, SOA], "dns-external/Resolve-DnsName--4.json": [a()]}

    assert said(tmp_path, files, question("A")) == "NOERROR | 192.0.2.1"


@pytest.mark.parametrize("folder", ["edge--edge01.contoso.com", "dns-edge--Edge01.contoso.com", "edge", "dns-edge"])
@pytest.mark.parametrize("host", ["edge01.contoso.com", ""])
def test_an_edges_resolver_may_be_asked_on_the_edge(tmp_path: Path, folder: str, host: str) -> None:
    probe = question("A", vantage=Vantage.DNS_EDGE, host=host)

    assert said(tmp_path, {f"{folder}/Resolve-DnsName--x.json": [a()]}, probe) == "NOERROR | 192.0.2.1"


def test_what_the_edges_own_files_lack_a_file_for_all_may_have(tmp_path: Path) -> None:
    files: Files = {"dns-edge--e1/Resolve-DnsName.json": [a("other")], "dns-edge/Resolve-DnsName.json": [a()]}
    found = fact(evidence(tmp_path, files), question("A", vantage=Vantage.DNS_EDGE, host="e1"))

    assert found.source == "evidence: dns-edge/Resolve-DnsName.json"


def test_one_view_of_dns_does_not_speak_for_another(tmp_path: Path) -> None:
    files: Files = {"dns-internal/Resolve-DnsName.json": [a()], "edge--e1/Resolve-DnsName.json": [a()]}

    assert said(tmp_path, files, question("A")) == "none"
    assert said(tmp_path, files, question("A", vantage=Vantage.DNS_EDGE, host="e2")) == "none"
