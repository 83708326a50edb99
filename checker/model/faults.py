"""What a fault is: one documented failure of Move-CsUser."""

from dataclasses import dataclass
from enum import Enum

from checker.model.axes import Cloud, Direction
from checker.model.checks import Reference, Scope


class Ground(Enum):
    """How it is known that the condition leads to this failure."""

    DOCUMENTED = "documented"
    REPORTED = "reported"
    INFERRED = "inferred"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """``step`` is the inferred order in which the cmdlet meets the faults (tens: 1 shell, module, rights; 2 identity
    in AD; 3 topology; 4 hosting provider; 5 TLS and sign-in; 6 tenant; 7 user; 8 moving the data).

    ``message`` is empty where none is published. ``unpredictable`` says what no evidence can foresee, empty when
    nothing. Which checks predict it is said by the checks.
    """

    id: str
    code: str | None
    title: str
    step: int
    scope: Scope
    confidence: Ground
    message: str
    cause: str
    sources: tuple[Reference, ...]
    unpredictable: str = ""
    directions: frozenset[Direction] = frozenset({Direction.TO_CLOUD})
    clouds: frozenset[Cloud] = frozenset(Cloud)
