"""The wire of DNS against the lab's DNS server."""

import socket
import time
from collections.abc import Iterator
from contextlib import closing
from queue import SimpleQueue

import pytest

from checker.lab.dns_server import DnsServer
from checker.lab.zones import DnsBehaviour, DnsReply, Zones
from checker.model.answers import DnsAnswer, DnsRecord
from checker.model.facts import NoAnswer
from checker.model.probes import DnsProbe, Vantage
from checker.model.undecided import Reason
from checker.probers.connections import NetworkSettings, Timeouts
from checker.probers.dns_wire import DnsWire
from checker.probers.network import Network
from checker.probers.wire import Reply
from tests.probers.asking import ask, outcome

LONG = tuple(f'"{number:02} {"x" * 200}"' for number in range(10))
ZONES = Zones(
    names={
        ("sip.contoso.com", "A"): DnsReply(("192.0.2.9", "192.0.2.10")),
        ("_sip._tls.contoso.com", "SRV"): DnsReply(("0 0 443 sip.contoso.com.",)),
        ("lyncdiscover.contoso.com", "CNAME"): DnsReply(("b.contoso.com.",)),
        ("b.contoso.com", "CNAME"): DnsReply(("a.contoso.com.",)),
        ("a.contoso.com", "A"): DnsReply(("192.0.2.1",)),
        ("away.contoso.com", "CNAME"): DnsReply(("webdir.online.lync.com.",)),
        ("long.contoso.com", "TXT"): DnsReply(LONG),
        ("truncated.contoso.com", "A"): DnsReply(("192.0.2.2",), behaviour=DnsBehaviour.TRUNCATED),
        ("servfail.contoso.com", "A"): DnsReply(behaviour=DnsBehaviour.SERVFAIL),
        ("refused.contoso.com", "A"): DnsReply(behaviour=DnsBehaviour.REFUSED),
        ("silent.contoso.com", "A"): DnsReply(behaviour=DnsBehaviour.SILENT),
        ("garbage.contoso.com", "A"): DnsReply(behaviour=DnsBehaviour.GARBAGE),
        ("lame.contoso.com", "A"): DnsReply(behaviour=DnsBehaviour.LAME),
    },
    origins=("contoso.com",),
)


@pytest.fixture(scope="module")
def server() -> Iterator[DnsServer]:
    with DnsServer(ZONES) as server:
        yield server


def dns_wire(*resolvers: str, limit_s: float = 0.5) -> "closing[DnsWire]":
    settings = NetworkSettings(resolvers={Vantage.DNS_EXTERNAL: resolvers}, timeouts=Timeouts(dns=limit_s))
    return closing(DnsWire(Network(settings)))


def question(name: str, record: str = "A", vantage: Vantage = Vantage.DNS_EXTERNAL) -> DnsProbe:
    return DnsProbe(vantage=vantage, name=name, record=record)


def answered(server: DnsServer, name: str, record: str = "A") -> tuple[DnsAnswer, str]:
    with dns_wire(server.address) as wire:
        reply = ask(wire, question(name, record))
    assert isinstance(reply.answer, DnsAnswer)
    return reply.answer, reply.source


def test_records_are_as_in_a_zone_file_and_in_a_stable_order(server: DnsServer) -> None:
    answer, source = answered(server, "sip.contoso.com")
    assert answer == DnsAnswer(
        rcode="NOERROR",
        records=(
            DnsRecord("sip.contoso.com", "A", 300, "192.0.2.10"),
            DnsRecord("sip.contoso.com", "A", 300, "192.0.2.9"),
        ),
        authoritative=True,
        truncated=False,
        server=server.address,
    )
    assert source == f"dns {server.address} udp"
    service, _ = answered(server, "_sip._tls.contoso.com", "SRV")
    assert [record.data for record in service.records] == ["0 0 443 sip.contoso.com."]


def test_a_chain_of_aliases_is_kept_in_its_order(server: DnsServer) -> None:
    answer, _ = answered(server, "lyncdiscover.contoso.com")
    assert [(record.name, record.record, record.data) for record in answer.records] == [
        ("lyncdiscover.contoso.com", "CNAME", "b.contoso.com."),
        ("b.contoso.com", "CNAME", "a.contoso.com."),
        ("a.contoso.com", "A", "192.0.2.1"),
    ]


@pytest.mark.parametrize(
    ("name", "record", "rcode"),
    [("nobody.contoso.com", "A", "NXDOMAIN"), ("sip.contoso.com", "AAAA", "NOERROR")],
)
def test_no_such_name_and_no_such_record_are_answers(server: DnsServer, name: str, record: str, rcode: str) -> None:
    answer, _ = answered(server, name, record)
    assert (answer.rcode, answer.records) == (rcode, ())


