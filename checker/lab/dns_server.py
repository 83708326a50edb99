"""An authoritative DNS server over UDP and TCP, whose answers, and failures to answer, are given as data."""

import asyncio
import socket
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Self, cast

import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

from checker.lab.listener import LOOPBACK
from checker.lab.zones import DnsBehaviour, Records, Zones

_RECEIVE_BUFFER = 8 * 1024 * 1024  # bytes; a burst of hundreds of questions overruns the usual 200 KiB
_LARGEST_UDP = 512  # RFC 1035 4.2.1, when the client names no size
_LARGEST_TCP = 65535  # RFC 1035 4.2.2: two bytes of length
_GARBAGE = bytes.fromhex("8400 0001 0001 0000 0000 ffff")  # one question announced, then no label's length


class DnsServer:
    """Serves `zones` between `start` and `stop`, or within `with`, on one port number for UDP and TCP.

    `address` ("127.0.0.1:port") is there once it has started. Each reply leaves `delay_s` after its question came,
    however many are in flight. `questions` counts what was asked, by name (lower case, no last dot) and type.
    """

    address: str

    def __init__(self, zones: Zones, delay_s: float = 0.0) -> None:
        self.questions: Counter[tuple[str, str]] = Counter()
        self._records = Records(zones)
        self._delay_s = delay_s
        self._prepared: dict[tuple[bytes, bool], tuple[tuple[str, str], bytes | None]] = {}

    def start(self) -> Self:
        udp, tcp = bind_both()
        self.address = f"{LOOPBACK}:{udp.getsockname()[1]}"
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._thread = threading.Thread(
            target=self._run, args=(udp, tcp), name=f"DnsServer {self.address}", daemon=True
        )
        self._thread.start()
        return self

    def stop(self) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def handle(self, query: bytes, over_tcp: bool, send: Callable[[bytes], None]) -> None:
        """Count the question and have its reply sent when it is due, if there is one."""
        try:
            question, reply = self._prepare(query, over_tcp)
        except (dns.exception.DNSException, IndexError):
            return  # nothing that could be answered
        self.questions[question] += 1
        if reply is None:
            return
        if self._delay_s:
            self._loop.call_later(self._delay_s, send, query[:2] + reply)
        else:
            send(query[:2] + reply)

    def _run(self, udp: socket.socket, tcp: socket.socket) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve(udp, tcp))

    async def _serve(self, udp: socket.socket, tcp: socket.socket) -> None:
        streams: set[asyncio.Transport] = set()
        datagrams, _ = await self._loop.create_datagram_endpoint(lambda: _Datagrams(self), sock=udp)
        server = await self._loop.create_server(lambda: _Stream(self, streams), sock=tcp)
        await self._stopping.wait()
        while accepting := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.gather(*accepting)  # a server that closes in between leaks the connection (CPython 3.11)
        server.close()
        datagrams.abort()
        for stream in streams:
            stream.abort()
        await asyncio.sleep(0)  # a transport closes its socket one turn after it was told to
        await server.wait_closed()

    def _prepare(self, query: bytes, over_tcp: bool) -> tuple[tuple[str, str], bytes | None]:
        """The question, and the reply after its id; kept, since reading and writing messages is what costs."""
        key = (query[2:], over_tcp)
        if key not in self._prepared:
            message = dns.message.from_wire(query)
            asked = message.question[0]
            question = (asked.name.to_text(omit_final_dot=True).lower(), dns.rdatatype.to_text(asked.rdtype))
            self._prepared[key] = (question, self._reply(message, over_tcp))
        return self._prepared[key]

    def _reply(self, query: dns.message.Message, over_tcp: bool) -> bytes | None:
        found = self._records.resolve(query.question[0].name, query.question[0].rdtype)
        reply = dns.message.make_response(query)
        reply.set_rcode(found.rcode)
        match found.behaviour:
            case DnsBehaviour.SILENT:
                return None
            case DnsBehaviour.GARBAGE:
                return _GARBAGE
            case DnsBehaviour.SERVFAIL:
                reply.set_rcode(dns.rcode.SERVFAIL)
            case DnsBehaviour.REFUSED:
                reply.set_rcode(dns.rcode.REFUSED)
            case DnsBehaviour.LAME:
                reply.authority.append(dns.rrset.from_text(".", 518400, "IN", "NS", "a.root-servers.net."))
            case DnsBehaviour.TRUNCATED if not over_tcp:
                reply.flags |= dns.flags.AA | dns.flags.TC
            case _ if found.rcode is not dns.rcode.REFUSED:
                reply.flags |= dns.flags.AA
                reply.answer.extend(found.answer)
                reply.authority.extend(found.authority)
        largest = _LARGEST_TCP if over_tcp else max(query.payload, _LARGEST_UDP)
        return reply.to_wire(max_size=largest, prefer_truncation=True)[2:]


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, server: DnsServer) -> None:
        self._server = server

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._server.handle(data, False, lambda reply: self._send(reply, addr))

    def _send(self, reply: bytes, address: tuple[str, int]) -> None:
        if not self._transport.is_closing():  # a reply that was due after the server's end
            self._transport.sendto(reply, address)


class _Stream(asyncio.Protocol):
    """Messages behind two bytes of length each, RFC 1035 4.2.2; several may be on their way."""

    def __init__(self, server: DnsServer, streams: set[asyncio.Transport]) -> None:
        self._server = server
        self._streams = streams
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._streams.add(self._transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._streams.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        self._received += data
        while len(self._received) >= 2 + (length := int.from_bytes(self._received[:2])):
            query, self._received = self._received[2 : 2 + length], self._received[2 + length :]
            self._server.handle(query, True, lambda reply: self._transport.write(len(reply).to_bytes(2) + reply))


def bind_both() -> tuple[socket.socket, socket.socket]:
    """A UDP socket and a listening TCP socket with the same port number, found by trying."""
    while True:
        udp, tcp = socket.socket(type=socket.SOCK_DGRAM), socket.socket()
        with suppress(OSError):  # the number is free for one of them only
            udp.bind((LOOPBACK, 0))
            udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
            tcp.bind(udp.getsockname())
            tcp.listen(512)
            return udp, tcp
        udp.close()
        tcp.close()
