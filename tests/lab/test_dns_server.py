"""The lab's DNS server, asked over the wire."""

import socket
from collections.abc import Iterator
from contextlib import closing, suppress
from time import monotonic

import dns.exception
import dns.flags
import dns.message
import dns.query
import dns.rcode
import dns.rdatatype
import pytest

from checker.lab.dns_server import DnsServer
from checker.lab.zones import DnsBehaviour, DnsReply, Zones

FAILURES = {behaviour: behaviour.name.lower() for behaviour in DnsBehaviour if behaviour is not DnsBehaviour.ANSWER}
ZONES = Zones(
    {
        ("contoso.com", "TXT"): DnsReply(('"MS=ms1"', '"v=spf1 -all"'), ttl=60),
        ("_sip._tls.Contoso.com", "SRV"): DnsReply(("100 1 443 sipdir.online.lync.com",)),
        ("sip.contoso.com", "CNAME"): DnsReply(("edge.contoso.com",)),
        ("edge.contoso.com", "CNAME"): DnsReply(("host.contoso.com.",)),
        ("host.contoso.com", "A"): DnsReply(("192.0.2.1",)),
        ("outside.contoso.com", "CNAME"): DnsReply(("sipdir.online.lync.com",)),
        ("dangling.contoso.com", "CNAME"): DnsReply(("nowhere.contoso.com",)),
        ("loop.contoso.com", "CNAME"): DnsReply(("pool.contoso.com",)),
        ("pool.contoso.com", "CNAME"): DnsReply(("loop.contoso.com",)),
        ("toslow.contoso.com", "CNAME"): DnsReply(("servfail.contoso.com",)),
        ("*.wild.contoso.com", "A"): DnsReply(("192.0.2.2",)),
        ("listed.wild.contoso.com", "TXT"): DnsReply(('"x"',)),
        ("long.contoso.com", "TXT"): DnsReply(tuple(f'"{number:0200}"' for number in range(10))),
        **{
            (f"{label}.contoso.com", "A"): DnsReply(("192.0.2.3",), behaviour=behaviour)
            for behaviour, label in FAILURES.items()
        },
    },
    origins=("contoso.com", "fabrikam.com"),
)


@pytest.fixture(scope="module")
def server() -> Iterator[DnsServer]:
    with DnsServer(ZONES) as server:
        yield server


def port(server: DnsServer) -> int:
    return int(server.address.rpartition(":")[2])


def ask(server: DnsServer, name: str, kind: str, *, tcp: bool = False) -> dns.message.Message:
    query = dns.message.make_query(name, kind)
    send = dns.query.tcp if tcp else dns.query.udp
    return send(query, "127.0.0.1", timeout=2, port=port(server))


def answer(reply: dns.message.Message) -> list[str]:
    return [f"{rrset.name} {dns.rdatatype.to_text(rrset.rdtype)} {rdata}" for rrset in reply.answer for rdata in rrset]


@pytest.mark.parametrize("tcp", [False, True])
def test_a_listed_record_is_answered_with_authority(server: DnsServer, tcp: bool) -> None:
    reply = ask(server, "_sip._tls.contoso.com", "SRV", tcp=tcp)
    assert answer(reply) == ["_sip._tls.contoso.com. SRV 100 1 443 sipdir.online.lync.com."]
    assert reply.flags & dns.flags.AA
    assert not reply.authority


def test_all_records_of_a_name_are_answered_with_their_time_to_live(server: DnsServer) -> None:
    reply = ask(server, "contoso.com", "TXT")
    assert sorted(answer(reply)) == ['contoso.com. TXT "MS=ms1"', 'contoso.com. TXT "v=spf1 -all"']
    assert reply.answer[0].ttl == 60


def test_a_name_is_found_in_any_case_and_echoed_as_asked(server: DnsServer) -> None:
    reply = ask(server, "_SIP._tls.cOnToSo.com", "SRV")
    assert str(reply.question[0].name) == "_SIP._tls.cOnToSo.com."
    assert answer(reply) == ["_SIP._tls.cOnToSo.com. SRV 100 1 443 sipdir.online.lync.com."]


