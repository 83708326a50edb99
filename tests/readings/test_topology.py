import pytest

from checker.model.answers import Json, Objects
from checker.model.checks import Server, ServerRole
from checker.model.evidence import Evidence
from checker.model.facts import Fact, NoAnswer
from checker.model.undecided import Undecided, Unreadable
from checker.readings.topology import (
    EDGE_SERVICES,
    POOLS,
    EdgeService,
    NextHop,
    edge_hosts,
    edge_services,
    federated_pools,
    next_hop,
    read_servers,
)
from tests.judging import DENIED, NOW, contoso, objects

FE = {"Fqdn": "fe.contoso.com", "Computers": ["FE02.contoso.com.", "fe01.contoso.com"], "Services": ["Registrar:fe"]}
EDGE = {"Identity": "edge.contoso.com", "Computers": "edge01.contoso.com", "Services": ["EdgeServer:edge", "X:edge"]}
SQL = {"Fqdn": "sql.contoso.com", "Computers": ["sql01.contoso.com"], "Services": ["UserStore:sql"]}


def service(pool: str = "edge.contoso.com", port: Json = 5061, **more: Json) -> dict[str, Json]:
    named = {"PoolFqdn": pool, "AccessEdgeExternalFqdn": "Sip.contoso.com", "AccessEdgeExternalSipPort": port}
    return {**named, **more}


def test_a_servers_role_is_read_off_the_services_of_its_pool() -> None:
    assert read_servers(objects(FE, SQL, EDGE)) == (
        Server(fqdn="edge01.contoso.com", role=ServerRole.EDGE, pool="edge.contoso.com"),
        Server(fqdn="fe01.contoso.com", role=ServerRole.FRONT_END, pool="fe.contoso.com"),
        Server(fqdn="fe02.contoso.com", role=ServerRole.FRONT_END, pool="fe.contoso.com"),
    )


@pytest.mark.parametrize("lost", ["Computers", "Services"])
def test_a_pool_with_unseen_servers_is_unreadable(lost: str) -> None:
    with pytest.raises(Unreadable):
        read_servers(objects({name: value for name, value in FE.items() if name != lost}))


@pytest.mark.parametrize(
    "unseen", [{"Computers": None}, {"Computers": []}, {"Services": None}, {"Services": 17}, {"Services": ["Cluster"]}]
)
def test_a_pool_whose_servers_or_services_are_not_shown_is_not_one_without(unseen: dict[str, Json]) -> None:
    with pytest.raises(Unreadable):
        read_servers(objects(EDGE, {**FE, **unseen}))


def test_a_part_of_the_pools_is_no_topology() -> None:
    with pytest.raises(Undecided, match="in part"):
        read_servers(objects(FE, complete=False))


def test_lists_that_were_clipped_to_their_string_form_are_read() -> None:
    clipped = {**FE, "Computers": "fe01.contoso.com fe02.contoso.com", "Services": "UserServer:fe Registrar:fe"}
    assert read_servers(objects(clipped)) == read_servers(objects(FE))


def test_a_service_that_does_not_say_what_it_is_may_be_an_edge() -> None:
    with pytest.raises(Unreadable, match="which service"):
        edge_services(objects(service(Identity=None)))


@pytest.mark.parametrize("identity", [{}, {"Identity": "EdgeServer:edge"}, {"Identity": {"@text": "edgeserver:edge"}}])
def test_an_edge_service_is_known_by_its_identity_where_there_is_one(identity: dict[str, Json]) -> None:
    other = {"Identity": "Registrar:fe.contoso.com", "PoolFqdn": "fe.contoso.com"}
    found = edge_services(objects(service(**identity), other))
    assert found == (EdgeService("edge.contoso.com", "sip.contoso.com", 5061),)


@pytest.mark.parametrize(("port", "read"), [(5061, 5061), ("5061", 5061), (None, None), ("", None)])
def test_no_port_says_that_federation_is_off(port: Json, read: int | None) -> None:
    assert edge_services(objects(service(port=port)))[0].federation_port == read


