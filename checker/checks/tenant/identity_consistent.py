"""Discovery, the tenant and the servers' OAuth set-up name one tenant.

The tenant id in the OpenID configuration of each SIP domain, Get-CsTenant.TenantId and the Realm of the OAuth server
microsoft.sts are the same where all belong together. A difference says that this run looks at another tenant than the
users are going to, or that the on-premises OAuth set-up was made for another one. Two that differ are enough for that;
that all agree takes all of them. Not judged without that OAuth server, unless the others differ already. Point the run
at the right tenant, or set OAuth up again.
"""

from checker import sources
from checker.model.answers import HttpAnswer, Objects
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, CmdletProbe, Vantage
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.cloud_names import CLOUD_NAMES
from checker.readings.openid_configuration import openid_configuration, read_tenant
from checker.readings.subjects import sip_domains
from checker.readings.tenant import TENANT, only, tenant_id

OAUTH_SERVERS = CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-CsOAuthServer", properties=("Identity", "Realm"))
SECURITY_TOKEN_SERVICE = "microsoft.sts"  # Identity of the OAuth server that stands for the tenant
NO_OAUTH_SERVER = f"discovery and the tenant agree, and there is no OAuth server {SECURITY_TOKEN_SERVICE}"


def judge(target: Target, evidence: Evidence) -> Verdict:
    domains, login = sip_domains(target, evidence), CLOUD_NAMES[target.cloud].login
    tenant, oauth = evidence.attempts(TENANT, OAUTH_SERVERS)
    discovery = [openid_configuration(login, domain) for domain in domains]
    replies = evidence.attempts(*discovery)
    probes: tuple[AnyProbe, ...] = (TENANT, OAUTH_SERVERS, *discovery)
    answers = zip(probes, (tenant, oauth, *replies), strict=True)
    missing = tuple((probe, answer) for probe, answer in answers if isinstance(answer, NoAnswer))
    named = {}
    if isinstance(tenant, Objects):
        named["Get-CsTenant"] = tenant_id(only(tenant, TENANT.cmdlet), "TenantId")
    for domain, reply in zip(domains, replies, strict=True):
        if isinstance(reply, HttpAnswer):
            found = read_tenant(reply)
            named[f"OpenID configuration of {domain}"] = found.id if found else "no tenant"
    realms = _realms(oauth) if isinstance(oauth, Objects) else []
    named |= {f"Realm of {SECURITY_TOKEN_SERVICE}": realm for realm in realms}
    agree = len(set(named.values())) < 2
    if agree and missing:
        raise Unanswered(missing)
    if agree and not realms:
        return Verdict.not_applicable(NO_OAUTH_SERVER)
    return Verdict.when(
        agree,
        expected="one tenant id everywhere",
        observed="\n".join(f"{who}: {what}" for who, what in named.items()),
    )


def _realms(oauth: Objects) -> list[str]:
    listed = rows.all_of(oauth, OAUTH_SERVERS.cmdlet)
    own = (row for row in listed if rows.text(row, "Identity").casefold() == SECURITY_TOKEN_SERVICE)
    return [tenant_id(row, "Realm") for row in own]


CHECK = DeploymentCheck(
    id="tenant.identity-consistent",
    title="Discovery, tenant and on-premises OAuth name the same tenant",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.MEDIUM,
    judge=judge,
    remediation=Remediation(
        run="point the run at the right tenant ([tenant] in csready.toml), or run the on-premises OAuth set-up again",
        where="csready.toml; or the Skype for Business Server Management Shell",
        role="whoever runs csready; CsAdministrator (RTCUniversalServerAdmins)",
        verify="Get-CsOAuthServer -Identity microsoft.sts | Select-Object Realm",
        rollback="the set-up as it was before",
    ),
    sources=(sources.OPD,),
    page=__doc__,
)
