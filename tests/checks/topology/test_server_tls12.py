import pytest

from checker.checks.topology.server_tls12 import CHECK
from checker.model.answers import Json
from checker.model.probes import Vantage
from checker.readings.tls_registry import Machine
from checker.readings.topology import POOLS
from tests.checks.topology.pools import pool_row
from tests.checks.topology.registry import SOUND, UNSET, Values, registry
from tests.judging import CONTOSO, DENIED, SILENT, finding, findings, judged, objects, word

MACHINE = Machine(Vantage.ONPREM, "fe01.contoso.com")
TOPOLOGY = objects(pool_row("fe.contoso.com", MACHINE.host))
OLD_PROTOCOLS = {
    f"TLS 1.{minor} {side} {name}": None for minor in (0, 1) for side in ("Client", "Server")
    for name in ("Enabled", "DisabledByDefault")
}  # fmt: skip


def on_windows(build: Json, **changes: Json) -> Values:
    return {**UNSET, "CurrentBuildNumber": build, **changes}


@pytest.mark.parametrize(
    ("verdict", "values"),
    [
        ("pass", SOUND),
        ("pass", {**SOUND, "TLS 1.2 Client Enabled": -1}),  # all bits, as a signed number
        ("pass", {**SOUND, "TLS 1.2 Client Enabled": "4294967295"}),
        ("pass", {**SOUND, "CurrentBuildNumber": DENIED}),  # everything is set: no matter which Windows it is
        ("fail", {**SOUND, "TLS 1.2 Client Enabled": 0}),
        ("fail", {**SOUND, "TLS 1.2 Server Enabled": "0"}),
        ("fail", {**SOUND, "TLS 1.2 Server DisabledByDefault": 1}),
        ("fail", {**SOUND, ".NET SchUseStrongCrypto": 0, ".NET SystemDefaultTlsVersions": 0}),
        ("fail", {**SOUND, ".NET (32 bit) SchUseStrongCrypto": 0, ".NET (32 bit) SystemDefaultTlsVersions": None}),
        ("warn", {**SOUND, ".NET SchUseStrongCrypto": 0}),  # the other value does what this one forbids
        ("fail", {**UNSET, "TLS 1.2 Client Enabled": 0, "CurrentBuildNumber": DENIED}),
        ("pass", on_windows("14393")),
        ("pass", on_windows(17763)),
        ("warn", on_windows("9600")),
        ("warn", on_windows("9200")),
        ("warn", {**SOUND, ".NET SystemDefaultTlsVersions": None, "CurrentBuildNumber": "9600"}),
        ("warn", {**on_windows("7601"), **OLD_PROTOCOLS}),
        ("fail", {**on_windows("7601"), **OLD_PROTOCOLS, "TLS 1.0 Client Enabled": 1}),
        ("warn", {**on_windows("7601"), **OLD_PROTOCOLS, "TLS 1.0 Client Enabled": 0}),
        ("pass", on_windows("17763", **{"TLS 1.0 Client Enabled": 1})),
        ("unknown: no-access", on_windows("7601")),  # nobody looked for the old protocols
        ("unknown: no-access", on_windows(DENIED)),
        ("unknown: malformed", on_windows(None)),
        ("unknown: malformed", on_windows("ten")),
        ("unknown: malformed", {**SOUND, ".NET SchUseStrongCrypto": "yes"}),
        ("unknown: timed-out", {**SOUND, "TLS 1.2 Client Enabled": SILENT}),
        ("fail", {**SOUND, "TLS 1.2 Client Enabled": SILENT, "TLS 1.2 Server Enabled": 0}),
        ("unknown: no-access", {}),
    ],
)
def test_neither_schannel_nor_dotnet_is_kept_from_it(verdict: str, values: Values) -> None:
    assert judged(CHECK, CONTOSO, {POOLS: TOPOLOGY, **registry(MACHINE, values)}) == verdict


def test_a_row_without_value_is_unreadable() -> None:
    answers = registry(MACHINE, SOUND)
    answers[MACHINE.value(r"HKLM:\SOFTWARE\Microsoft\.NETFramework\v4.0.30319", "SchUseStrongCrypto")] = objects(
        Name="x"
    )
    assert judged(CHECK, CONTOSO, {POOLS: TOPOLOGY, **answers}) == "unknown: malformed"


def test_an_edge_is_asked_on_the_edge() -> None:
    edge = Machine(Vantage.EDGE, "edge01.contoso.com")
    topology = objects(
        pool_row("fe.contoso.com", MACHINE.host), pool_row("edge.contoso.com", edge.host, service="EdgeServer")
    )
    found = findings(CHECK, CONTOSO, {POOLS: topology, **registry(edge, SOUND)})
    assert {name: word(each) for name, each in found.items()} == {edge.host: "pass", MACHINE.host: "unknown: not-asked"}


def test_it_shows_what_is_wrong() -> None:
    values = {**UNSET, "TLS 1.2 Client Enabled": 0}
    found = finding(CHECK, CONTOSO, {POOLS: TOPOLOGY, **registry(MACHINE, values)})
    assert found.verdict and found.verdict.observed.startswith("TLS 1.2 client: Enabled 0, DisabledByDefault not set; ")
