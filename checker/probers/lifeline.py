"""The time a probe has, and the end of its sockets when that time is up, whatever the other side does.

A time-out per read does not hold against a server that sends a byte a second, and the thread that reads cannot be
stopped. Its connection can: shut down from outside, a blocking call ends.
"""

import heapq
import itertools
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from types import TracebackType
from typing import Self


class Stage(Enum):
    """How far a probe has come: what it was waiting for when its time was up."""

    QUEUE = "queue"
    NAME_LOOKUP = "name-lookup"
    CONNECT = "connect"
    HANDSHAKE = "handshake"
    READ = "read"


@dataclass(order=True)
class Alarm:
    """``action`` runs in the watchdog's thread, must be short, and may run a moment after ``cancel``."""

    when: float
    number: int
    action: Callable[[], None] | None = field(compare=False)

    def cancel(self) -> None:
        self.action = None


class _Watchdog:
    """One daemon thread for all alarms; those of one moment go off in the order in which they were set."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._alarms: list[Alarm] = []
        self._numbers = itertools.count()
        self._thread: threading.Thread | None = None

    def at(self, when: float, action: Callable[[], None]) -> Alarm:
        """``when`` is on the clock of ``time.monotonic``."""
        alarm = Alarm(when, next(self._numbers), action)
        with self._changed:
            heapq.heappush(self._alarms, alarm)
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)
                self._thread.start()
            self._changed.notify()
        return alarm

    def _watch(self) -> None:
        while True:
            if action := self._next_due().action:
                action()

    def _next_due(self) -> Alarm:
        with self._changed:
            while not self._alarms or self._alarms[0].when > time.monotonic():
                until_next = self._alarms[0].when - time.monotonic() if self._alarms else threading.TIMEOUT_MAX
                self._changed.wait(max(until_next, 0.0))
            return heapq.heappop(self._alarms)


WATCHDOG = _Watchdog()


class Lifeline:
    """Holds the sockets of one piece of work until ``deadline`` (``time.monotonic``), or until ``cut``.

    Leave it by ``with``, or call ``cut``: it keeps a handle of its own to each connection.
    """

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.stage = Stage.NAME_LOOKUP
        self._lock = threading.Lock()
        self._handles: list[socket.socket] = []
        self._is_cut = False
        self._alarm = WATCHDOG.at(deadline, self.cut)

    @property
    def expired(self) -> bool:
        """Cut, or out of time: what a socket reports from then on says nothing about the other side."""
        return self._is_cut or self.remaining() <= 0

    def remaining(self) -> float:
        """Seconds, never negative."""
        return max(self.deadline - time.monotonic(), 0.0)

    def adopt(self, connected: socket.socket) -> None:
        """Raises TimeoutError when it is too late for a new connection, which the caller then closes.

        Wrapping the socket in TLS afterwards does no harm: the second handle reaches the connection all the same.
        """
        with self._lock:
            if self._is_cut:
                raise TimeoutError("time was up before the connection stood")
            self._handles.append(connected.dup())

    def cut(self) -> None:
        """Ends every adopted connection, from any thread; blocking calls on them return. May be called again."""
        with self._lock:
            self._is_cut = True
            handles, self._handles = self._handles, []
        self._alarm.cancel()
        for handle in handles:
            with suppress(OSError):  # the other side was first
                handle.shutdown(socket.SHUT_RDWR)
            handle.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cut()


class Patience:
    """How long silence is borne: ``seconds`` anew from each sign of life, never beyond ``deadline``; then ``over`` is
    called, in the watchdog's thread.
    """

    def __init__(self, seconds: float, deadline: float, over: Callable[[], None]) -> None:
        self._seconds = seconds
        self._deadline = deadline
        self._over = over
        self._alarm: Alarm | None = None
        self.renew()

    def renew(self) -> None:
        """There was a sign of life."""
        self.end()
        self.until = min(self._deadline, time.monotonic() + self._seconds)
        self._alarm = WATCHDOG.at(self.until, self._over)

    def end(self) -> None:
        if self._alarm:
            self._alarm.cancel()
