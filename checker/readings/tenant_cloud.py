"""Which cloud the tenant itself is in, told by the name of its federation host.

Its own service configuration record says it best; else the region of Get-CsTenant's ServiceInstance or the OpenID
configuration of a SIP domain, where a table knows the value.
"""

from collections.abc import Mapping
from types import MappingProxyType

from checker.model.answers import Objects
from checker.model.axes import Cloud
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.model.target import Target
from checker.model.undecided import Reason, Undecided, Unreadable
from checker.readings import rows
from checker.readings.cloud_names import CLOUD_NAMES
from checker.readings.openid_configuration import openid_configuration, read_tenant
from checker.readings.service_records import online_targets, service_records
from checker.readings.subjects import sip_domains
from checker.readings.tenant import TENANT

# Of MicrosoftCommunicationsOnline/NOAM-4A-S7 (Microsoft Learn). GOV, seen in one public sample, names no one cloud.
_REGIONS: Mapping[str, Cloud] = MappingProxyType({"noam": Cloud.WORLDWIDE})


def own_sipfed(target: Target, evidence: Evidence) -> tuple[str, str]:
    """The tenant's federation host, and who says so. Raises ``Undecided`` where nothing that was read tells."""
    missing: list[tuple[AnyProbe, NoAnswer]] = []
    domains = sip_domains(target, evidence)
    for domain in domains:
        records = service_records(domain)
        answer = evidence.attempt(records)
        if isinstance(answer, NoAnswer):
            missing.append((records, answer))
        elif sipfed := online_targets(answer).sipfed:
            return sipfed, f"the service configuration record of {domain}"
    tenant = evidence.attempt(TENANT)
    if isinstance(tenant, NoAnswer):
        missing.append((TENANT, tenant))
    elif cloud := _REGIONS.get(_region(tenant)):
        return CLOUD_NAMES[cloud].sipfed, "ServiceInstance"
    for domain in domains:
        login = openid_configuration(CLOUD_NAMES[target.cloud].login, domain)
        reply = evidence.attempt(login)
        if isinstance(reply, NoAnswer):
            missing.append((login, reply))
            continue
        try:
            found = read_tenant(reply)
        except Unreadable:
            continue
        if found and found.cloud:
            return CLOUD_NAMES[found.cloud].sipfed, f"the OpenID configuration of {domain}"
    if missing:
        raise Unanswered(tuple(missing))
    detail = "neither its records nor ServiceInstance nor the OpenID configuration tell the tenant's cloud"
    raise Undecided(Reason.NO_ACCESS, detail, needs="Get-MgDomainServiceConfigurationRecord of a SIP domain")


def _region(tenant: Objects) -> str:
    """``noam``; empty where no row has one."""
    for row in tenant.rows:
        if rows.has(row, "ServiceInstance"):
            return rows.text(row, "ServiceInstance").rpartition("/")[2].partition("-")[0].casefold()
    return ""
