"""The tenant and the Access Edge block the same domains.

A domain that is blocked on one side alone is a partner for some users and none for others, and which it is changes with
the move. With BlockAllSubdomains the tenant blocks what lies below its entries too: on-premises every subdomain needs
its own entry. Decide which list is right, and fill the other, with Set-CsTenantFederationConfiguration -BlockedDomains
or New-CsBlockedDomain.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.federated_domains import BLOCKED_DOMAINS, for_each, lies_below, partner_domains, some
from checker.readings.remedies import both_lists
from checker.readings.tenant_federation import TENANT_FEDERATION, domain_names, federation_row

TO_TENANT = "Set-CsTenantFederationConfiguration -BlockedDomains @{Add=(New-CsEdgeDomainPattern -Domain $d)}"
TO_SERVERS = "New-CsBlockedDomain -Identity $d"
KNOWN_SUBDOMAINS = "New-CsBlockedDomain -Identity <each subdomain that is to be blocked>"


def judge(target: Target, evidence: Evidence) -> Verdict:
    _, blocked = evidence.answers(TENANT_FEDERATION, BLOCKED_DOMAINS)
    row = federation_row(evidence)
    servers, online = (
        partner_domains(blocked, BLOCKED_DOMAINS.cmdlet),
        frozenset(domain_names(rows.raw(row, "BlockedDomains"))),
    )
    with_subdomains = rows.flag(row, "BlockAllSubdomains") if online else False
    if with_subdomains:
        servers_alone = frozenset(name for name in servers - online if not lies_below(name, online))
        online_alone = frozenset(name for name in online - servers if not lies_below(name, online))
    else:
        servers_alone, online_alone = servers - online, online - servers
    expected = "the same domains on both sides"
    seen = f"only on-premises: {some(servers_alone)}; only in the tenant: {some(online_alone)}"
    value = [sorted(servers_alone), sorted(online_alone), with_subdomains]
    fill = (("to_tenant", for_each(servers_alone, TO_TENANT)), ("to_servers", for_each(online_alone, TO_SERVERS)))
    bare = [name for name in online if with_subdomains and not any(lies_below(each, (name,)) for each in servers)]
    if bare and not servers_alone and not online_alone:
        summary = f"The tenant blocks the subdomains of {some(bare)} too, on-premises none of them is listed."
        fill = (("to_tenant", "nothing"), ("to_servers", KNOWN_SUBDOMAINS))
        return Verdict.mind(expected=expected, observed=seen, summary=summary, value=value, fill=fill)
    return Verdict.when(
        not servers_alone and not online_alone, expected=expected, observed=seen, value=value, fill=fill
    )


CHECK = DeploymentCheck(
    id="federation.blocked-domains-parity",
    title="Blocked domains are equal in the tenant and on-premises",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    judge=judge,
    remediation=both_lists(
        verify="(Get-CsTenantFederationConfiguration).BlockedDomains; on-premises: Get-CsBlockedDomain",
        rollback="the same with @{Remove=...}; on-premises: Remove-CsBlockedDomain -Identity <domain>",
    ),
    sources=(sources.PLAN, sources.STF),
    page=__doc__,
)
