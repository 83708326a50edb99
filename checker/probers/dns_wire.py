"""The wire of DNS: any record type, asked of the resolvers of a vantage, over UDP and then TCP, many at a time.

NXDOMAIN and "the name exists, this record does not" are answers. SERVFAIL, REFUSED, silence, garbage and a server
that neither knows the name nor looks further are none: the next resolver is asked.
"""

import asyncio
import secrets
import socket
import struct
import threading
import time
from collections import deque
from contextlib import suppress

import dns.asyncquery
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.query
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset

from checker.model.answers import DnsAnswer, DnsRecord
from checker.model.facts import NoAnswer
from checker.model.probes import DnsProbe
from checker.model.undecided import Reason
from checker.probers.lifeline import Stage
from checker.probers.network import Network
from checker.probers.no_answers import bug, timed_out, unreached
from checker.probers.wire import Deliver, Reply

_AT_ONCE = 100  # dnspython is bound by the processor: more in flight makes each of them slower
_TURNS = 2  # a packet of UDP may be lost, so a silent resolver is asked once more, after the others
_PAYLOAD = 1232  # bytes that UDP carries unfragmented on all usual paths: https://www.dnsflagday.net/2020/
_OPT = struct.pack("!B2HIH", 0, dns.rdatatype.OPT, _PAYLOAD, 0, 0)
_LARGEST = 65535  # bytes of a datagram
_NO_EDNS = {dns.rcode.FORMERR, dns.rcode.NOTIMP}  # RFC 6891 7: so answers a server that does not know EDNS
_ANSWERS = {dns.rcode.NOERROR, dns.rcode.NXDOMAIN}
_MARGIN_S = 0.05  # kept of the deadline, to say which resolver did what

Resolver = tuple[str, int]


