"""The facts as a check sees them: ask, and be handed the typed answer, or have the judging end there.

Reading a missing fact raises, so no check can forget that it is missing. :class:`Wanted` means "nobody has asked
yet": the loop sends the probe and judges again when the fact arrives. :class:`Unanswered` means "asked, and nobody
could say": the finding is ``unknown``.
"""

from collections.abc import Callable, Hashable, Mapping
from datetime import datetime
from typing import Any, TypeVar, cast, overload

from checker.model.answers import Answer
from checker.model.facts import Fact, NoAnswer, cure
from checker.model.probes import AnyProbe, Probe
from checker.model.undecided import Undecided

A = TypeVar("A", bound=Answer)
B = TypeVar("B", bound=Answer)
C = TypeVar("C", bound=Answer)
D = TypeVar("D", bound=Answer)
T = TypeVar("T")


class Wanted(Exception):
    """Facts that nobody has asked for yet."""

    def __init__(self, probes: tuple[AnyProbe, ...]) -> None:
        super().__init__(", ".join(probe.id for probe in probes))
        self.probes = probes


class Unanswered(Undecided):
    """Asked, and nobody could say. ``missing`` holds every question of that kind, the first one gives the reason."""

    def __init__(self, missing: tuple[tuple[AnyProbe, NoAnswer], ...]) -> None:
        first = missing[0][1]
        detail = "; ".join(f"{probe.id}: {none.detail}" for probe, none in missing)
        super().__init__(first.reason, detail, cure(none for _, none in missing))
        self.missing = missing
        self.code = first.code


class Evidence:
    """The facts of a run, for one judging. ``consulted`` collects the probes it read, in order."""

    def __init__(self, facts: Mapping[AnyProbe, Fact], derived: dict[Hashable, Any] | None = None) -> None:
        self._facts = facts
        self._derived = {} if derived is None else derived
        self.consulted: dict[AnyProbe, None] = {}

    def answer(self, probe: Probe[A]) -> A:
        """The answer. Raises :class:`Wanted` when nobody asked yet, :class:`Unanswered` when nobody could say."""
        found = self.attempt(probe)
        if isinstance(found, NoAnswer):
            raise Unanswered(((cast(AnyProbe, probe), found),))
        return found

    @overload
    def answers(self, p1: Probe[A], p2: Probe[B], /) -> tuple[A, B]: ...
    @overload
    def answers(self, p1: Probe[A], p2: Probe[B], p3: Probe[C], /) -> tuple[A, B, C]: ...
    @overload
    def answers(self, p1: Probe[A], p2: Probe[B], p3: Probe[C], p4: Probe[D], /) -> tuple[A, B, C, D]: ...
    @overload
    def answers(self, *probes: Probe[A]) -> tuple[A, ...]: ...
    def answers(self, *probes: Probe[Any]) -> tuple[Any, ...]:
        """Facts that do not depend on each other, asked together; reports all that is missing at once."""
        found = self.attempts(*probes)
        missing = tuple((cast(AnyProbe, p), a) for p, a in zip(probes, found, strict=True) if isinstance(a, NoAnswer))
        if missing:
            raise Unanswered(missing)
        return found

    def attempt(self, probe: Probe[A]) -> A | NoAnswer:
        """As :meth:`answer`, for a check that goes on without: it must handle the :class:`NoAnswer` itself."""
        return cast("A | NoAnswer", self.fact(probe).answer)

    @overload
    def attempts(self, p1: Probe[A], p2: Probe[B], /) -> tuple[A | NoAnswer, B | NoAnswer]: ...
    @overload
    def attempts(self, *probes: Probe[A]) -> tuple[A | NoAnswer, ...]: ...
    def attempts(self, *probes: Probe[Any]) -> tuple[Any, ...]:
        """As :meth:`answers`, each answered or not."""
        unasked = tuple(cast(AnyProbe, probe) for probe in probes if probe not in self._facts)
        if unasked:
            raise Wanted(unasked)
        return tuple(self.attempt(probe) for probe in probes)

    def fact(self, probe: Probe[Any]) -> Fact:
        """The whole fact, for a check that needs when or by which route it was observed. Raises :class:`Wanted`."""
        key = cast(AnyProbe, probe)
        self.consulted[key] = None
        if key not in self._facts:
            raise Wanted((key,))
        return self._facts[key]

    def observed_at(self, probe: Probe[Any]) -> datetime:
        return self.fact(probe).observed_at

    def derive(self, reading: "Callable[[Evidence], T]") -> T:
        """A costly reading shared by several judgings, done once per run: users joined, licences indexed.

        Nothing is kept when it raises. The probes it consulted count for every check that uses it.
        """
        if reading not in self._derived:
            apart = Evidence(self._facts, self._derived)
            try:
                value = reading(apart)
            finally:
                self.consulted.update(apart.consulted)
            self._derived[reading] = (value, tuple(apart.consulted))
        value, consulted = self._derived[reading]
        self.consulted.update(dict.fromkeys(consulted))
        return cast(T, value)
