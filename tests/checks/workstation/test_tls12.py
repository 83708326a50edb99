import pytest

from checker.checks.workstation.tls12 import CHECK, MACHINE
from checker.model.answers import Json
from tests.checks.topology.registry import SOUND, UNSET, Values, registry
from tests.judging import CONTOSO, DENIED, SILENT, judged

CLIENT = {name: value for name, value in SOUND.items() if "Server" not in name}  # nobody looked for the server's
SCHANNEL_SET = {name: value for name, value in CLIENT.items() if name.startswith("TLS")}
DOTNET_SET = {name: value for name, value in CLIENT.items() if name.startswith(".NET")}
ONE_OF_TWO: Values = {f"{view} SchUseStrongCrypto": 1 for view in (".NET", ".NET (32 bit)")}


def on_windows(build: Json, values: Values | None = None) -> Values:
    return {**UNSET, **(values or {}), "CurrentBuildNumber": build}


@pytest.mark.parametrize(
    ("verdict", "values"),
    [
        ("pass", CLIENT),
        ("pass", {**CLIENT, "TLS 1.2 Server Enabled": 0}),  # it is a client here
        ("pass", {**CLIENT, "CurrentBuildNumber": "7601"}),
        ("fail", {**CLIENT, "TLS 1.2 Client Enabled": 0}),
        ("fail", {**CLIENT, "TLS 1.2 Client DisabledByDefault": 1}),
        ("fail", {**CLIENT, ".NET SchUseStrongCrypto": 0, ".NET SystemDefaultTlsVersions": 0}),
        ("warn", {**CLIENT, ".NET SystemDefaultTlsVersions": 0}),
        ("pass", on_windows("19045")),
        ("pass", on_windows("10240")),
        ("warn", on_windows("9600")),
        ("fail", on_windows("9200")),
        ("fail", on_windows("9200", SCHANNEL_SET)),
        ("warn", on_windows("9200", DOTNET_SET)),  # Schannel of 2012 has it on by itself
        ("warn", on_windows("9200", ONE_OF_TWO)),
        ("fail", on_windows("7601")),
        ("fail", on_windows("7601", DOTNET_SET)),
        ("unknown: no-access", on_windows(DENIED)),
        ("unknown: malformed", on_windows(None)),
        ("unknown: malformed", {**CLIENT, "TLS 1.2 Client Enabled": "on"}),
        ("unknown: timed-out", {**CLIENT, ".NET SchUseStrongCrypto": SILENT}),
        ("fail", {**CLIENT, ".NET SchUseStrongCrypto": SILENT, "TLS 1.2 Client Enabled": 0}),
        ("unknown: no-access", {}),
    ],
)
def test_the_machine_is_not_kept_from_it(verdict: str, values: Values) -> None:
    assert judged(CHECK, CONTOSO, registry(MACHINE, values)) == verdict
