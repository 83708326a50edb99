"""Which pools users can be moved from: those of this topology whose servers are of a generation that can."""

from collections.abc import Callable
from functools import lru_cache

from checker.model.evidence import Evidence
from checker.model.undecided import Unreadable
from checker.readings.names import dns_name
from checker.readings.pool_builds import known, pool_generations
from checker.readings.topology import POOLS, pool_names


def pool_obstacles(evidence: Evidence) -> Callable[[str], str]:
    """What stands against a move of the users of a pool, by its FQDN; empty for nothing.

    Raises ``Undecided`` when the topology was not read; what it returns does for a pool of unknown generation.
    """
    pools = pool_names(evidence.answer(POOLS))
    generations = evidence.derive(pool_generations)

    @lru_cache(maxsize=4096)
    def obstacle(pool: str) -> str:
        name = dns_name(pool)
        if not name:
            return "RegistrarPool is empty"
        if name not in pools:
            return f"RegistrarPool {pool}, which Get-CsPool does not show"
        if name not in generations:
            raise Unreadable(f"Get-CsPool shows {pool} as no pool of Front Ends")
        line = known(generations[name]).line
        return f"RegistrarPool {pool}: {line.product}" if line.minimum is None else ""

    return obstacle