class DnsWire:
    """Lives in one daemon thread, with an event loop that never looks up a name or calls anything that blocks."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._asking: set[asyncio.Task[None]] = set()
        self._closing = asyncio.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="DnsWire", daemon=True)
        self._thread.start()

    def send(self, probe: DnsProbe, deadline: float, deliver: Deliver) -> None:
        with suppress(RuntimeError):  # closed: nothing is delivered any more
            self._loop.call_soon_threadsafe(self._begin, probe, deadline, deliver)

    def close(self) -> None:
        with suppress(RuntimeError):  # closed before
            self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join(timeout=1.0)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._live())

    async def _live(self) -> None:
        await self._closing.wait()
        for task in self._asking:
            task.cancel()
        await asyncio.gather(*self._asking, return_exceptions=True)
        await asyncio.sleep(0)  # a transport closes its socket one turn after it was told to

    def _begin(self, probe: DnsProbe, deadline: float, deliver: Deliver) -> None:
        task = self._loop.create_task(self._answer(probe, deadline, deliver))
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    async def _answer(self, probe: DnsProbe, deadline: float, deliver: Deliver) -> None:
        resolvers = self._network.resolvers(probe.vantage)
        source = f"dns {', '.join(map(_spelt, resolvers))}".strip()
        stage = Stage.QUEUE
        try:
            async with asyncio.timeout_at(deadline), self._places:  # the loop's clock is time.monotonic
                until = min(deadline - _MARGIN_S, time.monotonic() + self._network.timeouts.dns)
                if until <= time.monotonic():
                    raise TimeoutError
                stage = Stage.READ
                reply = await _ask_in_turn(probe, resolvers, until)
        except TimeoutError:
            reply = Reply(timed_out(stage, source), source)
        except Exception as exc:
            reply = Reply(bug(exc), source)
        deliver(reply)


async def _ask_in_turn(probe: DnsProbe, resolvers: tuple[Resolver, ...], until: float) -> Reply:
    """The first answer; else what the resolvers did instead, under the first reason that is more than silence."""
    if not resolvers:
        detail = f"no resolver is known for {probe.vantage.value}"
        needs = f"[dns].{probe.vantage.value.removeprefix('dns-')} in csready.toml"
        return Reply(NoAnswer(reason=Reason.NO_ACCESS, code="no-resolver", detail=detail, needs=needs), "")
    kind = dns.rdatatype.from_text(probe.record)
    try:
        name = dns.name.from_text(probe.name)
    except dns.exception.DNSException as exc:
        detail = f"{type(exc).__name__}: not a name that DNS can be asked for"
        return Reply(NoAnswer(reason=Reason.MALFORMED, code="bad-name", detail=detail), "")
    turns = deque(resolvers * _TURNS)
    failures: dict[Resolver, NoAnswer] = {}
    while turns:
        within_s = (until - time.monotonic()) / len(turns)
        resolver = turns.popleft()
        reply = await _ask(name, kind, resolver, within_s)
        if not isinstance(reply.answer, NoAnswer):
            return reply
        failures[resolver] = reply.answer
        if reply.answer.reason is not Reason.TIMED_OUT:
            turns = deque(other for other in turns if other != resolver)
    said = [failure for failure in failures.values() if failure.reason is not Reason.TIMED_OUT]
    main = (said or list(failures.values()))[0]
    detail = "; ".join(failure.detail for failure in failures.values())
    source = f"dns {', '.join(map(_spelt, resolvers))}"
    return Reply(NoAnswer(reason=main.reason, code=main.code, detail=detail), source)


async def _ask(name: dns.name.Name, kind: dns.rdatatype.RdataType, resolver: Resolver, within_s: float) -> Reply:
    server = _spelt(resolver)
    over_tcp = False
    answer: DnsAnswer | NoAnswer
    try:
        async with asyncio.timeout(within_s):
            response, over_tcp = await _exchange(name, kind, resolver)
        answer = _read(response, name, kind, server, over_tcp)
    except EOFError:
        answer = unreached(ConnectionResetError(), Stage.READ, server)
    except OSError as exc:
        answer = unreached(exc, Stage.READ, server)
    except dns.exception.DNSException as exc:
        detail = f"{server}: what it sent is no answer to the question ({type(exc).__name__})"
        answer = NoAnswer(reason=Reason.MALFORMED, code="garbage", detail=detail)
    return Reply(answer, f"dns {server} {'tcp' if over_tcp else 'udp'}")


async def _exchange(
    name: dns.name.Name, kind: dns.rdatatype.RdataType, resolver: Resolver
) -> tuple[dns.message.Message, bool]:
    """The response, and whether it came over TCP because it was too long for UDP."""
    address, port = resolver
    for edns in (True, False):
        query = _query(name, kind, edns=edns)
        try:
            response, over_tcp = await _over_udp(query, name, kind, resolver), False
        except dns.message.Truncated:
            response, over_tcp = await dns.asyncquery.tcp(dns.message.from_wire(query), address, port=port), True
        if response.rcode() not in _NO_EDNS:
            break
    return response, over_tcp


def _query(name: dns.name.Name, kind: dns.rdatatype.RdataType, *, edns: bool) -> bytes:
    """A question with recursion desired (RFC 1035 4.1; OPT: RFC 6891 6.1.2).

    Written by hand because dnspython's Message takes 0.12 ms to build and render, an eighth of what a question may take
    when 8,000 of them are to be asked twenty times as fast as one after the other.
    """
    header = struct.pack("!6H", secrets.randbits(16), dns.flags.RD, 1, 0, 0, int(edns))
    question = name.to_wire() + struct.pack("!2H", kind, dns.rdataclass.IN)  # type: ignore[operator]  # no file: bytes
    return header + question + (_OPT if edns else b"")


def _is_reply(response: dns.message.Message, query: bytes, name: dns.name.Name, kind: dns.rdatatype.RdataType) -> bool:
    """Whether it has the query's id and question; a server that refuses may leave the question out."""
    if not response.flags & dns.flags.QR or response.id != int.from_bytes(query[:2], "big"):
        return False
    if not response.question:
        return response.rcode() not in _ANSWERS
    (asked,) = response.question if len(response.question) == 1 else (None,)
    return asked is not None and (asked.name, asked.rdtype, asked.rdclass) == (name, kind, dns.rdataclass.IN)


