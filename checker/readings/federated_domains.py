"""The on-premises lists of partner domains: whom the Access Edge allows and blocks by name."""

from collections.abc import Collection, Iterable

from checker.model.answers import Objects
from checker.model.probes import CmdletProbe, Vantage
from checker.model.undecided import Unreadable
from checker.readings import rows
from checker.readings.names import dns_name, is_dns_name, lies_in
from checker.readings.powershell_text import quoted

ALLOWED_DOMAINS = CmdletProbe(
    vantage=Vantage.ONPREM, cmdlet="Get-CsAllowedDomain", properties=("Identity", "Domain", "ProxyFqdn")
)
BLOCKED_DOMAINS = CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-CsBlockedDomain", properties=("Identity", "Domain"))


def partner_domains(answer: Objects, cmdlet: str) -> frozenset[str]:
    """The domains of either list. Raises ``Undecided`` for a part of it."""
    return frozenset(_domain(row, cmdlet) for row in rows.all_of(answer, cmdlet))


def _domain(row: rows.Row, cmdlet: str) -> str:
    name = dns_name(rows.text(row, "Domain", "Identity"))
    # An object of another cmdlet has an Identity too.
    if not is_dns_name(name) or rows.has(row, "Fqdn", "PoolFqdn"):
        raise Unreadable(f"a row of {cmdlet} is no domain")
    return name


def lies_below(name: str, domains: Iterable[str]) -> bool:
    """Whether it is a subdomain of one of them, itself not counted."""
    return any(name != domain and lies_in(name, domain) for domain in domains)


def some(domains: Iterable[str]) -> str:
    """For what a finding shows: the first five, and how many more."""
    names = sorted(domains)
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return rows.named(names[:5]) + more


def literals(domains: Iterable[str]) -> str:
    """The elements of a PowerShell array, ``'a.com','b.com'``; empty for none."""
    return ",".join(quoted(domain) for domain in sorted(domains))


def for_each(domains: Collection[str], command: str) -> str:
    """A PowerShell loop that gives each of them to the command as ``$d``; ``nothing`` where there are none."""
    return f"foreach ($d in {literals(domains)}) {{ {command} }}" if domains else "nothing"
