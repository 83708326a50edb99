"""Sends each probe down the wire that can answer it, and turns every reply into a fact: one for each probe."""

import queue
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec

from checker.model.facts import CommandRun, Fact, NoAnswer, Notice
from checker.model.probes import AnyProbe, CmdletProbe, DnsProbe, HttpProbe, TlsProbe, Vantage
from checker.model.undecided import Reason
from checker.probers.allowed_cmdlets import ALLOWED, is_whole
from checker.probers.connections import Connections
from checker.probers.dns_wire import DnsWire
from checker.probers.edge_dns import EdgeDnsWire
from checker.probers.evidence_files.store import wanted_file
from checker.probers.file_reader import FileReader, Files
from checker.probers.http_wire import HttpWire
from checker.probers.network import Network
from checker.probers.no_answers import bug
from checker.probers.powershell_wire import PowerShellWire
from checker.probers.tenant_routes import route_of
from checker.probers.tenant_wire import TenantWire
from checker.probers.tls_wire import TlsWire
from checker.probers.two_sources import Choices, Meeting
from checker.probers.wire import Reply, Wire

_COUNTED = {
    DnsProbe: ("DNS question", "DNS questions"),
    TlsProbe: ("TLS handshake", "TLS handshakes"),
    HttpProbe: ("HTTP request", "HTTP requests"),
    CmdletProbe: ("REST request", "REST requests"),
}
_BEFORE_THE_END_S = 0.5  # what one source has by then stands, whatever the other is still at
_LISTED = (Vantage.ONPREM, Vantage.EDGE, Vantage.WORKSTATION, Vantage.DNS_EDGE)


_CARRIED: frozenset[tuple[type[AnyProbe], Vantage]] = frozenset(
    {
        (CmdletProbe, Vantage.ONPREM),
        (CmdletProbe, Vantage.EDGE),
        (CmdletProbe, Vantage.WORKSTATION),
        (CmdletProbe, Vantage.TENANT),
        (DnsProbe, Vantage.DNS_INTERNAL),
        (DnsProbe, Vantage.DNS_EXTERNAL),
        (DnsProbe, Vantage.DNS_EDGE),
        (TlsProbe, Vantage.HERE),
        (HttpProbe, Vantage.HERE),
    }
)


def can_be_sent(probe: AnyProbe) -> bool:
    """Whether this version has a wire for it at all, whatever is configured; if not, only a file could answer it."""
    if (type(probe), probe.vantage) not in _CARRIED:
        return False
    if not isinstance(probe, CmdletProbe):
        return True
    if probe.cmdlet in ALLOWED[probe.vantage]:
        return is_whole(probe)
    if probe.vantage is Vantage.TENANT:
        return route_of(probe) is not None
    # whoami comes from a file only; what neither list knows is a bug, and the wire says so.
    # whoami comes from files alone. What neither list knows is a bug, and the wire says so.
    return not wanted_file(probe)


