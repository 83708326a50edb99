"""Carries cmdlets to the PowerShell endpoints: finds the endpoint, queues there, and answers in time."""

import queue
import threading
import time
from collections import deque
from dataclasses import dataclass, field, replace
from itertools import islice
from urllib.parse import urlsplit, urlunsplit

from checker.model.facts import CommandRun, NoAnswer
from checker.model.probes import CmdletProbe, Vantage
from checker.model.undecided import Reason
from checker.probers.accounts import Account
from checker.probers.allowed_cmdlets import AllowedCommand, allowed_command
from checker.probers.connections import Connections, RemotingEndpoint, Secret
from checker.probers.lifeline import WATCHDOG, Alarm, Stage
from checker.probers.network import Network
from checker.probers.no_answers import bug, timed_out
from checker.probers.psrp_session import PsrpSession
from checker.probers.psrp_shell import AHEAD
from checker.probers.wire import Deliver, Reply

_CLOSING_S = 3.0

_NEEDED = {
    Vantage.ONPREM: "[onprem] url and username in csready.toml, CSREADY_ONPREM_PASSWORD (environment)",
    Vantage.EDGE: "[[edge]] host, url and username in csready.toml, CSREADY_EDGE_PASSWORD (environment)",
    Vantage.WORKSTATION: "[workstation] url and username in csready.toml, CSREADY_WORKSTATION_PASSWORD (environment)",
}


class PowerShellWire:
    """A ``Wire`` of cmdlet probes. ``send`` raises NotAllowed, with nothing sent, for a cmdlet outside the list."""

    def __init__(self, network: Network, connections: Connections) -> None:
        self._network = network
        self._connections = connections
        self._accounts: dict[tuple[str, Secret], Account] = {}
        self._desks: dict[RemotingEndpoint, _Desk] = {}
        self._lock = threading.Lock()

    def send(self, probe: CmdletProbe, deadline: float, deliver: Deliver) -> None:
        command = allowed_command(probe)
        endpoint = self._endpoint(probe)
        if endpoint is None:
            deliver(Reply(_no_endpoint(probe), ""))
            return
        self._desk(endpoint).ask(_Errand(command, deadline, deliver))

    def close(self) -> None:
        with self._lock:
            desks = list(self._desks.values())
        for desk in desks:
            desk.leave()
        until = time.monotonic() + _CLOSING_S
        for desk in desks:
            desk.wait(until - time.monotonic())

    def commands_run(self) -> tuple[CommandRun, ...]:
        """Each distinct command that was sent, by endpoint, in the order in which it was first sent."""
        with self._lock:
            desks = list(self._desks.items())
        return tuple(
            CommandRun(where=desk.session.where, as_whom=endpoint.username, what=what)
            for endpoint, desk in desks
            for what in dict.fromkeys(str(command) for command in desk.session.sent)
        )

    def _endpoint(self, probe: CmdletProbe) -> RemotingEndpoint | None:
        match probe.vantage:
            case Vantage.ONPREM:
                return _front_end(self._connections.onprem, probe.host)
            case Vantage.EDGE:
                edges = self._connections.edges
                return next((edge for edge in edges if not probe.host or _same(edge.host, probe.host)), None)
            case _:
                return self._connections.workstation

    def _desk(self, endpoint: RemotingEndpoint) -> "_Desk":
        with self._lock:
            if endpoint not in self._desks:
                account = self._accounts.setdefault((endpoint.username.lower(), endpoint.password), Account())
                self._desks[endpoint] = _Desk(PsrpSession(self._network, endpoint, account))
            return self._desks[endpoint]


@dataclass(eq=False)
class _Errand:
    """One probe on its way. Delivered once: by the thread that asks, or by the alarm when that comes too late."""

    command: AllowedCommand
    deadline: float
    deliver: Deliver
    alarm: Alarm | None = None
    _settled: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def settle(self, reply: Reply) -> None:
        with self._lock:
            if self._settled:
                return
            self._settled = True
        if self.alarm:
            self.alarm.cancel()
        self.deliver(reply)

    @property
    def is_settled(self) -> bool:
        return self._settled


class _Desk:
    """An endpoint's queue, and the one thread that asks there. A thread that hangs where no connection can be cut,
    in a name lookup, is left behind; what waits is still answered by its deadline."""

    def __init__(self, session: PsrpSession) -> None:
        self.session = session
        self._errands: queue.SimpleQueue[_Errand | None] = queue.SimpleQueue()
        self._is_asking = False
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._work, name=f"psrp {session.where}", daemon=True)
        self._thread.start()

    def ask(self, errand: _Errand) -> None:
        late = Reply(timed_out(Stage.QUEUE, self.session.where), self.session.where)
        errand.alarm = WATCHDOG.at(errand.deadline, lambda: self._settle(errand, late))
        self._errands.put(errand)

    def leave(self) -> None:
        """Nothing that waits is asked or answered any more, and what is being asked is cut off."""
        self._leaving.set()
        if self._is_asking:
            self.session.cut()
        self._errands.put(None)

    def wait(self, seconds: float) -> None:
        self._thread.join(max(seconds, 0.0))

    def _work(self) -> None:
        waiting: deque[_Errand | None] = deque()
        while True:
            while not waiting or not self._errands.empty():
                waiting.append(self._errands.get())
            errand = waiting.popleft()
            if errand is None or self._leaving.is_set():
                break
            if not errand.is_settled:
                self._is_asking = True
                ahead = [each.command for each in islice(waiting, AHEAD) if each is not None and not each.is_settled]
                self._settle(errand, self._answer(errand, ahead))
                self._is_asking = False
        self.session.close()

    def _settle(self, errand: _Errand, reply: Reply) -> None:
        if not self._leaving.is_set():
            errand.settle(reply)

    def _answer(self, errand: _Errand, ahead: list[AllowedCommand]) -> Reply:
        try:
            answer = self.session.run(errand.command, errand.deadline, ahead)
        except Exception as exc:
            return Reply(bug(exc), self.session.where)
        return Reply(answer, self.session.where)


def _front_end(onprem: RemotingEndpoint | None, host: str) -> RemotingEndpoint | None:
    """The endpoint on ``host``: every Front End serves the same path to the same account."""
    if onprem is None or not host or _same(onprem.host, host):
        return onprem
    url = urlsplit(onprem.url)
    netloc = f"{host}:{url.port}" if url.port else host
    return replace(onprem, host=host, url=urlunsplit(url._replace(netloc=netloc)))


def _same(one: str, other: str) -> bool:
    return one.rstrip(".").lower() == other.rstrip(".").lower()


def _no_endpoint(probe: CmdletProbe) -> NoAnswer:
    return NoAnswer(
        reason=Reason.NO_ACCESS,
        code="no-endpoint",
        detail=f"no PowerShell endpoint is configured for {probe.place}",
        needs=_NEEDED[probe.vantage],
    )
