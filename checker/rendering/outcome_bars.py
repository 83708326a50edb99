"""Users by outcome as two bars: as things stand, and once the deployment is settled. Numbers, ready to be drawn."""

from dataclasses import dataclass

from checker.model.report import OutcomeCounts, Users

WIDTH = 640  # of the drawing, in its own units
_NARROW = 28  # a number has no room in less


@dataclass(frozen=True, slots=True)
class Segment:
    """``x`` and ``width`` in units of the drawing. ``is_narrow``: its number stands beside the bar only."""

    outcome: str
    users: int
    x: float
    width: float

    @property
    def is_narrow(self) -> bool:
        return self.width < _NARROW


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    segments: tuple[Segment, ...]

    @property
    def said(self) -> str:
        """``226 moves, 9 blocked, 5 undetermined``: for whoever does not see it."""
        return ", ".join(f"{each.users} {each.outcome}" for each in self.segments)


def outcome_bars(users: Users) -> tuple[Bar, ...]:
    """Empty where no user was assessed."""
    if not users.total:
        return ()
    now = OutcomeCounts(moves=users.moves, blocked=users.blocked, undetermined=users.undetermined)
    return (_bar("as things stand", now, users.total), _bar("once the deployment is settled", users.own, users.total))


def _bar(label: str, counts: OutcomeCounts, total: int) -> Bar:
    segments = []
    x = 0.0
    for outcome in ("moves", "blocked", "undetermined"):
        if number := getattr(counts, outcome):
            width = round(WIDTH * number / total, 1)
            segments.append(Segment(outcome, number, round(x, 1), width))
            x += width
    return Bar(label, tuple(segments))
