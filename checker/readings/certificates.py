"""The certificates of a server: those assigned to a use (Get-CsCertificate), and those in a store of Windows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from checker.model.answers import Json, Objects
from checker.model.evidence import Evidence
from checker.model.probes import CmdletProbe, Vantage
from checker.model.undecided import Unreadable
from checker.readings import rows
from checker.readings.enumerations import member
from checker.readings.moments import moment_of
from checker.readings.names import dns_name, is_host_name

EXTERNAL_EDGE = "AccessEdgeExternal"
TOKEN_ISSUER = "OAuthTokenIssuer"
NONE_ASSIGNED = f"no certificate is assigned to {EXTERNAL_EDGE}"

SERVER_AUTHENTICATION, CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"  # RFC 5280 4.2.1.12

_OID = re.compile(r"(?<![\w.])\d+(?:\.\d+){3,}(?![\w.])")
_BETWEEN_NAMES = re.compile(r"[\s,;{}]+")


def assigned_certificates(vantage: Vantage, host: str) -> CmdletProbe:
    return CmdletProbe(
        vantage=vantage,
        host=host,
        cmdlet="Get-CsCertificate",
        properties=("Use", "Thumbprint", "Subject", "Issuer", "NotBefore", "NotAfter", "AlternativeNames"),
    )


def store(vantage: Vantage, host: str, name: str) -> CmdletProbe:
    """``name``: Root or My, of the local machine."""
    return CmdletProbe(
        vantage=vantage,
        host=host,
        cmdlet="Get-ChildItem",
        parameters=(("Path", rf"Cert:\LocalMachine\{name}"),),
        properties=("Subject", "Issuer", "Thumbprint", "PSParentPath", "EnhancedKeyUsageList"),
    )


@dataclass(frozen=True, slots=True)
class Assigned:
    """A row of Get-CsCertificate; what of it is read beside the thumbprint is read when it is asked for."""

    thumbprint: str
    row: rows.Row

    @property
    def names(self) -> tuple[str, ...]:
        """The DNS names of the SAN, ``*.contoso.com`` among them. Raises ``Unreadable`` where there are no such."""
        return tuple(name for text in rows.texts(self.row, "AlternativeNames") for name in _names(text))

    @property
    def not_before(self) -> datetime:
        return moment_of(self.row, "NotBefore")

    @property
    def not_after(self) -> datetime:
        return moment_of(self.row, "NotAfter")


def assigned_to(use: str, answer: Objects) -> tuple[Assigned, ...]:
    """One for each thumbprint, in order; empty when none is assigned. Raises ``Undecided``."""
    found = {
        (thumbprint := thumbprint_of(row)): Assigned(thumbprint, row)
        for row in rows.all_of(answer, "Get-CsCertificate")
        if member(row, "Use").casefold() == use.casefold()
    }
    return tuple(found.values())


def external_certificate(evidence: Evidence, edge: str) -> Assigned | None:
    """The one that the Edge shows outside; ``None`` when none is assigned. Raises ``Unreadable`` for two."""
    found = assigned_to(EXTERNAL_EDGE, evidence.answer(assigned_certificates(Vantage.EDGE, edge)))
    if len(found) > 1:
        raise Unreadable(f"Get-CsCertificate names {len(found)} certificates for {EXTERNAL_EDGE}")
    return found[0] if found else None


def certificates_in(answer: Objects, name: str) -> tuple[rows.Row, ...]:
    """Those of a store. Raises ``Undecided`` for a part of it, and for none: no such store of a server is empty."""
    found = rows.all_of(answer, "Get-ChildItem")
    if not found:
        raise Unreadable(f"the store {name} is empty, which none is")
    return found


def thumbprint_of(row: rows.Row) -> str:
    """Upper case, without blanks. Raises ``Unreadable`` for what is no SHA-1 thumbprint."""
    found = rows.text(row, "Thumbprint").replace(" ", "").upper()
    if not re.fullmatch(r"[0-9A-F]{40}", found):
        raise Unreadable(f"{found!r} is no thumbprint")
    return found


def key_usages(row: rows.Row) -> frozenset[str]:
    """The object identifiers of the extended key usage; empty when the certificate has no such extension.

    Raises ``Unreadable`` for a list that was cut off to the names of its types.
    """
    return frozenset(oid for item in rows.items(row, "EnhancedKeyUsageList") for oid in _usages(item))


def covered_by_wildcard(name: str, names: Iterable[str]) -> bool:
    """Whether one of them is a wildcard for its first label: ``*.contoso.com`` for ``sip.contoso.com``."""
    return f"*.{name.partition('.')[2]}" in names


def _names(text: str) -> tuple[str, ...]:
    """Of a name, or of a list that was cut off to text: ``{sip.contoso.com, edge.contoso.com}``."""
    found = tuple(dns_name(each) for each in _BETWEEN_NAMES.split(text) if each)
    if not all(is_host_name(name.removeprefix("*.")) for name in found) or text.startswith("System."):
        raise Unreadable(f"{text!r} is no list of DNS names")
    return found


def _usages(item: Json) -> tuple[str, ...]:
    text = rows.text(item, "ObjectId") if isinstance(item, dict) and rows.has(item, "ObjectId") else ""
    text = text or rows.scalar(item, "EnhancedKeyUsageList")
    if not (found := tuple(_OID.findall(text))):
        raise Unreadable(f"{text!r} is no key usage with its object identifier")
    return found
