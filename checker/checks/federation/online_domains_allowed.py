"""With closed federation, SIP domains that are online only are allowed on both sides; judged as a whole, and said of
each SIP domain of this deployment.

A tenant that is closed talks to the domains of its list. A SIP domain that is enabled online and unknown on-premises is
a partner like any other to the servers, so it has to be in both lists, or its users and those on-premises do not reach
each other. The domains that the service itself gives to a tenant, such as its onmicrosoft.com, are not counted.
"""

from checker import sources
from checker.checks.federation.allowed_domains_parity import TO_SERVERS, TO_TENANT
from checker.model.answers import Objects
from checker.model.checks import Confidence, Impact, SipDomainCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.federated_domains import ALLOWED_DOMAINS, for_each, partner_domains, some
from checker.readings.foreign_domains import enabled_apart_from
from checker.readings.online_sip_domains import ONLINE_SIP_DOMAINS
from checker.readings.remedies import both_lists
from checker.readings.subjects import SIP_DOMAINS, on_premises_sip_domains
from checker.readings.tenant_federation import federation_model, federation_row

OPEN = "the tenant is open"
NO_FEDERATION = "the tenant allows no federated users, so no list counts (tenant.federated-users-allowed)"


def judge(target: Target, evidence: Evidence, domain: str) -> Verdict:
    row = federation_row(evidence)
    allowed_online = federation_model(row).allowed
    if allowed_online is None:
        return Verdict.not_applicable(OPEN)
    if not rows.flag(row, "AllowFederatedUsers"):
        return Verdict.not_applicable(NO_FEDERATION)
    *_, allowed = evidence.attempts(ONLINE_SIP_DOMAINS, SIP_DOMAINS, ALLOWED_DOMAINS)
    online, topology = evidence.answers(ONLINE_SIP_DOMAINS, SIP_DOMAINS)
    online_only = enabled_apart_from(online, frozenset(on_premises_sip_domains(topology)))
    missing_online = online_only - allowed_online
    missing_on_premises: frozenset[str] = frozenset()
    shown, to_servers = "not read", "not known, for Get-CsAllowedDomain was not read"
    if isinstance(allowed, Objects) or not missing_online:
        on_premises = partner_domains(evidence.answer(ALLOWED_DOMAINS), ALLOWED_DOMAINS.cmdlet)
        missing_on_premises = online_only - on_premises
        shown, to_servers = some(missing_on_premises), for_each(missing_on_premises, TO_SERVERS)
    return Verdict.when(
        not missing_online and not missing_on_premises,
        expected="every SIP domain that is online only is in both lists of allowed domains",
        observed=f"online only: {some(online_only)}; missing in the tenant: {some(missing_online)};"
        f" on-premises: {shown}",
        fill=(("to_tenant", for_each(missing_online, TO_TENANT)), ("to_servers", to_servers)),
    )


CHECK = SipDomainCheck(
    id="federation.online-domains-allowed",
    title="Under closed federation, online-only SIP domains are allowed on both sides",
    impact=Impact.DEGRADES,
    worst=Worst.WARN,
    confidence=Confidence.MEDIUM,
    judge=judge,
    remediation=both_lists(
        verify="(Get-CsTenantFederationConfiguration).AllowedDomains; on-premises: Get-CsAllowedDomain",
        rollback="the same with @{Remove=$l}; on-premises: Remove-CsAllowedDomain -Identity <domain>",
    ),
    sources=(sources.CONS,),
    page=__doc__,
)