def test_a_port_that_was_not_read_says_nothing() -> None:
    with pytest.raises(Unreadable, match="AccessEdgeExternalSipPort"):
        edge_services(objects(PoolFqdn="edge.contoso.com", AccessEdgeExternalFqdn="sip.contoso.com"))
    with pytest.raises(Unreadable, match="AccessEdgeExternalSipPort"):
        edge_services(objects(service(port="all")))
    with pytest.raises(Unreadable, match="AccessEdgeExternalSipPort"):
        edge_services(objects(service(port="506²")))


def test_federated_pools_are_those_with_port_5061_each_once() -> None:
    services = objects(service(), service("EDGE.contoso.com"), service("edge2.contoso.com", 443), service("edge3.x"))
    assert federated_pools(services) == ("edge.contoso.com", "edge3.x")


@pytest.mark.parametrize(
    ("hosts", "configured", "pools"),
    [
        (("edge09.contoso.com", "edge01.contoso.com"), ("edge09.contoso.com",), objects(FE, EDGE)),
        (("edge01.contoso.com",), ("edge01.contoso.com",), objects(EDGE)),
        ((), (), objects(FE)),
        (("edge09.contoso.com",), ("edge09.contoso.com",), DENIED),
        (("",), (), DENIED),  # one view, that of the only Edge or of all
    ],
)
def test_edges_are_those_of_configuration_and_topology(
    hosts: tuple[str, ...], configured: tuple[str, ...], pools: NoAnswer
) -> None:
    evidence = Evidence({POOLS: Fact(probe=POOLS, answer=pools, observed_at=NOW)})
    assert edge_hosts(contoso(edges=configured), evidence) == hosts


BEHIND = objects(FE, SQL, EDGE)


def asked(services: Objects | NoAnswer, pools: Objects | NoAnswer = BEHIND) -> Evidence:
    return Evidence(
        {
            probe: Fact(probe=probe, answer=answer, observed_at=NOW)
            for probe, answer in ((POOLS, pools), (EDGE_SERVICES, services))
        }
    )


@pytest.mark.parametrize("pool", ["", "edge.contoso.com"])
def test_the_next_hop_of_an_edge_is_the_pool_of_its_service_with_its_computers(pool: str) -> None:
    edge = Server(fqdn="edge01.contoso.com", role=ServerRole.EDGE, pool=pool)
    services = objects(service(Registrar="Registrar:FE.contoso.com"), service("other.contoso.com", Registrar=None))
    assert next_hop(asked(services), edge) == NextHop("fe.contoso.com", ("fe02.contoso.com", "fe01.contoso.com"))
    assert next_hop(asked(objects(service(Registrar=None))), edge) == NextHop("", ())


@pytest.mark.parametrize(
    "services",
    [
        (),
        (service(),),
        (service("other.contoso.com", Registrar="Registrar:fe.contoso.com"),),
        (service(Registrar="Registrar:gone.contoso.com"),),
        (service(Registrar="fe.contoso.com"), service(Registrar="sql.contoso.com")),
    ],
)
def test_a_next_hop_that_is_not_shown_is_not_none(services: tuple[dict[str, Json], ...]) -> None:
    with pytest.raises(Unreadable):
        next_hop(asked(objects(*services)), Server(fqdn="edge01.contoso.com", role=ServerRole.EDGE))


@pytest.mark.parametrize(
    ("row", "data_edge"),
    [
        (service(), None),
        (service(DataEdgeExternalFqdn=None), ""),
        (service(DataEdgeExternalFqdn={"@text": "WebConf.contoso.com"}), "webconf.contoso.com"),
    ],
)
def test_a_web_conferencing_name_that_is_not_set_is_not_one_that_is_not_shown(
    row: dict[str, Json], data_edge: str | None
) -> None:
    (found,) = edge_services(objects(row))
    assert found.data_edge == data_edge
