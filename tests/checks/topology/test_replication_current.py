import pytest

from checker.checks.topology.replication_current import CHECK
from checker.model.answers import Json, Objects
from checker.model.facts import NoAnswer
from checker.readings.replicas import REPLICAS
from checker.readings.topology import POOLS
from tests.checks.topology.pools import pool_row
from tests.judging import CONTOSO, DENIED, finding, findings, judged, objects, word

SERVER = "fe01.contoso.com"
TOPOLOGY = objects(pool_row("fe.contoso.com", SERVER))


def replica(current: Json = True, at: Json = "2026-11-22T19:00:00Z", name: str = SERVER) -> dict[str, Json]:
    return {"ReplicaFqdn": name, "UpToDate": current, "LastStatusReport": at}


OTHER = replica(False, name="edge01.contoso.com")


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", objects(OTHER, replica())),
        ("pass", objects(replica("True", "/Date(1795374000000)/", "FE01.contoso.com."))),
        ("pass", objects(replica(at="2026-11-22T18:03:00Z"))),
        ("pass", objects(replica(at="2026-11-22T20:00:00+01:00"))),
        ("warn", objects(replica(at="2026-11-22T18:02:59Z"))),
        ("warn", objects(replica(at="2026-11-23T19:00:00Z"))),  # of a day to come: whose clock is right?
        ("warn", objects(replica(at=None))),
        ("fail", objects(replica(False))),
        ("fail", objects(replica("False", at="2020-01-01T00:00:00Z"))),
        ("pass", objects(replica(), complete=False)),
        ("unknown: no-access", objects(OTHER, complete=False)),
        ("unknown: malformed", objects(OTHER)),
        ("unknown: malformed", objects()),
        ("unknown: malformed", objects(replica("perhaps"))),
        ("unknown: malformed", objects(replica(at="yesterday"))),
        ("unknown: malformed", objects(ReplicaFqdn=SERVER, UpToDate=True)),
        ("unknown: malformed", objects(ReplicaFqdn=SERVER, LastStatusReport="2026-11-22T19:00:00Z")),
        ("unknown: no-access", DENIED),
    ],
)
def test_each_server_has_a_replica_that_is_current(verdict: str, answer: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {POOLS: TOPOLOGY, REPLICAS: answer}) == verdict


def test_an_edge_that_lags_behind_is_the_edges_finding() -> None:
    edges = pool_row("edge.contoso.com", "edge01.contoso.com", service="EdgeServer")
    topology = objects(pool_row("fe.contoso.com", SERVER), edges)
    found = findings(CHECK, CONTOSO, {POOLS: topology, REPLICAS: objects(OTHER, replica())})
    assert {name: word(each) for name, each in found.items()} == {SERVER: "pass", "edge01.contoso.com": "fail"}


def test_the_remedy_names_the_replica() -> None:
    found = finding(CHECK, CONTOSO, {POOLS: TOPOLOGY, REPLICAS: objects(replica(False))})
    assert found.remediation.run == f"Invoke-CsManagementStoreReplication -ReplicaFqdn '{SERVER}'"


def test_what_a_waiver_is_bound_to_stays_while_a_replica_reports_that_it_lags_behind() -> None:
    answers = (objects(replica(False, at=f"2026-11-22T18:{minute}:00Z")) for minute in (50, 55))
    values = {finding(CHECK, CONTOSO, {POOLS: TOPOLOGY, REPLICAS: each}).value for each in answers}
    assert values == {"UpToDate False"}
