"""No allowed domain routes through the name that the hosting provider uses as its ProxyFqdn.

Two routes to one FQDN contradict each other: since Lync Server 2013 CU3 the Access Edge service then does not start
(event 14517), and all federation is down. Such an entry is left over from the time when the cloud was entered as an
allowed domain. Clear its ProxyFqdn, or remove the entry and make it again without; restart the Access Edge service in
a maintenance window.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import remedies, rows
from checker.readings.dns_records import cloud_of
from checker.readings.federated_domains import ALLOWED_DOMAINS, literals
from checker.readings.hosting_providers import HOSTING_PROVIDERS, hosting_providers
from checker.readings.names import dns_name


def judge(target: Target, evidence: Evidence) -> Verdict:
    allowed, _ = evidence.answers(ALLOWED_DOMAINS, HOSTING_PROVIDERS)
    taken = {provider.proxy_fqdn for provider in hosting_providers(evidence)} - {""}
    listed = rows.all_of(allowed, ALLOWED_DOMAINS.cmdlet)
    routes = {rows.text(row, "Identity", "Domain"): dns_name(rows.text(row, "ProxyFqdn")) for row in listed}
    conflicts = {domain: proxy for domain, proxy in routes.items() if proxy in taken or cloud_of(proxy)}
    return Verdict.when(
        not conflicts,
        expected=f"no ProxyFqdn of an allowed domain is {rows.named(sorted(taken), 'a provider of the cloud')}",
        observed=rows.named(f"{domain} -> {proxy}" for domain, proxy in sorted(conflicts.items())),
        fill=(("domains", literals(conflicts)),),
    )


CHECK = DeploymentCheck(
    id="federation.proxy-fqdn-conflict",
    title="No allowed domain uses the hosting provider's ProxyFqdn",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="OPD; medium for the event",
    judge=judge,
    remediation=remedies.on_premises(
        "$domains = {domains}; $domains | ForEach-Object { Set-CsAllowedDomain -Identity $_ -ProxyFqdn $null }",
        verify="Get-CsAllowedDomain | Select-Object Identity, ProxyFqdn",
        rollback="Set-CsAllowedDomain -Identity <domain> -ProxyFqdn <the value it had>",
        wait=f"{remedies.REPLICATION}; then restart the Access Edge service in a maintenance window",
    ),
    sources=(sources.CU3, sources.OPD),
    page=__doc__,
)
