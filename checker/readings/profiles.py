"""What a run is measured by: its server generation and build, its cloud, and its phase and direction, in a few lines.

Builds, modules and names of clouds stand in the tables of :mod:`~checker.readings.builds`,
:mod:`~checker.readings.advisories` and :mod:`~checker.readings.cloud_names`; what each phase wants stands here. Plan
hybrid connectivity, Disable hybrid, and Decommission: manage DNS entries (Microsoft Learn, read 2026-11-22).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from checker.model.axes import Phase
from checker.model.report import Deployment
from checker.model.undecided import Unreadable
from checker.readings.advisories import ADVISORIES, MODULE_MINIMUM
from checker.readings.builds import Build, build, line_of, shown
from checker.readings.cloud_names import CLOUD_NAMES


@dataclass(frozen=True, slots=True)
class PhaseProfile:
    """``shares``: SharedSipAddressSpace of the tenant; ``records``: the four public records (_sipfederationtls,
    _sip._tls, sip, lyncdiscover).
    """

    shares: bool
    provider: str
    records: str

    def __str__(self) -> str:
        return f"SharedSipAddressSpace {self.shares}, hosting provider {self.provider}, public DNS {self.records}"


PHASES: Mapping[Phase, PhaseProfile] = MappingProxyType(
    {
        Phase.PREPARE: PhaseProfile(True, "complete", "on-premises"),
        Phase.HYBRID: PhaseProfile(True, "complete", "on-premises"),
        Phase.CUTOVER: PhaseProfile(True, "complete", "still on-premises, with a short TTL"),
        Phase.DECOMMISSION: PhaseProfile(False, "disabled", "in the cloud"),
    }
)


def profile(deployment: Deployment) -> tuple[tuple[str, str], ...]:
    """Label and line: ``servers``, ``module``, ``cloud``, ``phase``. What was not read is said so."""
    try:
        lowest = build(deployment.server.build or "")
    except Unreadable:
        lowest = None
    phase = deployment.phase
    return (
        ("servers", _servers(deployment, lowest)),
        ("module", _module(lowest)),
        ("cloud", f"{deployment.cloud.value}, target {CLOUD_NAMES[deployment.cloud].sipfed}"),
        ("phase", f"{phase.value}, {deployment.direction.value}: {PHASES[phase]}"),
    )


def _servers(deployment: Deployment, lowest: Build | None) -> str:
    if lowest is None:
        return "build not read"
    minimum = line_of(lowest).minimum
    needs = f"moves need {shown(minimum)} or later" if minimum else "no build of it can move users to Teams"
    return f"{deployment.server.generation}, lowest build {shown(lowest)}; {needs}"


def _module(lowest: Build | None) -> str:
    """The window of MicrosoftTeams modules that work with these servers, by the advisories."""
    if lowest is not None and line_of(lowest).minimum is None:
        return "no MicrosoftTeams module works with it"
    first = ".".join(map(str, MODULE_MINIMUM.module_min or ()))
    repaired = [each for each in ADVISORIES if each.fixed_by and lowest and lowest >= each.fixed_by]
    last = min((each.bad_after for each in ADVISORIES if each.bad_after), default=None)
    if repaired or last is None:
        return f"MicrosoftTeams {first} or later"
    return f"MicrosoftTeams {first} to {'.'.join(map(str, last))}"
