"""What can be run as it stands, and what somebody has to read first."""

import pytest

from checker.rendering.commands import is_command


@pytest.mark.parametrize(
    "run",
    [
        "Set-CsTenantFederationConfiguration -SharedSipAddressSpace $true",
        "Set-CsTenantFederationConfiguration -AllowedDomainsAsAList @{Add=$l}",
        "Get-CsHostingProvider | Where-Object ProxyFqdn -eq 'x' | Remove-CsHostingProvider",
        "$l = New-Object Collections.Generic.List[String]\nSet-CsX -List $l",
        "Get-CsUser | ForEach-Object { $_ }",
    ],
)
def test_a_cmdlet_is_a_command(run: str) -> None:
    assert is_command(run)


@pytest.mark.parametrize(
    "run",
    [
        "",
        "Open TCP 443 from that machine",
        "_sipfederationtls._tcp.contoso.com. SRV 0 0 5061 sip.contoso.com.",
        "Set-CsX -Identity <the wrong one>",
        "Set-CsX -Identity {identity}",
        "Set-CsX -Identity 'a\u202eb'",
        "Set-CsX -Identity 'a'\nand then wait",
    ],
)
def test_what_has_to_be_read_first_is_none(run: str) -> None:
    assert not is_command(run)
