"""Dated advisories on server builds and MicrosoftTeams modules: data, because their pairing has broken twice."""

from dataclasses import dataclass
from datetime import date

from checker import sources
from checker.model.checks import Reference
from checker.readings.builds import Build


@dataclass(frozen=True, kw_only=True)
class Advisory:
    """``module_min``: older modules do not work. ``bad_after``: modules of a later major.minor do not work, except
    with servers of at least ``fixed_by``; ``None`` there means that the text names no build."""

    id: str
    since: date
    source: Reference
    module_min: tuple[int, int, int] | None = None
    bad_after: tuple[int, int] | None = None
    fixed_by: Build | None = None


MODULE_MINIMUM = Advisory(
    id="teams-module-minimum", since=date(2024, 8, 1), source=sources.PR12068, module_min=(6, 2, 1)
)
ADVISORIES = (
    # One report: Lync 2013 failed with module 2.6 and worked with 2.3.1. Both are below today's minimum.
    Advisory(id="teams-module-lync2013-2.6", since=date(2022, 2, 1), source=sources.I8499),
    # The minimum builds of checker.readings.builds, with the page of Move-CsUser (MCU).
    Advisory(id="server-build-minimum", since=date(2022, 7, 31), source=sources.PR9637),
    MODULE_MINIMUM,
    # "greater than 7.1", fixed in "the next cumulative update"; says nothing of 7.1.x, so major.minor is compared.
    Advisory(id="teams-module-regression-2025", since=date(2025, 11, 5), source=sources.PR13244, bad_after=(7, 1)),
    # "later than 7.2", the linked article names 7.3.0; KB5090660, for 2019 and Subscription Edition alone.
    Advisory(
        id="teams-module-regression-2026",
        since=date(2026, 7, 7),
        source=sources.PR13690,
        bad_after=(7, 2),
        fixed_by=(7, 0, 2046, 849),
    ),
)


def against(module: tuple[int, int]) -> tuple[Advisory, ...]:
    """The advisories that call a module of this major.minor bad, oldest first."""
    return tuple(each for each in ADVISORIES if each.bad_after is not None and module > each.bad_after)
