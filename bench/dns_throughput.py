"""Measures how fast 1,000 SIP domains are looked up beside the same questions asked one after the other.

The lab's DNS server runs in a process of its own and holds each reply back by 20 ms. The questions one after the other
are dnspython's plain `dns.query.udp`; all of them would take minutes, so one in nineteen is asked and
the rate compared.
"""

import multiprocessing
import queue
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

import dns.message
import dns.query
from tabulate import tabulate

from checker.cli.scanning import run_scan
from checker.config import Setup
from checker.lab.dns_server import DnsServer
from checker.lab.zones import DnsReply, Zones
from checker.model.answers import DnsAnswer
from checker.model.facts import Selection
from checker.model.probes import DnsProbe, Vantage
from checker.model.target import Target
from checker.probers.connections import Connections, NetworkSettings
from checker.probers.dns_wire import DnsWire
from checker.probers.network import Network
from checker.probers.wire import Reply

LIMIT = 20.0  # times as fast as one after the other
AWAY_S = 0.02
DEADLINE_S = 120.0
RUNS = 3  # of DnsWire, of which the middle one counts
EVERY = 19  # shares no factor with the records of a domain, so that all types take part
DOMAINS = tuple(f"domain{number:04}.example" for number in range(1000))
RECORDS = (  # of each domain: what stands before its name, the type, the data
    ("_sipfederationtls._tcp.", "SRV", "0 0 5061 sip.{}."),
    ("_sip._tls.", "SRV", "0 0 443 sip.{}."),
    ("_sipinternaltls._tcp.", "SRV", "0 0 5061 sip.{}."),
    ("sip.", "A", "192.0.2.1"),
    ("sip.", "AAAA", "2001:db8::1"),
    ("lyncdiscover.", "A", "192.0.2.2"),
    ("lyncdiscoverinternal.", "A", "192.0.2.3"),
    ("", "TXT", '"v=spf1 -all"'),
)


@dataclass(frozen=True)
class Measured:
    """``answered`` questions in ``seconds``; ``again`` is how many more than those reached the server."""

    answered: int
    seconds: float
    again: int

    @property
    def per_second(self) -> float:
        return self.answered / self.seconds


def main() -> int:
    single = measured(ask_one_by_one)
    wire = sorted((measured(ask_wire) for _ in range(RUNS)), key=lambda run: run.seconds)[RUNS // 2]
    scan = measured(scan_where_only_dns_answers)
    print(
        f"{len(DOMAINS):,} SIP domains x {len(RECORDS)} records, {AWAY_S * 1000:g} ms away; limit: {LIMIT:g} times as "
        "fast as one after the other (DnsWire), and no question twice (both)\n"
    )
    rows = [
        (name, found.answered, found.seconds, found.per_second, found.per_second / single.per_second, found.again)
        for name, found in (
            (f"one after the other, every {EVERY}th", single),
            ("DnsWire", wire),
            ("a scan where only DNS answers", scan),
        )
    ]
    headers = ("", "answered", "seconds", "per second", "ratio", "asked again")
    print(tabulate(rows, headers=headers, floatfmt=("", ".0f", ".2f", ".0f", ".1f", ".0f")))
    is_slow = wire.per_second < LIMIT * single.per_second
    return int(is_slow or wire.again + scan.again > 0 or wire.answered < len(probes()) or scan.answered < len(DOMAINS))


def measured(ask: Callable[[str], int]) -> Measured:
    """Runs ``ask``, handed the address of a server that was asked nothing yet; it returns how many answers it got."""
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe()
    process = spawning.Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    address = ours.recv()
    began = time.perf_counter()
    answered = ask(address)
    seconds = time.perf_counter() - began
    ours.send("stop")
    questions = ours.recv()
    process.join()
    return Measured(answered, seconds, questions - answered)


def serve(pipe: Connection) -> None:
    """The server's process: says where it listens, and at the end how much it was asked."""
    names = {
        (f"{before}{domain}", record): DnsReply((data.format(domain),))
        for domain in DOMAINS
        for before, record, data in RECORDS
    }
    with DnsServer(Zones(names, DOMAINS), AWAY_S) as server:
        pipe.send(server.address)
        pipe.recv()
        pipe.send(server.questions.total())


def probes() -> list[DnsProbe]:
    return [
        DnsProbe(vantage=Vantage.DNS_EXTERNAL, name=f"{before}{domain}", record=record)
        for domain in DOMAINS
        for before, record, _ in RECORDS
    ]


def settings(address: str) -> NetworkSettings:
    resolvers = {Vantage.DNS_EXTERNAL: (address,), Vantage.DNS_INTERNAL: (address,)}
    return NetworkSettings(resolvers=resolvers, connect_to={"*": "refuse"})


def ask_one_by_one(address: str) -> int:
    host, _, port = address.rpartition(":")
    sample = probes()[::EVERY]
    for probe in sample:
        dns.query.udp(dns.message.make_query(probe.name, probe.record), host, port=int(port), timeout=DEADLINE_S)
    return len(sample)


def ask_wire(address: str) -> int:
    replies: queue.SimpleQueue[Reply] = queue.SimpleQueue()
    wire = DnsWire(Network(settings(address)))
    try:
        for probe in probes():
            wire.send(probe, time.monotonic() + DEADLINE_S, replies.put)
        return sum(isinstance(replies.get(timeout=DEADLINE_S).answer, DnsAnswer) for _ in probes())
    finally:
        wire.close()


def scan_where_only_dns_answers(address: str) -> int:
    """The whole catalogue over all domains, where DNS answers and nobody else can be asked."""
    setup = Setup(target=Target(name="bench", sip_domains=DOMAINS), connections=Connections(network=settings(address)))
    done = run_scan(setup, selection=Selection(), deadline_s=DEADLINE_S, progress=lambda line: None)
    return sum(isinstance(fact.answer, DnsAnswer) for fact in done.snapshot.facts)


if __name__ == "__main__":
    sys.exit(main())