@pytest.mark.parametrize(
    ("name", "kind", "rcode"),
    [
        ("absent.contoso.com", "A", dns.rcode.NXDOMAIN),
        ("sip.fabrikam.com", "A", dns.rcode.NXDOMAIN),
        ("host.contoso.com", "AAAA", dns.rcode.NOERROR),
        ("_tls.contoso.com", "A", dns.rcode.NOERROR),  # it exists: _sip._tls is below it
        ("wild.contoso.com", "A", dns.rcode.NOERROR),
        ("listed.wild.contoso.com", "A", dns.rcode.NOERROR),  # a name of its own is not covered by the wildcard
    ],
)
def test_what_is_not_there_is_denied_with_the_soa(
    server: DnsServer, name: str, kind: str, rcode: dns.rcode.Rcode
) -> None:
    reply = ask(server, name, kind)
    assert reply.rcode() == rcode
    assert answer(reply) == []
    assert [rrset.rdtype for rrset in reply.authority] == [dns.rdatatype.SOA]
    assert reply.flags & dns.flags.AA


def test_the_origin_has_a_soa(server: DnsServer) -> None:
    assert answer(ask(server, "fabrikam.com", "SOA"))[0].startswith("fabrikam.com. SOA ns1.fabrikam.com. ")


def test_a_name_outside_the_origins_is_refused(server: DnsServer) -> None:
    reply = ask(server, "sipdir.online.lync.com", "A")
    assert reply.rcode() == dns.rcode.REFUSED
    assert not reply.flags & dns.flags.AA


def test_a_wildcard_covers_any_depth_below_it(server: DnsServer) -> None:
    assert answer(ask(server, "a.wild.contoso.com", "A")) == ["a.wild.contoso.com. A 192.0.2.2"]
    assert answer(ask(server, "b.a.wild.contoso.com", "A")) == ["b.a.wild.contoso.com. A 192.0.2.2"]


@pytest.mark.parametrize(
    ("name", "kind", "expected", "rcode"),
    [
        (
            "sip.contoso.com",
            "A",
            [
                "sip.contoso.com. CNAME edge.contoso.com.",
                "edge.contoso.com. CNAME host.contoso.com.",
                "host.contoso.com. A 192.0.2.1",
            ],
            dns.rcode.NOERROR,
        ),
        ("sip.contoso.com", "CNAME", ["sip.contoso.com. CNAME edge.contoso.com."], dns.rcode.NOERROR),
        ("outside.contoso.com", "A", ["outside.contoso.com. CNAME sipdir.online.lync.com."], dns.rcode.NOERROR),
        ("dangling.contoso.com", "A", ["dangling.contoso.com. CNAME nowhere.contoso.com."], dns.rcode.NXDOMAIN),
        (
            "loop.contoso.com",
            "A",
            ["loop.contoso.com. CNAME pool.contoso.com.", "pool.contoso.com. CNAME loop.contoso.com."],
            dns.rcode.NOERROR,
        ),
        ("toslow.contoso.com", "A", [], dns.rcode.SERVFAIL),
    ],
)
def test_aliases_are_followed_inside_the_origins(
    server: DnsServer, name: str, kind: str, expected: list[str], rcode: dns.rcode.Rcode
) -> None:
    reply = ask(server, name, kind)
    assert answer(reply) == expected
    assert reply.rcode() == rcode


@pytest.mark.parametrize("tcp", [False, True])
@pytest.mark.parametrize("rcode", [dns.rcode.SERVFAIL, dns.rcode.REFUSED])
def test_a_failure_is_answered_without_records(server: DnsServer, rcode: dns.rcode.Rcode, tcp: bool) -> None:
    reply = ask(server, f"{rcode.name.lower()}.contoso.com", "A", tcp=tcp)
    assert reply.rcode() == rcode
    assert answer(reply) == []


@pytest.mark.parametrize("tcp", [False, True])
def test_silence_is_no_reply(server: DnsServer, tcp: bool) -> None:
    query = dns.message.make_query("silent.contoso.com", "A")
    send = dns.query.tcp if tcp else dns.query.udp
    with pytest.raises(dns.exception.Timeout):
        send(query, "127.0.0.1", timeout=0.2, port=port(server))


def test_truncation_is_over_udp_and_tcp_has_the_whole(server: DnsServer) -> None:
    cut = ask(server, "truncated.contoso.com", "A")
    assert cut.flags & dns.flags.TC
    assert answer(cut) == []
    whole = ask(server, "truncated.contoso.com", "A", tcp=True)
    assert not whole.flags & dns.flags.TC
    assert answer(whole) == ["truncated.contoso.com. A 192.0.2.3"]


