"""The list of allowed cmdlets: what is in it is typed, what is not cannot even be built."""

import pytest

from checker.model.probes import CmdletProbe, Vantage
from checker.probers.allowed_cmdlets import ALLOWED, AllowedCommand, NotAllowed, allowed_command, role_needed


def probe(vantage: Vantage, cmdlet: str, *parameters: tuple[str, str]) -> CmdletProbe:
    return CmdletProbe(vantage=vantage, cmdlet=cmdlet, parameters=parameters)


def test_values_become_what_the_parameters_take() -> None:
    ask = probe(Vantage.EDGE, "Test-NetConnection", ("ComputerName", "sipfed.online.lync.com"), ("Port", "5061"))

    assert allowed_command(ask).arguments == (("ComputerName", "sipfed.online.lync.com"), ("Port", 5061))


def test_empty_value_is_a_switch() -> None:
    assert allowed_command(probe(Vantage.ONPREM, "Get-CsService", ("EdgeServer", ""))).arguments == (
        ("EdgeServer", None),
    )


@pytest.mark.parametrize(
    "refused",
    [
        probe(Vantage.ONPREM, "Set-CsHostingProvider"),
        probe(Vantage.ONPREM, "Move-CsUser", ("WhatIf", "")),
        probe(Vantage.ONPREM, "Get-Credential"),
        probe(Vantage.ONPREM, "Test-CsFederatedPartner"),
        probe(Vantage.ONPREM, "get-cshostingprovider; Remove-Item x"),
        probe(Vantage.ONPREM, "Test-NetConnection", ("ComputerName", "a"), ("Port", "1")),
        probe(Vantage.ONPREM, "Get-CsUser", ("OutFile", "x")),
        probe(Vantage.ONPREM, "Get-CsHostingProvider", ("ErrorAction", "Stop")),
        probe(Vantage.ONPREM, "Get-CsService", ("EdgeServer", "$(evil)")),
        probe(Vantage.EDGE, "Test-NetConnection", ("ComputerName", "a"), ("Port", "all")),
        probe(Vantage.EDGE, "Resolve-DnsName", ("Name", "")),
        probe(Vantage.WORKSTATION, "Get-CsUser"),
        probe(Vantage.TENANT, "Get-CsUser"),
        probe(Vantage.HERE, "Get-CsUser"),
    ],
    ids=lambda refused: refused.id,
)
def test_what_is_not_in_the_list_is_refused(refused: CmdletProbe) -> None:
    with pytest.raises(NotAllowed):
        allowed_command(refused)


def test_a_command_outside_the_list_cannot_be_built_directly() -> None:
    with pytest.raises(NotAllowed):
        AllowedCommand(Vantage.ONPREM, "Remove-CsUser")


def test_every_allowed_cmdlet_reads() -> None:
    verbs = {cmdlet.partition("-")[0] for cmdlets in ALLOWED.values() for cmdlet in cmdlets}

    assert verbs == {"Get", "Test", "Resolve"}


def test_the_smallest_role_is_named() -> None:
    assert "Get-CsAdminRole lists Get-CsUser" in role_needed("Get-CsUser")
    assert "Remote Management Users" in role_needed("Resolve-DnsName")
