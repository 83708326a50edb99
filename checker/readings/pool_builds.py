"""The generation of each pool and the build of each Front End, from Get-CsServerPatchVersion of the servers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from checker.model.checks import Server, ServerRole
from checker.model.evidence import Evidence
from checker.model.undecided import Undecided, Unreadable
from checker.readings.builds import Build, BuildLine, line_of, patch_version
from checker.readings.products import Product, products_of
from checker.readings.server_builds import server_build
from checker.readings.topology import servers

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Generation:
    """``products``: one, or those between which the server does not tell. ``lowest`` is the pool's lowest build."""

    line: BuildLine
    products: tuple[Product, ...]
    lowest: Build
    observed_at: datetime


def known(found: T | Undecided) -> T:
    """What was found. Raises it where it says why nothing was."""
    if isinstance(found, Undecided):
        raise found.with_traceback(None)  # raised for many subjects, it would grow with each
    return found


def pool_generations(evidence: Evidence) -> Mapping[str, Generation | Undecided]:
    """By the FQDN of every pool with Front Ends or Edges; for ``evidence.derive``.

    One server of a pool that answered is enough. Where none did, its value says why: raise it with :func:`known`.
    Raises ``Undecided`` when the topology was not read, or has no such pool.
    """
    pools: dict[str, list[Server]] = {}
    for server in servers(evidence):
        pools.setdefault(server.pool, []).append(server)
    if not pools:
        raise Unreadable("Get-CsPool names no pool with Front Ends or Edges")
    evidence.attempts(*(patch_version(server) for each in pools.values() for server in each))  # asked together
    return {name: _generation(evidence, members) for name, members in pools.items()}


def front_end_builds(evidence: Evidence) -> Mapping[str, Build | Undecided]:
    """By the FQDN of every Front End; for ``evidence.derive``. Raises ``Undecided`` as :func:`pool_generations`."""
    front_ends = [server for server in servers(evidence) if server.role is ServerRole.FRONT_END]
    if not front_ends:
        raise Unreadable("Get-CsPool names no Front End")
    evidence.attempts(*map(patch_version, front_ends))
    found: dict[str, Build | Undecided] = {}
    for server in front_ends:
        generation = _generation(evidence, (server,))
        found[server.fqdn] = generation if isinstance(generation, Undecided) else generation.lowest
    return found


def _generation(evidence: Evidence, members: Sequence[Server]) -> Generation | Undecided:
    found: list[Generation] = []
    missing: list[Undecided] = []
    for server in members:
        try:
            seen = server_build(evidence, server)
            line = line_of(seen.build)
            found.append(Generation(line, products_of(line, seen.patches), seen.build, seen.observed_at))
        except Undecided as exc:
            missing.append(exc)
    if not found:
        return missing[0]
    if len({(each.line.id, each.products) for each in found}) > 1:
        return Unreadable(f"the servers of {', '.join(server.fqdn for server in members)} are of several generations")
    return min(found, key=lambda each: each.lowest)