async def _over_udp(
    query: bytes, name: dns.name.Name, kind: dns.rdatatype.RdataType, resolver: Resolver
) -> dns.message.Message:
    """What ``dns.asyncquery.udp`` takes a third more time for, which counts with thousands of questions.

    Raises ``dns.message.Truncated``.
    """
    family = socket.AF_INET6 if ":" in resolver[0] else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as udp:
        udp.setblocking(False)
        # Connected, so that the system drops what comes from elsewhere and tells of a port nobody listens on.
        udp.connect(resolver)
        udp.send(query)
        wire = await asyncio.get_running_loop().sock_recv(udp, _LARGEST)
    response = dns.message.from_wire(wire, raise_on_truncation=True)
    if not _is_reply(response, query, name, kind):
        raise dns.query.BadResponse
    return response


def _read(
    response: dns.message.Message, name: dns.name.Name, kind: dns.rdatatype.RdataType, server: str, over_tcp: bool
) -> DnsAnswer | NoAnswer:
    rcode = dns.rcode.to_text(response.rcode())
    if response.rcode() not in _ANSWERS:
        return NoAnswer(reason=Reason.REFUSED, code=rcode.lower(), detail=f"{server}: {rcode}")
    if _is_unfinished(response, kind):
        detail = f"{server}: it neither knows the answer nor looks further (a referral, no recursion)"
        return NoAnswer(reason=Reason.REFUSED, code="lame", detail=detail)
    return DnsAnswer(
        rcode=rcode,
        records=_records(response.answer, name),
        authoritative=bool(response.flags & dns.flags.AA),
        truncated=over_tcp,
        server=server,
    )


def _is_unfinished(response: dns.message.Message, kind: dns.rdatatype.RdataType) -> bool:
    """Whether "no such record" would be read into a response that does not say so.

    A resolver that recurses (RA) has looked to the end. One that does not speaks for its own zones only: about those
    with AA, and at the end of a CNAME with the SOA of the target's zone (RFC 2308 2.2).
    """
    if response.flags & dns.flags.RA or response.rcode() != dns.rcode.NOERROR:
        return False
    if any(rrset.rdtype == kind for rrset in response.answer):
        return False
    if any(rrset.rdtype == dns.rdatatype.SOA for rrset in response.authority):
        return False
    return bool(response.answer) or not response.flags & dns.flags.AA


def _records(answer: list[dns.rrset.RRset], name: dns.name.Name) -> tuple[DnsRecord, ...]:
    """The CNAMEs from ``name`` on in their order, then the rest sorted."""
    aliases = {rrset.name: rrset for rrset in answer if rrset.rdtype == dns.rdatatype.CNAME}
    chain: list[dns.rrset.RRset] = []
    while name in aliases:
        chain.append(aliases.pop(name))
        name = chain[-1][0].target
    rest = [rrset for rrset in answer if rrset.rdtype != dns.rdatatype.CNAME] + list(aliases.values())
    in_order = [record for rrset in chain for record in _flat(rrset)]
    return (*in_order, *sorted((record for rrset in rest for record in _flat(rrset)), key=_sort_key))


def _flat(rrset: dns.rrset.RRset) -> list[DnsRecord]:
    name = rrset.name.to_text(omit_final_dot=True).lower()
    kind = dns.rdatatype.to_text(rrset.rdtype)
    return [DnsRecord(name, kind, rrset.ttl, rdata.to_text()) for rdata in rrset]


def _sort_key(record: DnsRecord) -> tuple[str, str, str]:
    return record.name, record.record, record.data


def _spelt(resolver: Resolver) -> str:
    address, port = resolver
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
