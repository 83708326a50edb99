import pytest

from checker.checks.topology.server_build import CHECK
from checker.model.answers import Objects
from checker.model.checks import Server, ServerRole
from checker.model.facts import NoAnswer
from checker.readings.builds import patch_version
from checker.readings.topology import POOLS
from tests.judging import CONTOSO, DENIED, contoso, findings, judged, objects, word

FRONT_END = Server(fqdn="fe01.contoso.com", role=ServerRole.FRONT_END)
EDGE = Server(fqdn="edge01.contoso.com", role=ServerRole.EDGE)
POOL = {
    FRONT_END: {"Fqdn": "fe.contoso.com", "Computers": [FRONT_END.fqdn], "Services": ["Registrar:fe.contoso.com"]},
    EDGE: {"Fqdn": "edge.contoso.com", "Computers": [EDGE.fqdn], "Services": ["EdgeServer:edge.contoso.com"]},
}


def at(version: object, component: str = "Skype for Business Server 2019, Core Components") -> Objects:
    others = {"ComponentName": "Skype for Business Server 2019, Web Components Server", "Version": "7.0.2046.0"}
    return objects(others, {"ComponentName": component, "Version": version})


@pytest.mark.parametrize(
    ("verdict", "server", "answer"),
    [
        ("pass", FRONT_END, at("7.0.2046.385")),
        ("pass", FRONT_END, at("7.0.2046.1000")),  # numbers, not text
        ("fail", FRONT_END, at("7.0.2046.369")),
        ("pass", FRONT_END, at("6.0.9319.619")),
        ("fail", FRONT_END, at("6.0.9319.598", "Core Components")),
        ("pass", FRONT_END, at("5.0.8308.1182")),
        ("fail", FRONT_END, at("5.0.8308.1149")),
        ("fail", FRONT_END, at("4.0.7577.9999")),  # no build of Lync 2010 will do
        ("warn", EDGE, at("7.0.2046.369")),
        ("pass", EDGE, at("7.0.2046.385")),
        ("unknown: malformed", FRONT_END, at("8.0.1.1")),  # a generation that the table does not know
        ("unknown: malformed", FRONT_END, at("7.0.2046")),
        ("unknown: malformed", FRONT_END, at("7.0.2046.385", "Web Components")),
        ("unknown: malformed", FRONT_END, objects()),
        ("unknown: no-access", FRONT_END, DENIED),  # as from Lync 2013, which has no such cmdlet
    ],
)
def test_the_core_components_are_at_the_minimum(verdict: str, server: Server, answer: Objects | NoAnswer) -> None:
    found = findings(CHECK, CONTOSO, {POOLS: objects(*POOL.values()), patch_version(server): answer})
    assert word(found[server.fqdn]) == verdict


def test_each_server_is_asked_by_itself() -> None:
    found = findings(CHECK, CONTOSO, {POOLS: objects(*POOL.values()), patch_version(FRONT_END): at("7.0.2046.385")})
    words = {name: word(each) for name, each in found.items()}
    assert words == {FRONT_END.fqdn: "pass", EDGE.fqdn: "unknown: not-asked"}


@pytest.mark.parametrize("pools", [objects(), objects(POOL[EDGE])])
def test_front_ends_that_the_topology_does_not_name_are_unknown_whatever_the_edge_is(pools: Objects) -> None:
    target = contoso(edges=(EDGE.fqdn,))
    found = findings(CHECK, target, {POOLS: pools, patch_version(EDGE): at("7.0.2046.385")})
    assert {name: word(each) for name, each in found.items()} == {EDGE.fqdn: "pass", "contoso": "unknown: malformed"}


def test_a_topology_that_was_not_read_is_unknown_for_the_deployment() -> None:
    assert judged(CHECK, CONTOSO, {POOLS: DENIED}) == "unknown: no-access"
