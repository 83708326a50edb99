"""The tenant's federation settings: sharing of the SIP address space, and whom the tenant federates with.

Set-CsTenantFederationConfiguration and Get-CsTenantFederationConfiguration (Microsoft Learn, read 2026-11-22).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from checker.model.answers import Json, Objects
from checker.model.evidence import Evidence
from checker.model.probes import CmdletProbe, Vantage
from checker.model.undecided import Unreadable
from checker.readings import rows
from checker.readings.names import dns_name

TENANT_FEDERATION = CmdletProbe(
    vantage=Vantage.TENANT,
    cmdlet="Get-CsTenantFederationConfiguration",
    properties=(
        "Identity",
        "SharedSipAddressSpace",
        "AllowFederatedUsers",
        "AllowedDomains",
        "BlockedDomains",
        "BlockAllSubdomains",
    ),
)
# A type name has dots as well: Microsoft.Rtc.Management... is what ConvertTo-Json leaves of an object below its depth.
_DOMAIN = re.compile(r"(?!microsoft\.rtc\.|deserialized\.|system\.)(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)+")


def federation_row(evidence: Evidence) -> rows.Row:
    """The one object, instance Global. Raises ``Unreadable`` for none: this cmdlet always has one."""
    answer: Objects = evidence.answer(TENANT_FEDERATION)
    if len(answer.rows) != 1:
        raise Unreadable(f"Get-CsTenantFederationConfiguration gave {len(answer.rows)} objects, not one")
    return answer.rows[0]


@dataclass(frozen=True, slots=True)
class FederationModel:
    """``allowed`` is ``None`` when the tenant is open; a set, possibly empty, when it is closed to all but these."""

    allowed: frozenset[str] | None

    @property
    def is_open(self) -> bool:
        return self.allowed is None

    @property
    def described(self) -> str:
        if self.allowed is None:
            return "open"
        return f"closed, domains allowed: {len(self.allowed)}"


def federation_model(row: rows.Row) -> FederationModel:
    """Open, or closed with a list; with ``AllowFederatedUsers`` False it is closed to everybody.

    A missing AllowedDomains, or an AllowAllKnownDomains object (``{}`` in JSON), is open. Null or empty is closed with
    nothing allowed, which is not open. Missing counts as open only where the sibling keys of the object are there.
    Raises ``Unreadable`` for a list that was clipped to a type name.
    """
    if not rows.flag(row, "AllowFederatedUsers"):
        return FederationModel(frozenset())
    if not rows.has(row, "AllowedDomains"):
        if not rows.has(row, "BlockedDomains"):
            raise Unreadable("the object has neither AllowedDomains nor BlockedDomains")
        return FederationModel(None)
    return FederationModel(_allowed(rows.raw(row, "AllowedDomains")))


def _allowed(value: Json) -> frozenset[str] | None:
    if isinstance(value, dict):
        if rows.has(value, "AllowedDomain"):
            return frozenset(domain_names(rows.raw(value, "AllowedDomain")))
        kind = f"{value.get('@type', '')}{value.get('@text', '')}"
        if "AllowAllKnownDomains" in kind or not (kind or [key for key in value if not key.startswith("@")]):
            return None
        raise Unreadable("AllowedDomains is an object of no known kind")
    if isinstance(value, str) and "AllowAllKnownDomains" in value:
        return None
    return frozenset(domain_names(value))


def domain_names(value: Json) -> tuple[str, ...]:
    """The domains of an allowed or blocked list, in any of the forms that cmdlets, REST and clipped JSON give it.

    Raises ``Unreadable`` for a form that holds no name, such as a bare type name left by ``ConvertTo-Json -Depth``.
    """
    if value is None or value == "":
        return ()
    if isinstance(value, str) and all(word.startswith("Domain=") for word in value.split()):
        value = value.split()  # a list that was clipped to its string form: "Domain=a.example Domain=b.example"
    return tuple(_domain(item) for item in (value if isinstance(value, list | tuple) else (value,)))


def _domain(item: Json) -> str:
    if isinstance(item, Mapping):
        item = rows.raw(item, "Domain", "@text")
    if not isinstance(item, str) or not _DOMAIN.fullmatch(name := dns_name(item.strip().removeprefix("Domain="))):
        raise Unreadable("a list of domains holds an entry that is no domain name")
    return name
