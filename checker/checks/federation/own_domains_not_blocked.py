"""The deployment's own SIP domain is in neither list of blocked domains.

Both halves of a split domain have the same domain: whoever blocks it would block calls and presence between users who
moved and those who did not (inferred; no text says so). In the tenant a parent with BlockAllSubdomains blocks it too.
Take the entry out of the list.
"""

from checker import sources
from checker.model.answers import Objects
from checker.model.checks import Confidence, Impact, Remediation, SipDomainCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import remedies, rows
from checker.readings.federated_domains import BLOCKED_DOMAINS, for_each, lies_below, partner_domains
from checker.readings.names import dns_name
from checker.readings.tenant_federation import TENANT_FEDERATION, domain_names, federation_row


def judge(target: Target, evidence: Evidence, domain: str) -> Verdict:
    servers, tenant = evidence.attempts(BLOCKED_DOMAINS, TENANT_FEDERATION)
    name = dns_name(domain)
    on_premises = {name} & partner_domains(servers, BLOCKED_DOMAINS.cmdlet) if isinstance(servers, Objects) else set()
    online = _blocking(federation_row(evidence), name) if isinstance(tenant, Objects) else set()
    if not on_premises and not online:
        evidence.answers(BLOCKED_DOMAINS, TENANT_FEDERATION)  # what was not read may hold it
    return Verdict.when(
        not on_premises and not online,
        expected="blocked on neither side",
        observed=f"blocked on-premises: {rows.named(on_premises)}; in the tenant: {rows.named(sorted(online))}",
        fill=(
            ("on_premises", for_each(on_premises, "Remove-CsBlockedDomain -Identity $d")),
            ("in_tenant", for_each(online, FROM_TENANT)),
        ),
    )


FROM_TENANT = "Set-CsTenantFederationConfiguration -BlockedDomains @{Remove=(New-CsEdgeDomainPattern -Domain $d)}"


def _blocking(tenant: rows.Row, name: str) -> set[str]:
    blocked = set(domain_names(rows.raw(tenant, "BlockedDomains")))
    parents = {each for each in blocked if lies_below(name, (each,))}
    return {name} & blocked | (parents if parents and rows.flag(tenant, "BlockAllSubdomains") else set())


CHECK = SipDomainCheck(
    id="federation.own-domains-not-blocked",
    title="No own SIP domain is blocked",
    impact=Impact.DEGRADES,
    worst=Worst.WARN,
    confidence=Confidence.LOW,
    confidence_note="inference",
    judge=judge,
    remediation=Remediation(
        run="Take the domain out of the lists. On-premises, in the Skype for Business Server Management Shell:"
        " {on_premises}. In the tenant, in the MicrosoftTeams module: {in_tenant}",
        where="the shell that is named before each command",
        role="CsAdministrator (RTCUniversalServerAdmins); Teams Administrator",
        verify="on-premises: Get-CsBlockedDomain; in the tenant: (Get-CsTenantFederationConfiguration).BlockedDomains",
        rollback="on-premises: New-CsBlockedDomain -Identity <domain>; in the tenant: the same with @{Add=...}",
        wait=remedies.REPLICATION,
    ),
    sources=(sources.PLAN,),
    page=__doc__,
)