class Dispatcher:
    """``facts`` is where they arrive, from any thread, in the order of the replies.

    With ``files`` every question is looked up there too, and the newer answer stands. ``offline``: nothing is sent.
    Raises ValueError or OSError for network settings that cannot be used.
    """

    def __init__(self, connections: Connections, files: Files | None = None, *, offline: bool = False) -> None:
        self.facts: queue.SimpleQueue[Fact] = queue.SimpleQueue()
        self._offline = offline
        self._files = files
        self._reader = FileReader(files) if files else None
        self._choices = Choices()
        network = Network(connections.network)
        self._powershell = PowerShellWire(network, connections)
        self._dns, self._tls, self._http = DnsWire(network), TlsWire(network), HttpWire(network)
        self._tenant = TenantWire(network, connections.tenant, self._powershell)
        self._edge_dns = EdgeDnsWire(self._powershell)
        self._sent: Counter[tuple[str, type[AnyProbe]]] = Counter()
        self._lock = threading.Lock()

    def send(self, probe: AnyProbe, deadline: float) -> None:
        """Does not block. ``deadline`` is the run's, on the clock of ``time.monotonic``: the fact is there by then.

        Within it each wire gives a probe its own time-out, which begins when the probe's turn comes: a queue before
        a slow endpoint is no reason to call it silent.
        """
        match self._reader:
            case None if self._offline:
                self.facts.put(_offline(probe, has_files=False))
            case None:
                self._ask(probe, deadline, self.facts.put)
            case reader if self._offline:
                reader.ask(probe, lambda found: self.facts.put(found or _offline(probe, has_files=True)))
            case reader:
                until = deadline - _BEFORE_THE_END_S
                meeting = Meeting(lambda file, live: self.facts.put(self._choices.of(file, live)), until)
                reader.ask(probe, meeting.file)
                self._ask(probe, deadline, meeting.live)

    def _ask(self, probe: AnyProbe, deadline: float, arrived: Callable[[Fact], None]) -> None:
        began = time.monotonic()
        first = threading.Lock()

        def deliver(reply: Reply) -> None:
            if first.acquire(blocking=False):  # taken once, never given back
                arrived(self._fact(probe, reply, began))

        # The tenant's wire says itself what it has no route for, and what is missing to take one.
        if not can_be_sent(probe) and probe.vantage is not Vantage.TENANT:
            deliver(Reply(_nobody_there(probe), ""))
            return
        try:
            self._wire(probe).send(probe, deadline, deliver)
        except Exception as exc:
            deliver(Reply(bug(exc), ""))

    def close(self) -> None:
        """Abandons what is under way; no fact arrives after it."""
        if self._reader:
            self._reader.close()
        for wire in (self._dns, self._tls, self._http, self._tenant, self._edge_dns, self._powershell):
            wire.close()

    def _wire(self, probe: AnyProbe) -> Wire[Any]:
        match probe:
            case CmdletProbe(vantage=Vantage.TENANT):
                return self._tenant
            case CmdletProbe():
                return self._powershell
            case DnsProbe(vantage=Vantage.DNS_EDGE):
                return self._edge_dns
            case DnsProbe():
                return self._dns
            case TlsProbe():
                return self._tls
            case HttpProbe():
                return self._http

    def commands_run(self) -> tuple[CommandRun, ...]:
        """The cmdlets, each distinct one once, and the sign-ins; of all else how many went out from where."""
        with self._lock:
            counted = sorted((place, *_COUNTED[kind], number) for (place, kind), number in self._sent.items())
        numbers = (
            CommandRun(where=place, as_whom="", what=f"{number} {one if number == 1 else many}")
            for place, one, many, number in counted
        )
        return (*self._powershell.commands_run(), *self._tenant.commands_run(), *numbers)

    @property
    def under_way(self) -> str:
        """What takes long just now, for a line of progress; empty when nothing does."""
        return self._powershell.under_way or (self._files.under_way if self._files else "")

    def notices(self) -> tuple[Notice, ...]:
        """What the report must say of the files: which were of no use, and where the wire had a newer answer."""
        return (*(self._files.notices if self._files else ()), *self._choices.notices())

    def _fact(self, probe: AnyProbe, reply: Reply, began: float) -> Fact:
        # Without a source nothing left the program; what PowerShell endpoints are sent is listed, not counted.
        is_listed = probe.vantage in _LISTED or (isinstance(probe, CmdletProbe) and self._tenant.asks_module(probe))
        if reply.source and not is_listed:
            with self._lock:
                self._sent[probe.place, type(probe)] += 1
        return Fact(
            probe=probe,
            answer=_or_by_file(reply.answer, probe) if isinstance(reply.answer, NoAnswer) else reply.answer,
            observed_at=datetime.now(UTC),
            duration_ms=round((time.monotonic() - began) * 1000),
            source=reply.source,
            second_hand=reply.second_hand,
        )


def _or_by_file(none: NoAnswer, probe: AnyProbe) -> NoAnswer:
    """Whoever has no right to ask can be given the answer: the file that would hold it is named."""
    if none.reason is not Reason.NO_ACCESS or not (file := wanted_file(probe)):
        return none
    return msgspec.structs.replace(none, file=file)


def _nobody_there(probe: AnyProbe) -> NoAnswer:
    return NoAnswer(
        reason=Reason.NO_ACCESS,
        code="no-wire",
        detail=f"csready cannot ask this from {probe.vantage.value} itself: {probe.asked}",
        needs="" if wanted_file(probe) else "csready run on a machine that stands there",
    )


def _offline(probe: AnyProbe, *, has_files: bool) -> Fact:
    file = wanted_file(probe)
    is_missing = has_files and bool(file)
    none = NoAnswer(
        reason=Reason.NO_ACCESS if is_missing else Reason.NOT_ASKED,
        code="no-file" if is_missing else "offline",
        detail=f"no file answers {probe.id}" if is_missing else "nothing is sent with --offline",
        needs="a scan without --offline",
        file=file,
    )
    return Fact(probe=probe, answer=none, observed_at=datetime.now(UTC))
