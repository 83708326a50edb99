"""The SIP domains that the tenant knows, and whether they are enabled online: Get-CsOnlineSipDomain."""

from checker.model.answers import Objects
from checker.model.probes import CmdletProbe, Vantage
from checker.model.undecided import Unreadable
from checker.readings import rows
from checker.readings.enumerations import member
from checker.readings.names import dns_name

ONLINE_SIP_DOMAINS = CmdletProbe(vantage=Vantage.TENANT, cmdlet="Get-CsOnlineSipDomain", properties=("Name", "Status"))


def online_sip_domains(answer: Objects) -> dict[str, str]:
    """``Enabled`` or ``Disabled`` by domain. Raises ``Undecided`` for another status, and for a part of the domains."""
    listed = rows.all_of(answer, "Get-CsOnlineSipDomain")
    found = {dns_name(rows.text(row, "Name")): member(row, "Status").capitalize() for row in listed}
    if strange := set(found.values()) - {"Enabled", "Disabled"}:
        raise Unreadable(f"Get-CsOnlineSipDomain has the Status {rows.named(sorted(strange))!r}")
    return found
