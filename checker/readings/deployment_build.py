"""The lowest build among the servers that were read: what the report's head says of the deployment."""

from collections.abc import Iterable

from checker.model.answers import Objects
from checker.model.facts import Fact
from checker.model.probes import CmdletProbe, Vantage
from checker.model.undecided import Unreadable
from checker.readings.builds import Build, core_components, line_of, shown


def lowest_build(facts: Iterable[Fact]) -> tuple[str, str] | None:
    """Product and build; ``None`` where no server's build was read, or it is of no known product."""
    found: list[Build] = []
    for fact in facts:
        probe = fact.probe
        if (
            isinstance(probe, CmdletProbe)
            and probe.cmdlet == "Get-CsServerPatchVersion"
            and probe.vantage is not Vantage.WORKSTATION
            and isinstance(fact.answer, Objects)
        ):
            try:
                found.append(core_components(fact.answer))
            except Unreadable:
                continue  # that server's own finding says so
    if not found:
        return None
    try:
        return line_of(min(found)).product, shown(min(found))
    except Unreadable:
        return None
