"""What can be run as it stands, and what somebody has to read first."""

import msgspec
import pytest

from checker.model.axes import Direction
from checker.model.target import Runbook, Target
from checker.move_route import MoveRoute
from checker.rendering.commands import is_command, move_command
from tests.rendering.predictions import user

CONTOSO = Target(name="contoso", sip_domains=("contoso.com",))
SERVERS = frozenset({"contoso.com"})
STRAIGHT = MoveRoute()
SEVERAL = MoveRoute(needs_proxy_pool=True)


def advised(dn: str = "", route: MoveRoute = STRAIGHT, target: Target = CONTOSO) -> str:
    return move_command(target, route)(user("anna@contoso.com", dn=dn).user.row)


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


PLAIN = "Move-CsUser -Identity 'sip:anna@contoso.com' -Target 'sipfed.online.lync.com'"


@pytest.mark.parametrize(
    ("dn", "more"),
    [
        ("cn=anna,ou=staff,dc=contoso,dc=com", ""),
        ("cn=anna,dc=child,dc=contoso,dc=com", " -DomainController <domain controller of child.contoso.com>"),
        ("cn=anna,dc=evilcontoso,dc=com", " -DomainController <domain controller of evilcontoso.com>"),
        ("cn=anna,dc=$(rm) ';,dc=com", " -DomainController <domain controller of the user's domain>"),
        ("", ""),
    ],
)
def test_who_lives_in_another_domain_is_looked_for_there(dn: str, more: str) -> None:
    assert advised(dn, MoveRoute(server_domains=SERVERS)) == PLAIN + more
    assert advised(dn) == PLAIN  # nobody could say where the servers are: no guess
    assert is_command(advised(dn, MoveRoute(server_domains=SERVERS))) is not bool(more)


def test_the_way_out_is_named_where_there_are_several() -> None:
    said = msgspec.structs.replace(CONTOSO, runbook=Runbook(proxy_pool="pool01.contoso.com"))
    assert advised(route=SEVERAL, target=said) == f"{PLAIN} -ProxyPool 'pool01.contoso.com'"
    assert advised(route=SEVERAL) == f"{PLAIN} -ProxyPool <Front End pool>"
    assert not is_command(advised(route=SEVERAL))


def test_a_move_back_goes_to_the_pool() -> None:
    back = msgspec.structs.replace(CONTOSO, direction=Direction.TO_ONPREM, proxy_fqdn="pool01.contoso.com")
    assert advised(target=back) == "Move-CsUser -Identity 'sip:anna@contoso.com' -Target 'pool01.contoso.com'"
