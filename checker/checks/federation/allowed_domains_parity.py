"""The tenant and the Access Edge allow the same partner domains.

In a shared SIP address space a partner must be reachable from either side: with unequal lists a user can talk to a
partner before the move and not after it, or the other way round. push.lync.com on-premises and Microsoft's consumer
domains in the tenant do not count. Decide which list is right, and fill the other, with
Set-CsTenantFederationConfiguration -AllowedDomainsAsAList or New-CsAllowedDomain. Beside an open tenant the Edge is
open too (edge.partner-discovery-parity), for the first entry in such a tenant closes it to all other domains.
"""

import re

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.access_edge import access_edge_row, has_default_route
from checker.readings.federated_domains import ALLOWED_DOMAINS, for_each, partner_domains, some
from checker.readings.remedies import both_lists
from checker.readings.tenant_federation import TENANT_FEDERATION, federation_model, federation_row

ON_PREMISES_DEFAULT = frozenset({"push.lync.com"})  # On Premise Diagnostic leaves it out of the comparison
# Microsoft's consumer domains, which a tenant may list by itself (On Premise Diagnostic).
_CONSUMER = re.compile(r"(hotmail|live|msn|outlook|passport|windowslive)\.(com|[a-z]{2}|com?\.[a-z]{2})")
TO_TENANT = (
    "$l = [Collections.Generic.List[String]]@($d); Set-CsTenantFederationConfiguration -AllowedDomainsAsAList @{Add=$l}"
)
TO_SERVERS = "New-CsAllowedDomain -Identity $d"
NO_FEDERATION = "The tenant allows no federated users, so no list of its own counts (tenant.federated-users-allowed)."
OPEN_THE_EDGE = "Set-CsAccessEdgeConfiguration -UseDnsSrvRouting -EnablePartnerDiscovery $true"


def judge(target: Target, evidence: Evidence) -> Verdict:
    _, allowed = evidence.answers(TENANT_FEDERATION, ALLOWED_DOMAINS)
    servers = partner_domains(allowed, ALLOWED_DOMAINS.cmdlet) - ON_PREMISES_DEFAULT
    row = federation_row(evidence)
    online = federation_model(row).allowed
    if online is None:
        return beside_open_tenant(evidence, servers)
    online = frozenset(name for name in online if not _CONSUMER.fullmatch(name))
    missing_online, missing_on_premises = servers - online, online - servers
    return Verdict.when(
        online == servers,
        expected="the same domains on both sides",
        observed=f"only on-premises: {some(missing_online)}; only in the tenant: {some(missing_on_premises)}",
        summary="" if rows.flag(row, "AllowFederatedUsers") else NO_FEDERATION,
        value=[sorted(missing_online), sorted(missing_on_premises)],
        fill=(
            ("to_tenant", for_each(missing_online, TO_TENANT)),
            ("to_servers", for_each(missing_on_premises, TO_SERVERS)),
        ),
    )


def beside_open_tenant(evidence: Evidence, servers: frozenset[str]) -> Verdict:
    edge = access_edge_row(evidence)
    # A default route, a type without the property, leads to every domain as well.
    opens = has_default_route(edge) or rows.flag(edge, "EnablePartnerDiscovery")
    expected = "the tenant is open: so is the Edge, without a list"
    observed = f"the tenant is open; the Edge is {'open' if opens else 'closed'}, on-premises list: {some(servers)}"
    value = [opens, sorted(servers)]
    fill = (("to_tenant", "nothing"), ("to_servers", "nothing" if opens else OPEN_THE_EDGE))
    if opens and servers:
        summary = "The on-premises list only adds trust in these domains: nobody else is kept out by it."
        return Verdict.mind(expected=expected, observed=observed, summary=summary, value=value, fill=fill)
    return Verdict.when(opens, expected=expected, observed=observed, value=value, fill=fill)


CHECK = DeploymentCheck(
    id="federation.allowed-domains-parity",
    title="Allowed domains are equal in the tenant and on-premises",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    judge=judge,
    remediation=both_lists(
        verify="(Get-CsTenantFederationConfiguration).AllowedDomains; on-premises: Get-CsAllowedDomain",
        rollback="the same with @{Remove=$l}; on-premises: Remove-CsAllowedDomain -Identity <domain>",
    ),
    sources=(sources.PLAN, sources.STF, sources.OPD),
    page=__doc__,
)
