"""The wire of DNS against NSD: one server for the outside view of a name, another for the inside."""

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from checker.model.answers import DnsAnswer, DnsRecord
from checker.model.facts import NoAnswer
from checker.model.probes import DnsProbe, Vantage
from checker.probers.connections import NetworkSettings, Timeouts
from checker.probers.dns_wire import DnsWire
from checker.probers.network import Network
from checker.probers.wire import Reply
from tests.peers.servers import nsd
from tests.probers.asking import ask, outcome

LIMIT_S = 10.0

HEAD = """$TTL 300
@ IN SOA ns hostmaster 1 3600 600 86400 60
@ IN NS ns
ns IN A 192.0.2.53
"""

OUTSIDE = f"""{HEAD}
_sipfederationtls._tcp IN SRV 10 5 5061 sip2
_sipfederationtls._tcp IN SRV 0 0 5061 sip
sip IN A 192.0.2.10
sip IN A 192.0.2.9
sip2 IN AAAA 2001:db8::9
Mixed IN A 192.0.2.8
b.chain IN CNAME a.chain
lyncdiscover IN CNAME b.chain
a.chain IN A 192.0.2.1
dangling IN CNAME nobody
away IN CNAME webdir.online.lync.com.
*.wild IN A 192.0.2.7
child IN NS ns.child
ns.child IN A 192.0.2.54
long IN TXT {" ".join(f'"{number:02} {"x" * 200}"' for number in range(10))}
"""
INSIDE = f"""{HEAD}
sip IN A 10.0.0.5
"""


@pytest.fixture(scope="module")
def wire(installed: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[DnsWire]:
    """The Edge asks the outside server first, then the inside one, which alone knows fabrikam.com."""
    program = installed("nsd")
    with (
        nsd(program, tmp_path_factory.mktemp("outside"), {"contoso.com": OUTSIDE}) as outside,
        nsd(program, tmp_path_factory.mktemp("inside"), {"contoso.com": INSIDE, "fabrikam.com": INSIDE}) as inside,
    ):
        settings = NetworkSettings(
            resolvers={
                Vantage.DNS_EXTERNAL: (outside,),
                Vantage.DNS_INTERNAL: (inside,),
                Vantage.DNS_EDGE: (outside, inside),
            },
            timeouts=Timeouts(dns=LIMIT_S),
        )
        with closing(DnsWire(Network(settings))) as wire:
            yield wire


def reply_to(wire: DnsWire, name: str, record: str = "A", vantage: Vantage = Vantage.DNS_EXTERNAL) -> Reply:
    return ask(wire, DnsProbe(vantage=vantage, name=name, record=record), LIMIT_S)


def answered(wire: DnsWire, name: str, record: str = "A", vantage: Vantage = Vantage.DNS_EXTERNAL) -> DnsAnswer:
    answer = reply_to(wire, name, record, vantage).answer
    assert isinstance(answer, DnsAnswer), answer
    return answer


def test_records_of_a_service_come_with_priority_weight_port_and_target(wire: DnsWire) -> None:
    name = "_sipfederationtls._tcp.contoso.com"
    answer = answered(wire, name, "SRV")
    assert (answer.rcode, answer.authoritative, answer.truncated) == ("NOERROR", True, False)
    assert answer.records == (
        DnsRecord(name, "SRV", 300, "0 0 5061 sip.contoso.com."),
        DnsRecord(name, "SRV", 300, "10 5 5061 sip2.contoso.com."),
    )


@pytest.mark.parametrize(
    ("name", "record", "data"),
    [
        ("sip.contoso.com", "A", ("192.0.2.10", "192.0.2.9")),
        ("sip2.contoso.com", "AAAA", ("2001:db8::9",)),
        ("mixed.contoso.com", "A", ("192.0.2.8",)),
        ("anything.wild.contoso.com", "A", ("192.0.2.7",)),
    ],
)
def test_addresses_are_read(wire: DnsWire, name: str, record: str, data: tuple[str, ...]) -> None:
    assert answered(wire, name, record).records == tuple(DnsRecord(name, record, 300, item) for item in data)


def test_a_chain_of_aliases_is_kept_in_its_order(wire: DnsWire) -> None:
    answer = answered(wire, "lyncdiscover.contoso.com")
    assert [(record.name, record.record, record.data) for record in answer.records] == [
        ("lyncdiscover.contoso.com", "CNAME", "b.chain.contoso.com."),
        ("b.chain.contoso.com", "CNAME", "a.chain.contoso.com."),
        ("a.chain.contoso.com", "A", "192.0.2.1"),
    ]


@pytest.mark.parametrize(
    ("name", "record", "rcode", "aliases"),
    [
        ("nobody.contoso.com", "A", "NXDOMAIN", 0),
        ("nobody.contoso.com", "SRV", "NXDOMAIN", 0),
        ("sip.contoso.com", "AAAA", "NOERROR", 0),
        ("_tcp.contoso.com", "SRV", "NOERROR", 0),  # it has nothing itself; there are names below it
        ("lyncdiscover.contoso.com", "AAAA", "NOERROR", 2),
        ("dangling.contoso.com", "A", "NXDOMAIN", 1),
    ],
)
def test_a_name_that_is_not_and_a_record_that_is_not_are_answers(
    wire: DnsWire, name: str, record: str, rcode: str, aliases: int
) -> None:
    answer = answered(wire, name, record)
    assert (answer.rcode, answer.authoritative) == (rcode, True)
    assert [found.record for found in answer.records] == ["CNAME"] * aliases


def test_an_alias_that_leads_away_is_an_answer_to_who_asks_for_the_alias(wire: DnsWire) -> None:
    (record,) = answered(wire, "away.contoso.com", "CNAME").records
    assert record.data == "webdir.online.lync.com."


def test_one_name_has_two_answers_in_split_dns(wire: DnsWire) -> None:
    seen = {
        vantage: tuple(record.data for record in answered(wire, "sip.contoso.com", "A", vantage).records)
        for vantage in (Vantage.DNS_EXTERNAL, Vantage.DNS_INTERNAL)
    }
    assert seen == {Vantage.DNS_EXTERNAL: ("192.0.2.10", "192.0.2.9"), Vantage.DNS_INTERNAL: ("10.0.0.5",)}


def test_what_is_too_long_for_udp_is_fetched_over_tcp(wire: DnsWire) -> None:
    reply = reply_to(wire, "long.contoso.com", "TXT")
    assert isinstance(reply.answer, DnsAnswer)
    assert reply.answer.truncated
    assert len(reply.answer.records[0].data) > 2000
    assert reply.source == f"dns {reply.answer.server} tcp"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("sip.fabrikam.com", "refused refused"),
        ("sip.child.contoso.com", "refused lame"),  # a referral
        ("away.contoso.com", "refused lame"),  # the address at the end of the alias is not this server's to say
    ],
)
def test_a_server_that_does_not_know_gives_no_answer(wire: DnsWire, name: str, code: str) -> None:
    answer = reply_to(wire, name).answer
    assert isinstance(answer, NoAnswer)
    assert outcome(answer) == code


def test_where_one_resolver_refuses_the_next_is_asked(wire: DnsWire) -> None:
    answer = answered(wire, "sip.fabrikam.com", vantage=Vantage.DNS_EDGE)
    assert [record.data for record in answer.records] == ["10.0.0.5"]
    assert answer.server == answered(wire, "sip.contoso.com", vantage=Vantage.DNS_INTERNAL).server