@pytest.mark.parametrize(
    ("name", "record", "count"), [("truncated.contoso.com", "A", 1), ("long.contoso.com", "TXT", 10)]
)
def test_what_is_too_long_for_udp_is_asked_over_tcp(server: DnsServer, name: str, record: str, count: int) -> None:
    answer, source = answered(server, name, record)
    assert answer.truncated
    assert len(answer.records) == count
    assert source == f"dns {server.address} tcp"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("servfail.contoso.com", "refused servfail"),
        ("refused.contoso.com", "refused refused"),
        ("silent.contoso.com", "timed-out read-timeout"),
        ("garbage.contoso.com", "malformed garbage"),
        ("lame.contoso.com", "refused lame"),
        ("away.contoso.com", "refused lame"),  # an alias that nobody followed does not say "no such record"
        ("a..contoso.com", "malformed bad-name"),
    ],
)
def test_what_says_nothing_about_the_name_is_no_answer(server: DnsServer, name: str, expected: str) -> None:
    with dns_wire(server.address) as wire:
        assert outcome(ask(wire, question(name)).answer) == expected


def test_a_port_nobody_listens_on_is_found_at_once() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with dns_wire(address, limit_s=5.0) as wire:
        assert outcome(ask(wire, question("sip.contoso.com")).answer) == "unreachable connection-refused"


@pytest.mark.parametrize(
    "name", ["servfail.contoso.com", "refused.contoso.com", "silent.contoso.com", "lame.contoso.com"]
)
def test_the_next_resolver_is_asked_when_one_does_not_answer(server: DnsServer, name: str) -> None:
    zones = Zones(names={(name, "A"): DnsReply(("192.0.2.3",))}, origins=("contoso.com",))
    with DnsServer(zones) as second, dns_wire(server.address, second.address, limit_s=1.0) as wire:
        answer = ask(wire, question(name)).answer
    assert isinstance(answer, DnsAnswer)
    assert answer.server == second.address


def test_what_a_resolver_said_counts_for_more_than_the_silence_of_another(server: DnsServer) -> None:
    zones = Zones(
        names={("servfail.contoso.com", "A"): DnsReply(behaviour=DnsBehaviour.SILENT)}, origins=("contoso.com",)
    )
    with DnsServer(zones) as silent, dns_wire(silent.address, server.address) as wire:
        answer = ask(wire, question("servfail.contoso.com")).answer
    assert isinstance(answer, NoAnswer)
    assert outcome(answer) == "refused servfail"
    assert silent.address in answer.detail


def test_a_vantage_without_a_resolver_says_what_it_needs(server: DnsServer) -> None:
    with dns_wire(server.address) as wire:
        answer = ask(wire, question("sip.contoso.com", vantage=Vantage.DNS_INTERNAL)).answer
    assert isinstance(answer, NoAnswer)
    assert (answer.reason, answer.code, answer.needs) == (
        Reason.NO_ACCESS,
        "no-resolver",
        "[dns].internal in csready.toml",
    )


def test_an_unknown_record_type_is_our_bug_and_not_the_servers_fault(server: DnsServer) -> None:
    with dns_wire(server.address) as wire:
        assert outcome(ask(wire, question("sip.contoso.com", "NONSENSE")).answer) == "bug bug"


def test_questions_are_in_flight_together_and_each_is_answered_once() -> None:
    names = [f"host{number}.contoso.com" for number in range(400)]
    zones = Zones(names={(name, "A"): DnsReply(("192.0.2.4",)) for name in names}, origins=("contoso.com",))
    replies: SimpleQueue[Reply] = SimpleQueue()
    delay_s = 0.05
    with DnsServer(zones, delay_s) as server, dns_wire(server.address, limit_s=5.0) as wire:
        begun = time.monotonic()
        for name in names:
            wire.send(question(name), begun + 10, replies.put)
        answers = [replies.get(timeout=10).answer for _ in names]
        elapsed_s = time.monotonic() - begun
    assert {outcome(answer) for answer in answers} == {"DnsAnswer"}
    assert replies.empty()
    assert server.questions == dict.fromkeys(((name, "A") for name in names), 1)
    assert elapsed_s < delay_s * len(names) / 10


def test_the_deadline_holds_for_questions_that_wait_behind_silent_ones(server: DnsServer) -> None:
    replies: SimpleQueue[Reply] = SimpleQueue()
    with dns_wire(server.address, limit_s=30) as wire:
        begun = time.monotonic()
        for _ in range(150):
            wire.send(question("silent.contoso.com"), begun + 1, replies.put)
        answers = [replies.get(timeout=2).answer for _ in range(150)]
        assert time.monotonic() - begun < 1.5
    assert {outcome(answer) for answer in answers} == {"timed-out read-timeout", "not-asked queue-timeout"}


def test_a_closed_wire_takes_questions_and_delivers_nothing(server: DnsServer) -> None:
    replies: SimpleQueue[Reply] = SimpleQueue()
    with dns_wire(server.address) as wire:
        wire.send(question("silent.contoso.com"), time.monotonic() + 5, replies.put)
    wire.send(question("sip.contoso.com"), time.monotonic() + 5, replies.put)
    wire.close()
    assert replies.empty()
