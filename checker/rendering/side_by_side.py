"""Settings that exist on-premises and in the tenant, beside each other: one has to be seen with the other.

The values are what was read. Whether they agree is not judged here but taken from the checks that compare them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from checker.model.answers import Json
from checker.model.probes import Vantage
from checker.model.report import EvidenceEntry, Report
from checker.model.undecided import Undecided
from checker.model.verdicts import Status
from checker.readings import rows
from checker.readings.federated_domains import some
from checker.readings.tenant_federation import domain_names, federation_model

_Say = Callable[[tuple[rows.Row, ...]], str]


@dataclass(frozen=True, slots=True)
class Pair:
    """``rule``: what is to hold of both. ``agrees``: ``None`` where no check could say."""

    setting: str
    on_premises: str
    tenant: str
    rule: str
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class _Side:
    cmdlet: str
    say: _Say


@dataclass(frozen=True, slots=True)
class _Setting:
    name: str
    on_premises: _Side
    tenant: _Side
    rule: str
    checks: tuple[str, ...]


def side_by_side(report: Report) -> tuple[Pair, ...]:
    """Empty where neither side was asked for anything of the table."""
    pairs = tuple(
        Pair(
            setting=each.name,
            on_premises=_read(report.evidence, Vantage.ONPREM, each.on_premises),
            tenant=_read(report.evidence, Vantage.TENANT, each.tenant),
            rule=each.rule,
            agrees=_agrees(report, each.checks),
        )
        for each in _SETTINGS
    )
    return tuple(pair for pair in pairs if pair.on_premises != _NOT_ASKED or pair.tenant != _NOT_ASKED)


def _agrees(report: Report, checks: tuple[str, ...]) -> bool | None:
    """As the checks say: one that fails or warns is enough for no, and yes takes all of those that apply."""
    statuses = {finding.status for finding in report.findings if finding.check in checks}
    if statuses & {Status.FAIL, Status.WARN}:
        return False
    return True if Status.PASS in statuses and Status.UNKNOWN not in statuses else None


_NOT_ASKED = "not asked"


def _read(evidence: Iterable[EvidenceEntry], vantage: Vantage, side: _Side) -> str:
    for entry in evidence:
        if entry.vantage.partition("--")[0] == vantage.value and entry.asked.partition(" ")[0] == side.cmdlet:
            if entry.reason:
                return f"unknown: {entry.reason.code.value}"
            return _said(entry.answer, side.say)
    return _NOT_ASKED


def _said(answer: Json, say: _Say) -> str:
    match answer:
        case {"type": "objects", "rows": found}:
            try:
                return say(tuple(found))
            except Undecided as exc:
                return f"unknown: {exc.reason.value}"
        case {"count": int(count)}:
            return f"{count} objects, whole in the snapshot"
    return "unknown: malformed"


def _flag(name: str, identity: str = "") -> _Say:
    def say(found: tuple[rows.Row, ...]) -> str:
        for row in found:
            if not identity or str(row.get("Identity", "")).lower() == identity.lower():
                return f"{name} {rows.flag(row, name)}"
        return "none"

    return say


def _names(*properties: str) -> _Say:
    return lambda found: some(rows.text(row, *properties).lower() for row in found) if found else "none"


def _model(found: tuple[rows.Row, ...]) -> str:
    return f"{federation_model(found[0]).described} federation" if found else "none"


def _allowed(found: tuple[rows.Row, ...]) -> str:
    allowed = federation_model(found[0]).allowed if found else frozenset()
    return "every domain" if allowed is None else some(allowed) if allowed else "none"


def _blocked(found: tuple[rows.Row, ...]) -> str:
    return some(domain_names(rows.raw(found[0], "BlockedDomains"))) or "none" if found else "none"


def _enabled_domains(found: tuple[rows.Row, ...]) -> str:
    return some(f"{rows.text(row, 'Name')} ({rows.text(row, 'Status')})" for row in found) if found else "none"


def _providers(found: tuple[rows.Row, ...]) -> str:
    said = (
        f"{rows.text(row, 'Identity', 'Name')}: EnabledSharedAddressSpace {rows.flag(row, 'EnabledSharedAddressSpace')}"
        for row in found
    )
    return "; ".join(said) or "no provider"


_ACCESS_EDGE = "Get-CsAccessEdgeConfiguration"
_FEDERATION = "Get-CsTenantFederationConfiguration"
_SETTINGS = (
    _Setting(
        "shared SIP address space",
        _Side("Get-CsHostingProvider", _providers),
        _Side(_FEDERATION, _flag("SharedSipAddressSpace")),
        "on, on both sides",
        ("hosting-provider.shared-address-space", "tenant.shared-sip-address-space"),
    ),
    _Setting(
        "SIP domains",
        _Side("Get-CsSipDomain", _names("Name", "Identity")),
        _Side("Get-CsOnlineSipDomain", _enabled_domains),
        "each is verified and enabled online",
        ("tenant.sip-domain-enabled", "tenant.sip-domain-verified"),
    ),
    _Setting(
        "federation",
        _Side(_ACCESS_EDGE, _flag("AllowFederatedUsers")),
        _Side(_FEDERATION, _flag("AllowFederatedUsers")),
        "allowed on both sides",
        ("edge.federated-users-allowed", "tenant.federated-users-allowed"),
    ),
    _Setting(
        "partner discovery",
        _Side(_ACCESS_EDGE, _flag("EnablePartnerDiscovery")),
        _Side(_FEDERATION, _model),
        "on for an open tenant, off for a closed one",
        ("edge.partner-discovery-parity",),
    ),
    _Setting(
        "allowed domains",
        _Side("Get-CsAllowedDomain", _names("Domain", "Identity")),
        _Side(_FEDERATION, _allowed),
        "the same on both sides",
        ("federation.allowed-domains-parity",),
    ),
    _Setting(
        "blocked domains",
        _Side("Get-CsBlockedDomain", _names("Domain", "Identity")),
        _Side(_FEDERATION, _blocked),
        "the same on both sides",
        ("federation.blocked-domains-parity",),
    ),
    _Setting(
        "external access",
        _Side("Get-CsExternalAccessPolicy", _flag("EnableFederationAccess", "Global")),
        _Side("Get-CsExternalAccessPolicy", _flag("EnableFederationAccess", "Global")),
        "the global policies let users federate",
        ("federation.on-premises-access-policy", "tenant.external-access-policy"),
    ),
)
