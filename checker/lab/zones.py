"""What a DNS server of the lab knows, and what it makes of a question."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import cast

import dns.name
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rrset
from dns.rdtypes.ANY.CNAME import CNAME


class DnsBehaviour(Enum):
    ANSWER = auto()
    SERVFAIL = auto()
    REFUSED = auto()
    SILENT = auto()
    TRUNCATED = auto()
    """TC and no answer over UDP, all of it over TCP."""
    GARBAGE = auto()
    """The right id, and after it what is no DNS message."""
    LAME = auto()
    """No answer, AA clear, and a referral upwards to the root: a server that was never given the zone."""


@dataclass(frozen=True)
class DnsReply:
    """Records of one name and type, as text in the form of a zone file; names in it may leave out the last dot."""

    rdatas: tuple[str, ...] = ()
    ttl: int = 300
    behaviour: DnsBehaviour = DnsBehaviour.ANSWER


@dataclass(frozen=True)
class Zones:
    """All a server knows. `names` maps name and type ("_sip._tls.contoso.com", "SRV"); `*.` is a wildcard.

    `origins` are the apexes it answers for; each has a SOA of its own making. Below them what is not listed
    does not exist. Names outside are refused, and at the target of a CNAME left to the client.
    """

    names: Mapping[tuple[str, str], DnsReply]
    origins: tuple[str, ...]


@dataclass(frozen=True)
class Resolution:
    """The reply to one question. What `behaviour` says comes before what the other fields say."""

    rcode: dns.rcode.Rcode
    behaviour: DnsBehaviour = DnsBehaviour.ANSWER
    answer: tuple[dns.rrset.RRset, ...] = ()
    authority: tuple[dns.rrset.RRset, ...] = ()


_Labels = tuple[bytes, ...]  # of a name, lower case; hashed many times per question, which dns.name.Name is slow at
_Node = dict[dns.rdatatype.RdataType, tuple[DnsReply, tuple[dns.rdata.Rdata, ...]]]
_NOTHING: tuple[DnsReply, tuple[dns.rdata.Rdata, ...]] = (DnsReply(), ())


class Records:
    """`Zones` with every name and record read. Raises `dns.exception.DNSException` for text that is none."""

    def __init__(self, zones: Zones) -> None:
        self._nodes: dict[_Labels, _Node] = {}
        self._soas: dict[_Labels, dns.rrset.RRset] = {}  # of each origin, for negative answers
        for origin in map(dns.name.from_text, zones.origins):
            soa = f"ns1.{origin} hostmaster.{origin} 1 3600 600 86400 300"
            self._soas[_labels(origin)] = dns.rrset.from_text(origin, 300, "IN", "SOA", soa)
            self._add(origin, dns.rdatatype.SOA, DnsReply((soa,)))
        for (name, kind), reply in zones.names.items():
            self._add(dns.name.from_text(name), dns.rdatatype.from_text(kind), reply)
        # RFC 4592 2.2.2: a name with something below it exists, even when it has no record.
        self._existing = {above for node in self._nodes for above in _upwards(node)}

    def _add(self, name: dns.name.Name, kind: dns.rdatatype.RdataType, reply: DnsReply) -> None:
        rdatas = (
            dns.rdata.from_text(dns.rdataclass.IN, kind, text, origin=dns.name.root, relativize=False)
            for text in reply.rdatas
        )
        self._nodes.setdefault(_labels(name), {})[kind] = (reply, tuple(rdatas))

    def resolve(self, asked: dns.name.Name, kind: dns.rdatatype.RdataType) -> Resolution:
        """What RFC 1034 4.3.2 makes of a question: CNAMEs are followed as far as the origins reach, and once each."""
        name, answer, behaviour = asked, list[dns.rrset.RRset](), DnsBehaviour.ANSWER
        while soa := self._soa_above(_labels(name)):
            node = self._node(_labels(name))
            reply, rdatas = _NOTHING if node is None else node.get(kind) or node.get(dns.rdatatype.CNAME, _NOTHING)
            if reply.behaviour is not DnsBehaviour.ANSWER:
                behaviour = reply.behaviour
            if not rdatas:
                rcode = dns.rcode.NXDOMAIN if node is None else dns.rcode.NOERROR
                return Resolution(rcode, behaviour, tuple(answer), (soa,))
            answer.append(dns.rrset.from_rdata_list(name, reply.ttl, rdatas))
            if kind == answer[-1].rdtype:
                break
            name = cast(CNAME, rdatas[0]).target
            if any(name == followed.name for followed in answer):
                break
        return Resolution(dns.rcode.NOERROR if answer else dns.rcode.REFUSED, behaviour, tuple(answer))

    def _soa_above(self, name: _Labels) -> dns.rrset.RRset | None:
        return next((self._soas[above] for above in _upwards(name) if above in self._soas), None)

    def _node(self, name: _Labels) -> _Node | None:
        """The records of a name that exists, perhaps none, or of the wildcard that stands for it."""
        if name in self._existing:
            return self._nodes.get(name, {})
        encloser = next(above for above in _upwards(name) if above in self._existing)
        return self._nodes.get((b"*", *encloser))


def _labels(name: dns.name.Name) -> _Labels:
    return tuple(label.lower() for label in name.labels)


def _upwards(name: _Labels) -> Iterator[_Labels]:
    """The name, what it is below of, and so on to the root."""
    return (name[depth:] for depth in range(len(name)))
