"""The Access Edge's global settings: who is let in from outside, and how a way to another domain is found.

The cmdlet returns one of two types: the one for DNS SRV routing, and the one for a default route, which has no
EnablePartnerDiscovery. A property that this type lacks is not False. Get-CsAccessEdgeConfiguration and
Set-CsAccessEdgeConfiguration (Microsoft Learn, read 2026-11-22).
"""

from checker.model.evidence import Evidence
from checker.model.probes import CmdletProbe, Vantage
from checker.model.undecided import Unreadable
from checker.readings import rows
from checker.readings.enumerations import member

ACCESS_EDGE = CmdletProbe(
    vantage=Vantage.ONPREM,
    cmdlet="Get-CsAccessEdgeConfiguration",
    properties=(
        "Identity",
        "RoutingMethod",
        "DefaultRouteFqdn",
        "AllowOutsideUsers",
        "AllowFederatedUsers",
        "EnablePartnerDiscovery",
    ),
)


def access_edge_row(evidence: Evidence) -> rows.Row:
    """The one object, instance Global. Raises ``Unreadable`` for none: this cmdlet always has one."""
    answer = evidence.answer(ACCESS_EDGE)
    if len(answer.rows) != 1:
        raise Unreadable(f"Get-CsAccessEdgeConfiguration gave {len(answer.rows)} objects, not one")
    return answer.rows[0]


def default_route(row: rows.Row) -> str:
    """DefaultRouteFqdn; empty where there is none."""
    return rows.text(row, "DefaultRouteFqdn") if rows.has(row, "DefaultRouteFqdn") else ""


def type_name(row: rows.Row) -> str:
    """The last part of the type name, ``DisplayAccessEdgeSettingsDefaultRoute``; empty where JSON has lost it."""
    return rows.text(row, "@type").rpartition(".")[2] if rows.has(row, "@type") else ""


def has_default_route(row: rows.Row) -> bool:
    """Whether anything says so; ``False`` where nothing does, which alone is no proof of DNS SRV routing."""
    method = rows.text(row, "RoutingMethod") if rows.has(row, "RoutingMethod") else ""
    return bool(default_route(row)) or type_name(row).endswith("DefaultRoute") or method == "UseDefaultRouting"


def routes_by_dns_srv(row: rows.Row) -> bool:
    """Raises ``Unreadable`` where neither RoutingMethod nor the type name tells."""
    if has_default_route(row):
        return False
    # Select-Object gives a property that the object does not have as null.
    if rows.has(row, "RoutingMethod") and (method := member(row, "RoutingMethod")):
        if method not in ("UseDnsSrvRouting", "UseDefaultRouting"):
            raise Unreadable(f"RoutingMethod is {method!r}, which is neither of the two ways")
        return method == "UseDnsSrvRouting"
    if type_name(row).endswith("DnsSrvRouting"):
        return True
    raise Unreadable("the object has neither RoutingMethod nor a type name that tells how the Edge routes")
