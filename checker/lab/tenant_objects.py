"""What the tenant says, as the objects of the PowerShell modules rather than as JSON of the REST interfaces."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from checker.lab.deployment import Tenant
from checker.lab.management_objects import rows, thing
from checker.lab.naming import DOMAINS
from checker.lab.powershell_objects import CmdletReply, Thing, Value

# Type names: New-CsEdgeAllowList, New-CsEdgeAllowAllKnownDomains, New-CsEdgeDomainPattern (Microsoft Learn).
_EDGE_SETTINGS = "WritableConfig.Settings.Edge"


def federation_configuration(tenant: Tenant) -> CmdletReply:
    """Get-CsTenantFederationConfiguration."""
    said = dict(tenant.federation)
    listed = said["AllowedDomains"].get("AllowedDomain")
    said["AllowedDomains"] = (
        thing(f"{_EDGE_SETTINGS}.AllowAllKnownDomains")
        if listed is None
        else thing(f"{_EDGE_SETTINGS}.AllowList", AllowedDomain=list(map(_pattern, listed)))
    )
    said["BlockedDomains"] = list(map(_pattern, said["BlockedDomains"]))
    return rows(thing(f"{_EDGE_SETTINGS}.TenantFederationSettings", **said))


def sip_domains(tenant: Tenant) -> CmdletReply:
    """Get-CsOnlineSipDomain."""
    states = {domain: domain in tenant.online_domains for domain in (*DOMAINS, *tenant.online_domains)}
    domains = ({"Name": name, "Status": "Enabled" if enabled else "Disabled"} for name, enabled in states.items())
    return rows(*map(custom_object, domains))


def custom_object(resource: Mapping[str, Any]) -> Thing:
    """A resource of the REST interfaces: the modules begin names with a capital, and have times as such."""
    properties = {f"{name[0].upper()}{name[1:]}": _value(name, value) for name, value in resource.items()}
    return Thing(("System.Management.Automation.PSCustomObject", "System.Object"), properties)


def _value(name: str, value: Any) -> Value:
    if isinstance(value, Mapping):
        return custom_object(value)
    if isinstance(value, list | tuple):
        return [_value(name, each) for each in value]
    found: Value = datetime.fromisoformat(value) if name.endswith("DateTime") else value
    return found


def _pattern(listed: Mapping[str, str]) -> Thing:
    domain = listed["Domain"]
    return thing(f"{_EDGE_SETTINGS}.DomainPattern", text=f"Domain={domain}", Domain=domain)
