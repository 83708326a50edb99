"""Sends each probe down the wire that can answer it, and turns every reply into a fact: one for each probe."""

import queue
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from checker.model.facts import CommandRun, Fact, NoAnswer
from checker.model.probes import AnyProbe, CmdletProbe, DnsProbe, HttpProbe, TlsProbe, Vantage
from checker.model.undecided import Reason
from checker.probers.allowed_cmdlets import NOT_LIVE
from checker.probers.connections import Connections
from checker.probers.dns_wire import DnsWire
from checker.probers.edge_dns import EdgeDnsWire
from checker.probers.http_wire import HttpWire
from checker.probers.network import Network
from checker.probers.no_answers import bug
from checker.probers.powershell_wire import PowerShellWire
from checker.probers.tenant_routes import ROUTES
from checker.probers.tenant_wire import TenantWire
from checker.probers.tls_wire import TlsWire
from checker.probers.wire import Reply, Wire

_COUNTED = {
    DnsProbe: ("DNS question", "DNS questions"),
    TlsProbe: ("TLS handshake", "TLS handshakes"),
    HttpProbe: ("HTTP request", "HTTP requests"),
    CmdletProbe: ("REST request", "REST requests"),
}
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
    if probe.vantage is Vantage.TENANT:
        return probe.asked in ROUTES
    return (probe.vantage, probe.cmdlet) not in NOT_LIVE


class Dispatcher:
    """``facts`` is where they arrive, from any thread, in the order of the replies.

    Raises ValueError or OSError for network settings that cannot be used.
    """

    def __init__(self, connections: Connections) -> None:
        self.facts: queue.SimpleQueue[Fact] = queue.SimpleQueue()
        network = Network(connections.network)
        self._powershell = PowerShellWire(network, connections)
        self._dns, self._tls, self._http = DnsWire(network), TlsWire(network), HttpWire(network)
        self._tenant = TenantWire(network, connections.tenant)
        self._edge_dns = EdgeDnsWire(self._powershell)
        self._sent: Counter[tuple[str, type[AnyProbe]]] = Counter()
        self._lock = threading.Lock()

    def send(self, probe: AnyProbe, deadline: float) -> None:
        """Does not block. ``deadline`` is the run's, on the clock of ``time.monotonic``: the fact is there by then.

        Within it each wire gives a probe its own time-out, which begins when the probe's turn comes: a queue before
        a slow endpoint is no reason to call it silent.
        """
        began = time.monotonic()
        first = threading.Lock()

        def deliver(reply: Reply) -> None:
            if first.acquire(blocking=False):  # taken once, never given back
                self._keep(probe, reply, began)

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
        """The cmdlets, each distinct one once; of all else how many went out from where."""
        with self._lock:
            counted = sorted((place, *_COUNTED[kind], number) for (place, kind), number in self._sent.items())
        return self._powershell.commands_run() + tuple(
            CommandRun(where=place, as_whom="", what=f"{number} {one if number == 1 else many}")
            for place, one, many, number in counted
        )

    def _keep(self, probe: AnyProbe, reply: Reply, began: float) -> None:
        # Without a source nothing left the program; what PowerShell endpoints are sent is listed, not counted.
        if reply.source and probe.vantage not in _LISTED:
            with self._lock:
                self._sent[probe.place, type(probe)] += 1
        duration_ms = round((time.monotonic() - began) * 1000)
        self.facts.put(
            Fact(
                probe=probe,
                answer=reply.answer,
                observed_at=datetime.now(UTC),
                duration_ms=duration_ms,
                source=reply.source,
            )
        )


def _nobody_there(probe: AnyProbe) -> NoAnswer:
    return NoAnswer(
        reason=Reason.NO_ACCESS,
        code="no-wire",
        detail=f"csready cannot ask this from {probe.vantage.value} itself: {probe.asked}",
        needs="a later version, which reads what that machine saw from files",
    )