def test_a_reply_too_large_for_the_client_is_truncated(server: DnsServer) -> None:
    assert ask(server, "long.contoso.com", "TXT").flags & dns.flags.TC
    assert len(answer(ask(server, "long.contoso.com", "TXT", tcp=True))) == 10
    query = dns.message.make_query("long.contoso.com", "TXT", use_edns=0, payload=4096)
    assert len(answer(dns.query.udp(query, "127.0.0.1", timeout=2, port=port(server)))) == 10


@pytest.mark.parametrize("tcp", [False, True])
def test_garbage_has_the_right_id_and_is_no_message(server: DnsServer, tcp: bool) -> None:
    with pytest.raises(dns.exception.FormError):
        ask(server, "garbage.contoso.com", "A", tcp=tcp)


def test_a_lame_server_refers_upwards_without_authority(server: DnsServer) -> None:
    reply = ask(server, "lame.contoso.com", "A")
    assert reply.rcode() == dns.rcode.NOERROR
    assert not reply.flags & dns.flags.AA
    assert answer(reply) == []
    assert str(reply.authority[0]) == ". 518400 IN NS a.root-servers.net."


def test_each_question_is_counted_by_name_and_type() -> None:
    with DnsServer(ZONES) as server:
        for name, kind in (("host.contoso.com", "A"), ("HOST.contoso.com", "A"), ("host.contoso.com", "AAAA")):
            ask(server, name, kind)
        assert server.questions == {("host.contoso.com", "A"): 2, ("host.contoso.com", "AAAA"): 1}


def test_replies_leave_after_the_delay_and_do_not_wait_for_each_other() -> None:
    queries = [dns.message.make_query(f"host{number}.wild.contoso.com", "A").to_wire() for number in range(200)]
    with DnsServer(ZONES, delay_s=0.1) as server, socket.socket(type=socket.SOCK_DGRAM) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024 * 1024)
        client.settimeout(5)
        began = monotonic()
        client.connect(("127.0.0.1", port(server)))
        for query in queries:
            client.send(query)
        replies = {client.recv(512)[:2] for _ in queries}
        assert 0.1 <= monotonic() - began < 10  # one after the other they would take 20 s
    assert replies == {query[:2] for query in queries}


def test_several_questions_travel_on_one_tcp_connection(server: DnsServer) -> None:
    queries = [dns.message.make_query("host.contoso.com", kind) for kind in ("A", "AAAA")]
    with closing(socket.create_connection(("127.0.0.1", port(server)), timeout=2)) as client:
        wire = b"".join(query.to_wire(prepend_length=True) for query in queries)
        client.sendall(wire[:7])
        client.sendall(wire[7:])
        for query in queries:
            reply, _ = dns.query.receive_tcp(client)
            assert query.is_response(reply)


def test_what_is_no_question_gets_no_reply_and_harms_nobody(server: DnsServer) -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as client:
        client.connect(("127.0.0.1", port(server)))
        client.send(b"")
        client.send(b"\x00" * 12)
        client.send(b"not DNS at all, but long enough for a header")
    assert ask(server, "host.contoso.com", "A").answer


def test_stopping_ends_open_connections() -> None:
    server = DnsServer(ZONES).start()
    with socket.create_connection(("127.0.0.1", port(server)), timeout=2) as client:
        client.sendall(dns.message.make_query("silent.contoso.com", "A").to_wire(prepend_length=True))
        server.stop()
        with suppress(ConnectionResetError):  # when the server had not yet read the question
            assert client.recv(1) == b""


def test_stopping_does_not_wait_for_replies_that_are_due_later() -> None:
    server = DnsServer(ZONES, delay_s=60).start()
    with socket.socket(type=socket.SOCK_DGRAM) as client:
        client.sendto(dns.message.make_query("host.contoso.com", "A").to_wire(), ("127.0.0.1", port(server)))
        began = monotonic()
        server.stop()
        assert monotonic() - began < 5


def test_text_that_is_no_record_is_an_error_at_once() -> None:
    with pytest.raises(dns.exception.DNSException):
        DnsServer(Zones({("contoso.com", "A"): DnsReply(("sip",))}, origins=("contoso.com",)))
