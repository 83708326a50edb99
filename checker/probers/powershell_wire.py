"""Carries cmdlets to the PowerShell endpoints: finds the endpoint, queues there, and answers in time."""

import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import islice
from urllib.parse import urlsplit, urlunsplit

from checker.model.answers import Objects
from checker.model.facts import CommandRun, NoAnswer
from checker.model.probes import CmdletProbe, Vantage
from checker.model.undecided import Reason
from checker.probers import machine_reads
from checker.probers.accounts import Account
from checker.probers.allowed_cmdlets import IN_THE_REPLICA, AllowedCommand, NotAllowed, ValueNotAllowed, allowed_command
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
_NEEDED[Vantage.TENANT] = _NEEDED[Vantage.WORKSTATION]


Prelude = Callable[[], AllowedCommand | NoAnswer]


class PowerShellWire:
    """A ``Wire`` of cmdlet probes. ``send`` raises NotAllowed, with nothing sent, for a cmdlet outside the list."""

    def __init__(self, network: Network, connections: Connections) -> None:
        self._network = network
        self._connections = connections
        self._accounts: dict[tuple[str, Secret], Account] = {}
        self._desks: dict[tuple[RemotingEndpoint, bool], _Desk] = {}
        self._lock = threading.Lock()

    def send(self, probe: CmdletProbe, deadline: float, deliver: Deliver) -> None:
        if probe.vantage is Vantage.TENANT:
            raise NotAllowed(f"{probe.cmdlet} is not sent to the tenant without signing in")
        self._send(probe, deadline, deliver, None)

    def send_with_prelude(self, probe: CmdletProbe, deadline: float, deliver: Deliver, prelude: Prelude) -> None:
        """For the tenant's cmdlets: over the Teams module of the workstation, in a shell of their own.

        ``prelude`` is called in the shell's thread when it is the probe's turn. It gives the command that signs in
        (``connect_teams``), or why nobody can.
        """
        if probe.vantage is not Vantage.TENANT:
            raise NotAllowed(f"{probe.cmdlet} at {probe.vantage.value} is not asked with a prelude")
        self._send(probe, deadline, deliver, prelude)

    def _send(self, probe: CmdletProbe, deadline: float, deliver: Deliver, prelude: Prelude | None) -> None:
        try:
            command = allowed_command(machine_reads.question(probe))
        except ValueNotAllowed as exc:
            deliver(Reply(_not_listed(exc), ""))
            return
        endpoint, note = self._endpoint(probe), ""
        if endpoint is None and self._is_in_a_replica(probe):
            endpoint = self._connections.edges[0]
            command = AllowedCommand(Vantage.EDGE, command.cmdlet, (("LocalStore", None),), command.properties)
            note = f" (replica of {endpoint.host})"
        if endpoint is None:
            deliver(Reply(_no_endpoint(probe), ""))
            return

        def read(reply: Reply) -> None:
            answer = reply.answer
            if isinstance(answer, Objects | NoAnswer):
                answer = machine_reads.as_rows(answer, probe)
            deliver(Reply(answer, reply.source + note, second_hand=bool(note)))

        self._desk(endpoint, prelude is not None).ask(_Errand(command, deadline, read, prelude))

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
            for (endpoint, _), desk in desks
            for what in dict.fromkeys(map(str, desk.session.sent))
        )

    @property
    def under_way(self) -> str:
        """What takes longest just now, ``Get-CsUser at fe01.contoso.com: 12,300 objects``; empty when nothing does."""
        with self._lock:
            desks = list(self._desks.values())
        return max((desk.session.under_way for desk in desks), default=(0, ""))[1]

    def _is_in_a_replica(self, probe: CmdletProbe) -> bool:
        is_of_the_store = probe.vantage is Vantage.ONPREM and probe.cmdlet in IN_THE_REPLICA
        return is_of_the_store and not probe.host and not probe.parameters and bool(self._connections.edges)

    def _endpoint(self, probe: CmdletProbe) -> RemotingEndpoint | None:
        match probe.vantage:
            case Vantage.ONPREM:
                return _front_end(self._connections.onprem, probe.host)
            case Vantage.EDGE:
                edges = self._connections.edges
                return next((edge for edge in edges if not probe.host or _same(edge.host, probe.host)), None)
            case _:
                return self._connections.workstation

    def _desk(self, endpoint: RemotingEndpoint, for_the_tenant: bool) -> "_Desk":
        """The tenant's is another: two modules have cmdlets of the same name, and must not meet in one session."""
        with self._lock:
            if (endpoint, for_the_tenant) not in self._desks:
                account = self._accounts.setdefault((endpoint.username.lower(), endpoint.password), Account())
                self._desks[endpoint, for_the_tenant] = _Desk(PsrpSession(self._network, endpoint, account))
            return self._desks[endpoint, for_the_tenant]


@dataclass(eq=False)
class _Errand:
    """One probe on its way. Delivered once: by the thread that asks, or by the alarm when that comes too late."""

    command: AllowedCommand
    deadline: float
    deliver: Deliver
    prelude: Prelude | None = None
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

    @property
    def may_begin(self) -> bool:
        """Before its turn. A sign-in is made when it is needed, and not earlier."""
        return not self._settled and self.prelude is None


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
            self._is_asking = True  # before the look at leaving, so that either sees the other
            if errand is None or self._leaving.is_set():
                break
            if not errand.is_settled:
                ahead = [each.command for each in islice(waiting, AHEAD) if each is not None and each.may_begin]
                self._settle(errand, self._answer(errand, ahead))
            self._is_asking = False
        self.session.close()

    def _settle(self, errand: _Errand, reply: Reply) -> None:
        if not self._leaving.is_set():
            errand.settle(reply)

    def _answer(self, errand: _Errand, ahead: list[AllowedCommand]) -> Reply:
        try:
            sign_in = errand.prelude() if errand.prelude else None
            if isinstance(sign_in, NoAnswer):
                return Reply(sign_in, "")
            answer = self.session.run(errand.command, errand.deadline, ahead, sign_in)
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


def _not_listed(exc: ValueNotAllowed) -> NoAnswer:
    return NoAnswer(
        reason=Reason.NO_ACCESS,
        code="value-not-listed",
        detail=f"not sent: {exc}",
        needs="the answer in a file: csready sends nothing but what is in its list",
    )
