"""The snapshot on disk: what was written is read back, and the same facts are the same bytes."""

import itertools

import msgspec
import pytest

from checker.model.answers import AnyAnswer, DnsAnswer, DnsRecord, HttpAnswer, SeenCertificate, TlsAnswer, TlsOutcome
from checker.model.facts import (
    CommandRun,
    Fact,
    NoAnswer,
    Notice,
    Selection,
    Snapshot,
    answer_parts,
    cure,
    decode_snapshot,
    encode_snapshot,
    snapshot_parts,
)
from checker.model.probes import AnyProbe, CmdletProbe, DnsProbe, HttpProbe, TlsProbe, Vantage
from checker.model.target import Runbook
from checker.model.undecided import Reason
from tests.judging import DENIED, NOW, contoso, objects


def fact(probe: AnyProbe, answer: AnyAnswer | NoAnswer) -> Fact:
    return Fact(probe=probe, answer=answer, observed_at=NOW, duration_ms=12, source="somewhere")


CERTIFICATE = SeenCertificate(
    subject="CN=sip", issuer="CN=root", names=("sip.contoso.com",), not_before="", not_after="", sha256="0" * 64
)
FACTS = (
    fact(DnsProbe(vantage=Vantage.DNS_EXTERNAL, name="contoso.com", record="SRV"), DnsAnswer(rcode="NXDOMAIN")),
    fact(
        DnsProbe(vantage=Vantage.DNS_INTERNAL, name="contoso.com", record="A"),
        DnsAnswer(rcode="NOERROR", records=(DnsRecord("contoso.com", "A", 60, "192.0.2.1"),), authoritative=True),
    ),
    fact(
        CmdletProbe(
            vantage=Vantage.EDGE, host="edge01.contoso.com", cmdlet="Get-CsPool", parameters=(("Name", "a b"),)
        ),
        objects({"@type": "Pool", "Größe": None, "Computers": ["a", {"b": 1.5}]}, complete=False),
    ),
    fact(
        TlsProbe(vantage=Vantage.HERE, server="sip.contoso.com", port=5061, sip=True),
        TlsAnswer(outcome=TlsOutcome.UNTRUSTED, address="192.0.2.1:5061", chain=(CERTIFICATE,)),
    ),
    fact(
        HttpProbe(vantage=Vantage.HERE, url="https://lyncdiscover.contoso.com/"),
        HttpAnswer(status=200, url="https://x/", headers={"b": "2", "a": "1"}, body="\x00é\u2028"),
    ),
    fact(CmdletProbe(vantage=Vantage.TENANT, cmdlet="Get-CsTenant"), DENIED),
)
SNAPSHOT = Snapshot(
    tool_version="1.2.3",
    target=contoso(users=("anna@contoso.com", "anna@contoso.com"), runbook=Runbook(force=False, proxy_pool="")),
    as_of=NOW,
    started_at=NOW,
    finished_at=NOW,
    interrupted=True,
    selection=Selection(only=("dns.*",)),
    notices=(Notice(code="lab", text="a run against the lab"),),
    commands_run=(CommandRun(where="onprem", as_whom="CONTOSO\\svc", what="Get-CsPool"),),
    facts=tuple(sorted(FACTS, key=lambda each: each.probe.id)),
)


def test_what_was_written_is_read_back() -> None:
    assert decode_snapshot(encode_snapshot(SNAPSHOT)) == SNAPSHOT


def test_what_was_not_said_stays_apart_from_what_was_said_to_be_nothing() -> None:
    runbook = decode_snapshot(encode_snapshot(SNAPSHOT)).target.runbook
    assert (runbook.force, runbook.use_oauth, runbook.proxy_pool, runbook.hosted_migration_override_url) == (
        False,
        None,
        "",
        None,
    )


def test_the_order_in_which_facts_arrived_changes_no_byte() -> None:
    orders = itertools.islice(itertools.permutations(FACTS), 0, 720, 7)
    assert len({encode_snapshot(msgspec.structs.replace(SNAPSHOT, facts=order)) for order in orders}) == 1


def test_the_order_of_a_rows_properties_changes_no_byte() -> None:
    probe = CmdletProbe(vantage=Vantage.TENANT, cmdlet="Get-CsTenant")
    rows = ({"a": 1, "b": {"c": 2, "d": 3}}, {"b": {"d": 3, "c": 2}, "a": 1})
    written = {encode_snapshot(msgspec.structs.replace(SNAPSHOT, facts=(fact(probe, objects(row)),))) for row in rows}
    assert len(written) == 1


@pytest.mark.parametrize("kept", [0, 1, 0.25, 0.5, 0.75, 0.999])
def test_a_file_that_is_cut_off_cannot_be_read(kept: float) -> None:
    whole = encode_snapshot(SNAPSHOT).rstrip()
    with pytest.raises(msgspec.DecodeError, match="truncated"):
        decode_snapshot(whole[: int(len(whole) * kept) if kept < 1 else 1])


def test_what_is_no_snapshot_is_refused_with_the_path_of_what_is_wrong() -> None:
    written = msgspec.json.decode(encode_snapshot(SNAPSHOT))
    written["facts"][0]["observed_at"] = "2026-11-22T19:03:00"  # without a zone it could not be compared
    with pytest.raises(msgspec.DecodeError, match=r"facts\[0\]\.observed_at"):
        decode_snapshot(msgspec.json.encode(written))


@pytest.mark.parametrize("rows", [0, 1, 1999, 2000, 2001, 5000])
def test_the_parts_are_the_canonical_json_whatever_their_number(rows: int) -> None:
    answer = objects(*({"b": number, "a": "\x00[]"} for number in range(rows)))
    whole = msgspec.structs.replace(SNAPSHOT, facts=(fact(CmdletProbe(vantage=Vantage.TENANT, cmdlet="A"), answer),))
    assert b"".join(answer_parts(answer)) == msgspec.json.encode(answer, order="deterministic")
    assert b"".join(snapshot_parts(whole)) == msgspec.json.encode(whole, order="deterministic")


def test_what_would_cure_several_gaps_names_each_way_once() -> None:
    def gap(needs: str, file: str = "") -> NoAnswer:
        return NoAnswer(reason=Reason.NO_ACCESS, code="why", detail="", needs=needs, file=file)

    assert cure([gap("[onprem].url", "onprem/A.xml"), gap("[onprem].url", "onprem/B.xml"), gap("a token")]) == (
        "[onprem].url; a token; or onprem/A.xml, onprem/B.xml in a folder for --evidence"
    )
    assert cure([gap("", "onprem/A.xml")]) == "onprem/A.xml in a folder for --evidence"
    assert cure([gap("")]) == ""
