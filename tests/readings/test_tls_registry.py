from pathlib import Path

import pytest

from checker.model.answers import Json
from checker.model.probes import CmdletProbe, Vantage
from checker.probers.allowed_cmdlets import allowed_command
from checker.readings.certificates import assigned_certificates, store
from checker.readings.tls_registry import DOTNET, SCHANNEL, WINDOWS, Machine, Settings, protocol
from tests.probers.evidence_files.making import evidence, said

EDGE = Machine(Vantage.EDGE, "edge01.contoso.com")
VALUES = [
    *(each for side in ("Client", "Server") for each in protocol(EDGE, "TLS 1.2", side).values()),
    *(EDGE.value(path, "SchUseStrongCrypto") for path in DOTNET.values()),
    EDGE.value(WINDOWS, "CurrentBuildNumber"),
    EDGE.value(SCHANNEL, "ClientAuthTrustMode"),
]


@pytest.mark.parametrize(
    "probe",
    [*VALUES, *(store(Vantage.EDGE, "e", name) for name in ("Root", "My")), assigned_certificates(Vantage.EDGE, "e")],
    ids=lambda probe: probe.asked,
)
def test_every_question_may_be_sent(probe: CmdletProbe) -> None:
    assert str(allowed_command(probe)) == probe.asked


def test_a_file_answers_each_value_by_its_row(tmp_path: Path) -> None:
    rows: list[dict[str, Json]] = [dict(probe.parameters) | {"Value": place} for place, probe in enumerate(VALUES)]
    rows[0]["Path"] = rows[0]["Path"].replace("HKLM:", "HKEY_LOCAL_MACHINE")
    files = evidence(tmp_path, {"edge--edge01.contoso.com/Get-ItemProperty--tls.json": rows})

    for place, probe in enumerate(VALUES):
        found = said(files, probe)
        assert not isinstance(found, str) and [row["Value"] for row in found] == [place]
    assert said(files, EDGE.value(SCHANNEL, "EnableSessionTicket")) == "no-access not-in-file"


@pytest.mark.parametrize(
    ("settings", "switch_off", "contradict", "say_nothing"),
    [
        (Settings("x", ("a 1",), (), (), one_will_do=False), False, False, False),
        (Settings("x", ("a 1",), ("b 1",), (), one_will_do=False), True, True, False),
        (Settings("x", ("a 1",), ("b 0",), (), one_will_do=True), False, True, False),
        (Settings("x", (), ("b 0",), ("a",), one_will_do=True), True, False, False),
        (Settings("x", (), (), ("a", "b"), one_will_do=True), False, False, True),
    ],
)
def test_values_that_belong_together(settings: Settings, switch_off: bool, contradict: bool, say_nothing: bool) -> None:
    assert (settings.switch_off, settings.contradict, settings.say_nothing) == (switch_off, contradict, say_nothing)
