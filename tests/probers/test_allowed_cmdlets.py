"""The list of allowed cmdlets: what is in it is typed, what is not cannot even be built."""

import pytest

from checker.model.probes import CmdletProbe, Vantage
from checker.probers.allowed_cmdlets import (
    ALLOWED,
    AllowedCommand,
    NotAllowed,
    Secrets,
    ValueNotAllowed,
    allowed_command,
    role_needed,
)


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
        # It sends SIP to a partner, so that it does not only read.
        probe(
            Vantage.ONPREM, "Test-CsFederatedPartner", ("TargetFqdn", "edge.contoso.com"), ("Domain", "fabrikam.com")
        ),
        probe(Vantage.ONPREM, "Get-ChildItem"),
        probe(Vantage.ONPREM, "Import-Module", ("Name", "Lync")),
        probe(Vantage.ONPREM, "Select-Object", ("Property", "Nam[e]")),
        probe(Vantage.TENANT, "Connect-MicrosoftTeams", ("AccessTokens", "x")),
        probe(Vantage.ONPREM, "Get-ADUser", ("Filter", "Name -like 'a*'")),
        probe(Vantage.ONPREM, "Get-ADUser", ("Filter", "*"), ("Properties", "adminCount,,mail")),
        probe(Vantage.ONPREM, "get-cshostingprovider; Remove-Item x"),
        probe(Vantage.ONPREM, "Test-NetConnection", ("ComputerName", "a")),
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


@pytest.mark.parametrize(
    "path",
    [
        r"HKLM:\SECURITY",
        r"HKLM:\SOFTWARE",
        r"HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon",
        r"HKLM:\SOFTWARE\Microsoft\.NETFramework\..\Windows NT\CurrentVersion\Winlogon",
        r"HKLM:\SOFTWARE\Microsoft\.NETFramework\*",
        r"HKLM:\SOFTWARE\Microsoft\.NETFramework\v4/0",
        r"HKCU:\SOFTWARE\Microsoft\.NETFramework",
        r"HKLM:\SYSTEM\CurrentControlSet\Services",
        "HKLM:\\SOFTWARE\\Microsoft\\.NETFramework\n",
    ],
)
def test_only_keys_of_the_list_are_read(path: str) -> None:
    with pytest.raises(ValueNotAllowed):
        allowed_command(probe(Vantage.EDGE, "Get-ItemProperty", ("Path", path), ("Name", "Enabled")))


@pytest.mark.parametrize(
    "path",
    [
        r"HKLM:\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.2\Client",
        r"HKLM:\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL",
        r"HKLM:\SOFTWARE\Wow6432Node\Microsoft\.NETFramework\v4.0.30319",
        r"HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion",
        r"HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings\Connections",
    ],
)
def test_keys_of_the_list_are_read(path: str) -> None:
    asked = probe(Vantage.EDGE, "Get-ItemProperty", ("Path", path), ("Name", "Enabled"))

    assert allowed_command(asked).arguments == (("Path", path), ("Name", "Enabled"))


@pytest.mark.parametrize("name", ["*", "Na*me", "Name;x", "a b", "", "Name]"])
def test_what_is_no_name_of_a_property_is_not_asked_for(name: str) -> None:
    with pytest.raises(NotAllowed):
        AllowedCommand(Vantage.ONPREM, "Get-CsPool", (), (name,))


def test_a_list_of_texts_is_sent_as_one() -> None:
    asked = probe(Vantage.ONPREM, "Get-ADUser", ("Filter", "*"), ("Properties", "adminCount,proxyAddresses"))

    assert allowed_command(asked).arguments[1] == ("Properties", ("adminCount", "proxyAddresses"))
    assert str(allowed_command(asked)) == "Get-ADUser -Filter * -Properties adminCount, proxyAddresses"


def test_secrets_show_how_many_they_are_and_nothing_else() -> None:
    secrets = Secrets("hunter2", "hunter3")
    command = AllowedCommand(Vantage.TENANT, "Connect-MicrosoftTeams", (("AccessTokens", secrets),))

    assert "hunter" not in f"{secrets}{secrets!r}{command}{command!r}"
    assert str(command) == "Connect-MicrosoftTeams -AccessTokens (2 secrets)"


def test_every_allowed_cmdlet_reads() -> None:
    verbs = {cmdlet.partition("-")[0] for cmdlets in ALLOWED.values() for cmdlet in cmdlets}

    assert verbs == {"Get", "Test", "Resolve", "Invoke"}
    assert {cmdlet for cmdlets in ALLOWED.values() for cmdlet in cmdlets if cmdlet.startswith("Invoke")} == {
        "Invoke-WebRequest"  # a GET: it takes no method and no body
    }


def test_the_smallest_role_is_named() -> None:
    assert "Get-CsAdminRole lists Get-CsUser" in role_needed("Get-CsUser")
    assert "Remote Management Users" in role_needed("Resolve-DnsName")
