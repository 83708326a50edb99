"""What every wire promises: take a probe without blocking, and deliver one reply for it, in time, from any thread."""

from collections.abc import Callable
from typing import NamedTuple, Protocol, TypeVar

from checker.model.answers import AnyAnswer
from checker.model.facts import NoAnswer

P_contra = TypeVar("P_contra", contravariant=True)


class Reply(NamedTuple):
    """``source`` says by which route it came (``dns 8.8.8.8:53``), without user names or secrets; ``second_hand`` as in
    a fact."""

    answer: AnyAnswer | NoAnswer
    source: str
    second_hand: bool = False


Deliver = Callable[[Reply], None]


class Wire(Protocol[P_contra]):
    def send(self, probe: P_contra, deadline: float, deliver: Deliver) -> None:
        """Never blocks and never raises for what the network does. ``deadline`` is on the clock of
        ``time.monotonic``; a reply is delivered by then, ``NoAnswer(TIMED_OUT)`` at worst, whatever the other side
        does or does not send.
        """
        ...

    def close(self) -> None:
        """Abandons what is under way: sockets are closed from outside, no thread keeps the program from ending."""
        ...
