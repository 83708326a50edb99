"""One fact that several sources can say: the first of them that can be read says it."""

from collections.abc import Callable
from typing import TypeVar

from checker.model.answers import Objects
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, CmdletProbe
from checker.model.undecided import Unreadable

T = TypeVar("T")
Way = tuple[CmdletProbe, Callable[[Objects], T]]


def first_read(evidence: Evidence, *ways: Way[T]) -> tuple[CmdletProbe, T]:
    """The probe that answered, and what its reading made of the answer; the next way is asked where one failed.

    Raises ``Unanswered`` naming every way when nobody could say, ``Unreadable`` when an answer came and none reads.
    """
    missing: list[tuple[AnyProbe, NoAnswer]] = []
    unreadable: Unreadable | None = None
    for probe, reading in ways:
        answer = evidence.attempt(probe)
        if isinstance(answer, NoAnswer):
            missing.append((probe, answer))
            continue
        try:
            return probe, reading(answer)
        except Unreadable as error:
            unreadable = unreadable or error
    raise unreadable or Unanswered(tuple(missing))
