"""What a scenario is: the sound deployment with something changed, and what the documents say comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from checker.compose import EXIT_CODES
from checker.lab.deployment import Deployment
from checker.model.checks import Reference
from checker.model.report import RunVerdict


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """``findings`` maps a finding's id to its status, ``faults`` a fault's id to ``predicted`` or ``not-ruled-out``.

    Both are exhaustive: every finding other than ``pass`` and every fault other than ruled out that the change brings
    about, *and no others*. ``not_applicable`` names the checks that it leaves without a subject, beyond those that have
    none in the sound deployment. They state what the checker must recognise in what the documents describe; they do not
    prove what a real Move-CsUser does.
    """

    name: str
    title: str
    deployment: Deployment
    verdict: RunVerdict
    findings: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    not_applicable: frozenset[str] = frozenset()
    sources: tuple[Reference, ...]

    @property
    def exit_code(self) -> int:
        return EXIT_CODES[self.verdict]


def of(subject: str, **areas: str) -> tuple[str, ...]:
    """Ids of findings on one subject: ``of("contoso", hosting_provider="present enabled")``."""
    return tuple(
        f"{area.replace('_', '-')}.{slug}@{subject}" for area, slugs in areas.items() for slug in slugs.split()
    )


def failing(*findings: str) -> dict[str, str]:
    return dict.fromkeys(findings, "fail")


def unknown(*findings: str) -> dict[str, str]:
    return dict.fromkeys(findings, "unknown")


def warning(*findings: str) -> dict[str, str]:
    return dict.fromkeys(findings, "warn")


def predicted(*faults: str) -> dict[str, str]:
    return dict.fromkeys(faults, "predicted")


def not_ruled_out(*faults: str) -> dict[str, str]:
    return dict.fromkeys(faults, "not-ruled-out")
