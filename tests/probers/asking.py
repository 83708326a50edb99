"""Asks one wire one question, as the loop does, and holds the wire to what it promises."""

import queue
import time
from typing import Any

from checker.model.answers import AnyAnswer
from checker.model.facts import NoAnswer
from checker.probers.wire import Reply, Wire

_LATE_S = 0.2  # scheduling on a busy machine


def ask(wire: Wire[Any], probe: object, within_s: float = 2.0) -> Reply:
    """The reply; fails when there is none by the deadline, or a second one comes with it."""
    replies: queue.SimpleQueue[Reply] = queue.SimpleQueue()
    wire.send(probe, time.monotonic() + within_s, replies.put)
    reply = replies.get(timeout=within_s + _LATE_S)
    assert replies.empty()
    return reply


def outcome(answer: AnyAnswer | NoAnswer) -> str:
    """A no-answer as ``reason code``, an answer as the name of its type."""
    return f"{answer.reason.value} {answer.code}" if isinstance(answer, NoAnswer) else type(answer).__name__
