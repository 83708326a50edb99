"""Threads that can be left behind: their work is answered in time even when the call they are in never returns.

The threads of ``concurrent.futures`` and of asyncio's executor are joined when the program ends; these are not. A
connection is ended from outside when time is up, and where nothing can be ended (the system's name lookup) the thread
is left to itself and its place given to the next piece of work.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from checker.probers.lifeline import WATCHDOG, Alarm, Lifeline, Stage
from checker.probers.no_answers import bug, timed_out
from checker.probers.wire import Deliver, Reply

Work = Callable[[Lifeline], Reply]


@dataclass(eq=False)
class _Errand:
    """``alarm`` is there once somebody waits for it, ``lifeline`` once the work has begun."""

    work: Work
    source: str
    limit_s: float
    deadline: float
    deliver: Deliver
    alarm: Alarm | None = None
    lifeline: Lifeline | None = None


class AbandonableThreads:
    """At most ``at_once`` pieces of work at a time, first come, first served."""

    def __init__(self, at_once: int = 64) -> None:
        self._at_once = at_once
        self._lock = threading.Lock()
        self._waiting: dict[_Errand, None] = {}  # in order, and the overdue one is found at once
        self._under_way: set[_Errand] = set()
        self._is_closed = False

    def run(self, work: Work, *, source: str, limit_s: float, deadline: float, deliver: Deliver) -> None:
        """Delivers what ``work`` returns, or that it was too late; once, and by ``deadline``.

        ``limit_s`` counts from the moment the work begins. After ``close`` nothing is delivered any more.
        """
        errand = _Errand(work, source, limit_s, deadline, deliver)
        with self._lock:
            if self._is_closed:
                return
            self._waiting[errand] = None
            errand.alarm = WATCHDOG.at(deadline, lambda: self._give_up(errand))
        self._begin_next()

    def close(self) -> None:
        """Ends the connections of what is under way and leaves the threads to themselves."""
        with self._lock:
            self._is_closed = True
            errands = [*self._waiting, *self._under_way]
            self._waiting.clear()
            self._under_way.clear()
        for errand in errands:
            _release(errand)

    def _begin_next(self) -> None:
        with self._lock:
            if not self._waiting or len(self._under_way) >= self._at_once:
                return
            errand = next(iter(self._waiting))
            del self._waiting[errand]
            self._under_way.add(errand)
            until = min(errand.deadline, time.monotonic() + errand.limit_s)
            if errand.alarm:
                errand.alarm.cancel()
            # Set before the lifeline's own alarm: the reply must be on its way before the work sees its socket end.
            errand.alarm = WATCHDOG.at(until, lambda: self._give_up(errand))
            errand.lifeline = Lifeline(until)
        threading.Thread(
            target=self._work, args=(errand, errand.lifeline), name=f"probe {errand.source}", daemon=True
        ).start()

    def _work(self, errand: _Errand, lifeline: Lifeline) -> None:
        try:
            reply = errand.work(lifeline)
        except Exception as exc:
            reply = Reply(bug(exc), errand.source)
        self._settle(errand, reply)

    def _give_up(self, errand: _Errand) -> None:
        stage = errand.lifeline.stage if errand.lifeline else Stage.QUEUE
        self._settle(errand, Reply(timed_out(stage, errand.source), errand.source))

    def _settle(self, errand: _Errand, reply: Reply) -> None:
        """Whoever comes first, the work or its alarm, is heard; the other finds the errand gone."""
        with self._lock:
            if errand in self._waiting:
                del self._waiting[errand]
            elif errand in self._under_way:
                self._under_way.remove(errand)
            else:
                return
        errand.deliver(reply)
        _release(errand)
        self._begin_next()


def _release(errand: _Errand) -> None:
    if errand.alarm:
        errand.alarm.cancel()
    if errand.lifeline:
        errand.lifeline.cut()
