"""Which way a move takes, read off the topology, and nothing where nobody could look."""

import pytest

from checker.model.answers import Objects
from checker.model.axes import Direction
from checker.model.facts import Fact, NoAnswer
from checker.model.probes import AnyProbe
from checker.move_route import MoveRoute, move_route
from checker.readings.topology import EDGE_SERVICES, POOLS
from tests.judging import CONTOSO, DENIED, NOW, contoso, objects


def fact(probe: AnyProbe, answer: Objects | NoAnswer) -> Fact:
    return Fact(probe=probe, answer=answer, observed_at=NOW)


def edge(pool: str, port: str = "5061") -> dict[str, str]:
    return {"PoolFqdn": pool, "AccessEdgeExternalFqdn": f"sip.{pool}", "AccessEdgeExternalSipPort": port}


ONE, TWO = objects(edge("a.contoso.com")), objects(edge("a.contoso.com"), edge("b.contoso.com"))
SPARE = objects(edge("a.contoso.com"), edge("b.contoso.com", ""))


@pytest.mark.parametrize(("services", "needs"), [(ONE, False), (TWO, True), (SPARE, False), (DENIED, False)])
def test_a_proxy_pool_is_needed_where_several_edge_pools_carry_federation(
    services: Objects | NoAnswer, needs: bool
) -> None:
    assert move_route(CONTOSO, (fact(EDGE_SERVICES, services),)).needs_proxy_pool is needs


def test_a_move_back_needs_none() -> None:
    back = contoso(direction=Direction.TO_ONPREM, proxy_fqdn="pool01.contoso.com")
    assert not move_route(back, (fact(EDGE_SERVICES, TWO),)).needs_proxy_pool


def test_the_domains_of_the_servers_are_those_of_the_front_ends() -> None:
    pools = objects(Fqdn="pool.corp.contoso.com", Computers="fe01.corp.contoso.com", Services="Registrar:p")
    assert move_route(CONTOSO, (fact(POOLS, pools),)).server_domains == {"corp.contoso.com"}


def test_nothing_is_guessed_where_nobody_looked() -> None:
    assert move_route(CONTOSO, ()) == MoveRoute()
    assert move_route(CONTOSO, (fact(POOLS, DENIED),)) == MoveRoute()
