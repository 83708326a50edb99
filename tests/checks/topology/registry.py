"""The registry of a machine in short form: values by protocol and name."""

from checker.model.answers import AnyAnswer, Json
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.readings.tls_registry import DOTNET, WINDOWS, Machine, protocol
from tests.judging import DENIED, objects

Values = dict[str, Json | NoAnswer]

SOUND: Values = {
    **{
        f"TLS 1.2 {side} {name}": wanted
        for side in ("Client", "Server")
        for name, wanted in (
            ("Enabled", 1),
            ("DisabledByDefault", 0),
        )
    },
    **{f"{view} {name}": 1 for view in DOTNET for name in ("SchUseStrongCrypto", "SystemDefaultTlsVersions")},
    "CurrentBuildNumber": "17763",
}
UNSET: Values = dict.fromkeys(SOUND)


def registry(machine: Machine, values: Values) -> dict[AnyProbe, AnyAnswer | NoAnswer]:
    """``TLS 1.2 Client Enabled``, ``.NET SchUseStrongCrypto``, ``CurrentBuildNumber``; others nobody looked for."""
    probes = {"CurrentBuildNumber": machine.value(WINDOWS, "CurrentBuildNumber")}
    for version in ("TLS 1.0", "TLS 1.1", "TLS 1.2"):
        for side in ("Client", "Server"):
            probes |= {f"{version} {side} {name}": each for name, each in protocol(machine, version, side).items()}
    for view, path in DOTNET.items():
        for name in ("SchUseStrongCrypto", "SystemDefaultTlsVersions"):
            probes[f"{view} {name}"] = machine.value(path, name)
    return {
        probe: found if isinstance(found := values.get(name, DENIED), NoAnswer) else objects(Name="x", Value=found)
        for name, probe in probes.items()
    }
