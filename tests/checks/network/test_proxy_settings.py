import pytest

from checker.checks.network.proxy_settings import CHECK
from checker.model.answers import AnyAnswer, Json
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, Vantage
from checker.readings.proxy_settings import proxy_values
from checker.readings.tls_registry import Machine
from checker.readings.topology import POOLS
from tests.judging import CONTOSO, DENIED, SILENT, finding, judged, objects

FRONT_END = "fe01.contoso.com"
SERVER, WORKSTATION = Machine(Vantage.ONPREM, FRONT_END), Machine(Vantage.WORKSTATION)
POOL = {"Fqdn": "fe.contoso.com", "Computers": [FRONT_END], "Services": ["Registrar:fe.contoso.com"]}


def winhttp(proxy: str, flags: int = 3) -> list[int]:
    length = len(proxy).to_bytes(4, "little")
    return list(bytes((0x28, *[0] * 7, flags, 0, 0, 0)) + length + proxy.encode() + bytes(4))


def settings(machine: Machine, *values: Json) -> dict[AnyProbe, AnyAnswer | NoAnswer]:
    """WinHttpSettings, ProxyEnable, ProxyServer, AutoConfigURL."""
    return {
        probe: value if isinstance(value, NoAnswer) else objects(Path="x", Name="y", Value=value)
        for probe, value in zip(proxy_values(machine), values, strict=True)
    }


NONE = (None, None, None, None)
SOUND: dict[AnyProbe, AnyAnswer | NoAnswer] = {
    POOLS: objects(POOL),
    **settings(SERVER, *NONE),
    **settings(WORKSTATION, *NONE),
}


@pytest.mark.parametrize("machine", [SERVER, WORKSTATION])
@pytest.mark.parametrize(
    ("verdict", "values"),
    [
        ("pass", NONE),
        ("pass", (winhttp("", 1), 0, "old:8080", None)),
        ("pass", (winhttp("Proxy:8080"), 1, "http://proxy:8080/", None)),
        ("pass", (winhttp("proxy:8080"), 1, "http=other:80;https=proxy:8080", "")),
        ("warn", (winhttp("proxy:8080"), 0, "proxy:8080", None)),
        ("warn", (None, 1, "proxy:8080", None)),
        ("warn", (winhttp("proxy:8080"), 1, "proxy:8081", None)),
        ("warn", (None, 0, None, "http://wpad.contoso.com/proxy.pac")),
        ("unknown: malformed", (winhttp("proxy:8080")[:20], 1, "proxy:8080", None)),
        ("unknown: malformed", (None, "maybe", None, None)),
        ("unknown: timed-out", (None, SILENT, None, None)),
        ("unknown: no-access", (DENIED, DENIED, DENIED, DENIED)),
    ],
)
def test_each_machine_agrees_with_itself(machine: Machine, verdict: str, values: tuple[Json, ...]) -> None:
    assert judged(CHECK, CONTOSO, {**SOUND, **settings(machine, *values)}) == verdict


def test_what_differs_is_not_hidden_by_a_machine_that_is_not_seen() -> None:
    answers = {**settings(SERVER, DENIED, DENIED, DENIED, DENIED), **settings(WORKSTATION, None, 1, "p:80", None)}
    found = finding(CHECK, CONTOSO, {**SOUND, **answers})
    assert found.status.value == "warn" and found.subject.name == FRONT_END
    assert found.verdict and found.verdict.observed == "workstation: WinHTTP none, user p:80"
