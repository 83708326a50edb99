"""What the advised Move-CsUser has to be told beside the target: which way to take, and which directory to ask."""

from collections.abc import Iterable
from dataclasses import dataclass

from checker.model.axes import Direction
from checker.model.evidence import Evidence, Wanted
from checker.model.facts import Fact
from checker.model.target import Target
from checker.model.undecided import Undecided
from checker.readings.ad_domains import server_domains
from checker.readings.topology import EDGE_SERVICES, federated_pools


@dataclass(frozen=True, slots=True)
class MoveRoute:
    """``needs_proxy_pool``: several Edge pools carry federation, and the cmdlet would not choose among them.

    ``server_domains``: the AD domains of the servers; a user of another one is found by a controller of its own domain
    only. Empty where nobody could say, and then no command is made longer by a guess.
    """

    needs_proxy_pool: bool = False
    server_domains: frozenset[str] = frozenset()


def move_route(target: Target, facts: Iterable[Fact]) -> MoveRoute:
    evidence = Evidence({fact.probe: fact for fact in facts})
    return MoveRoute(
        needs_proxy_pool=target.direction is Direction.TO_CLOUD and _several_edge_pools(evidence),
        server_domains=_server_domains(evidence),
    )


def _several_edge_pools(evidence: Evidence) -> bool:
    try:
        return len(federated_pools(evidence.answer(EDGE_SERVICES))) > 1
    except (Undecided, Wanted):
        return False  # topology.single-federation-edge says that nobody could look


def _server_domains(evidence: Evidence) -> frozenset[str]:
    try:
        return frozenset(server_domains(evidence))
    except (Undecided, Wanted):
        return frozenset()  # as user.child-domain says
