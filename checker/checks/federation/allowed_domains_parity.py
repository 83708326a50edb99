"""The tenant and the Access Edge allow the same partner domains.

In a shared SIP address space a partner must be reachable from either side: with unequal lists a user can talk to a
partner before the move and not after it, or the other way round. push.lync.com on-premises and Microsoft's consumer
domains in the tenant do not count. Decide which list is right, and fill the other. The first entry in a tenant that is
open closes it to all other domains.
"""

import re

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.access_edge import access_edge_row, has_default_route
from checker.readings.federated_domains import ALLOWED_DOMAINS, literals, partner_domains, some
from checker.readings.remedies import tenant
from checker.readings.tenant_federation import TENANT_FEDERATION, federation_model, federation_row

ON_PREMISES_DEFAULT = frozenset({"push.lync.com"})  # On Premise Diagnostic leaves it out of the comparison
# Microsoft's consumer domains, which a tenant may list by itself (On Premise Diagnostic).
_CONSUMER = re.compile(r"(hotmail|live|msn|outlook|passport|windowslive)\.(com|[a-z]{2}|com?\.[a-z]{2})")


def judge(target: Target, evidence: Evidence) -> Verdict:
    _, allowed = evidence.answers(TENANT_FEDERATION, ALLOWED_DOMAINS)
    servers = partner_domains(allowed) - ON_PREMISES_DEFAULT
    online = federation_model(federation_row(evidence)).allowed
    if online is None:
        return beside_open_tenant(evidence, servers)
    online = frozenset(name for name in online if not _CONSUMER.fullmatch(name))
    missing_online, missing_on_premises = servers - online, online - servers
    return Verdict.when(
        online == servers,
        expected="the same domains on both sides",
        observed=f"only on-premises: {some(missing_online)}; only in the tenant: {some(missing_on_premises)}",
        value=[sorted(missing_online), sorted(missing_on_premises)],
        fill=(("to_tenant", literals(missing_online)), ("to_servers", literals(missing_on_premises))),
    )


def beside_open_tenant(evidence: Evidence, servers: frozenset[str]) -> Verdict:
    edge = access_edge_row(evidence)
    # A default route, a type without the property, leads to every domain as well.
    opens = has_default_route(edge) or rows.flag(edge, "EnablePartnerDiscovery")
    expected = "the tenant is open: so is the Edge, without a list"
    observed = f"the tenant is open; the Edge is {'open' if opens else 'closed'}, on-premises list: {some(servers)}"
    value = [opens, sorted(servers)]
    fill = (("to_tenant", ""), ("to_servers", ""))
    if opens and servers:
        summary = "the on-premises list only adds trust in these domains"
        return Verdict.mind(expected=expected, observed=observed, summary=summary, value=value, fill=fill)
    return Verdict.when(opens, expected=expected, observed=observed, value=value, fill=fill)


CHECK = DeploymentCheck(
    id="federation.allowed-domains-parity",
    title="Allowed domains are equal in the tenant and on-premises",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    judge=judge,
    remediation=tenant(
        "foreach ($d in @({to_tenant})) { $l = [Collections.Generic.List[String]]@($d);"
        " Set-CsTenantFederationConfiguration -AllowedDomainsAsAList @{Add=$l} };"
        " and in the Skype for Business Server Management Shell:"
        " foreach ($d in @({to_servers})) { New-CsAllowedDomain -Identity $d }",
        verify="(Get-CsTenantFederationConfiguration).AllowedDomains; Get-CsAllowedDomain",
        rollback="-AllowedDomainsAsAList @{Remove=$l}; Remove-CsAllowedDomain -Identity $d",
    ),
    sources=(sources.PLAN, sources.STF, sources.OPD),
    page=__doc__,
)
