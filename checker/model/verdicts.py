"""What a check's judge returns: whether its claim holds, with what was expected and what was seen."""

from dataclasses import dataclass, field
from enum import Enum

from checker.model.answers import Json


class Status(Enum):
    """The order is the one reports use: what stops you first."""

    FAIL = "fail"
    WARN = "warn"
    UNKNOWN = "unknown"
    PASS = "pass"
    NOT_APPLICABLE = "not-applicable"


class Claim(Enum):
    """``DOES_NOT_HOLD`` becomes ``fail`` or ``warn`` in the loop, as the check's worst verdict says."""

    HOLDS = "holds"
    DOES_NOT_HOLD = "does-not-hold"
    MIND = "mind"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Verdict:
    """``value`` is the judged value, without relative times, that a waiver can be bound to; by default ``observed``.

    ``fill`` replaces ``{name}`` in the check's remediation by what the evidence knows, quoted by the reading that
    made it. ``inferred`` says that the effect of *this* failure is inferred where the check's usual one is
    documented.
    """

    claim: Claim
    expected: str = ""
    observed: str = ""
    summary: str = ""
    value: Json = None
    fill: tuple[tuple[str, str], ...] = field(default=())
    inferred: bool = False

    @classmethod
    def when(
        cls,
        holds: bool,
        *,
        expected: str,
        observed: str,
        summary: str = "",
        value: Json = None,
        fill: tuple[tuple[str, str], ...] = (),
        inferred: bool = False,
    ) -> "Verdict":
        """Takes a ``bool``, not a ``bool | None``: what is not known must have been raised before."""
        claim = Claim.HOLDS if holds else Claim.DOES_NOT_HOLD
        return cls(claim, expected, observed, summary, value, fill, inferred)

    @classmethod
    def mind(
        cls,
        *,
        expected: str,
        observed: str,
        summary: str = "",
        value: Json = None,
        fill: tuple[tuple[str, str], ...] = (),
    ) -> "Verdict":
        """``warn``, whatever the worst verdict: neither right nor wrong enough to fail."""
        return cls(Claim.MIND, expected, observed, summary, value, fill)

    @classmethod
    def not_applicable(cls, why: str) -> "Verdict":
        return cls(Claim.NOT_APPLICABLE, summary=why)
