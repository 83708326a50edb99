"""The DNS records that the tenant itself wants for a domain: they name the hosts of its cloud.

List serviceConfigurationRecords (Microsoft Graph, read 2026-11-22). The Graph module puts what only one kind of record
has under AdditionalProperties (low).
"""

from dataclasses import dataclass

from checker.model.answers import Objects
from checker.model.probes import CmdletProbe, Vantage
from checker.model.undecided import Unreadable
from checker.readings import rows
from checker.readings.names import dns_name

_SIPFED, _SIPDIR, _WEBDIR = "_sipfederationtls._tcp", "_sip._tls", "lyncdiscover"
_SIP = "sip"  # a CNAME to the same host as _sip._tls


def service_records(domain: str) -> CmdletProbe:
    """``domain`` as :func:`~checker.readings.names.dns_name` writes it."""
    return CmdletProbe(
        vantage=Vantage.TENANT,
        cmdlet="Get-MgDomainServiceConfigurationRecord",
        parameters=(("DomainId", domain),),
        properties=(
            "RecordType",
            "Label",
            "Service",
            "Protocol",
            "NameTarget",
            "CanonicalName",
            "AdditionalProperties",
        ),
    )


@dataclass(frozen=True, slots=True)
class OnlineTargets:
    """Host names of the tenant's own cloud, as :class:`~checker.readings.cloud_names.CloudNames` has them; empty where
    no record shows one.
    """

    sipfed: str = ""
    sipdir: str = ""
    webdir: str = ""


def online_targets(answer: Objects) -> OnlineTargets:
    """Raises ``Unreadable`` where two records for one purpose name different hosts."""
    found: dict[str, set[str]] = {_SIPFED: set(), _SIPDIR: set(), _WEBDIR: set()}
    for row in answer.rows:
        record = _whole(row)
        target = _text(record, "NameTarget") or _text(record, "CanonicalName")
        if target and (purpose := _purpose(record)) in found:
            found[purpose].add(dns_name(target))
    if several := [purpose for purpose, targets in found.items() if len(targets) > 1]:
        raise Unreadable(f"the service configuration records name several targets of {rows.named(several)}")
    sipfed, sipdir, webdir = (next(iter(targets), "") for targets in found.values())
    return OnlineTargets(sipfed, sipdir, webdir)


def _whole(row: rows.Row) -> rows.Row:
    more = rows.raw(row, "AdditionalProperties") if rows.has(row, "AdditionalProperties") else None
    return (
        {**more, **{name: value for name, value in row.items() if value is not None}} if isinstance(more, dict) else row
    )


def _purpose(record: rows.Row) -> str:
    """``_sip._tls``, by service and protocol; by the label where the record has none: ``sip.contoso.com``."""
    if service := _text(record, "Service"):
        return f"{service}.{_text(record, 'Protocol')}".lower()
    labels = _text(record, "Label").lower().split(".")
    name = ".".join(labels[:2]) if labels[0].startswith("_") else labels[0]
    return _SIPDIR if name == _SIP else name


def _text(record: rows.Row, name: str) -> str:
    return rows.text(record, name) if rows.has(record, name) else ""
