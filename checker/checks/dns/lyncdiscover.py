"""lyncdiscover.<SIP domain> leads to the on-premises web services, as the internet sees it.

Clients ask it first where their user is homed. Once it leads to the cloud, clients of users who have not moved are sent
away. By the same record Microsoft refuses to switch the whole tenant to TeamsOnly while servers are left. The DNS
record decides; where the address was asked over HTTPS or HTTP, a reply that is not that of the on-premises web services
is a warning, and so is an alias that ends at no address. A wildcard record counts like one made on purpose. Publish an
alias or address of the reverse proxy.
"""

import re

from checker import sources
from checker.model.answers import HttpAnswer
from checker.model.checks import Confidence, Impact, SipDomainCheck, Worst
from checker.model.evidence import Evidence
from checker.model.probes import HttpProbe, Vantage
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings.autodiscover import is_autodiscover
from checker.readings.dns_records import cloud_of, host, is_wildcard
from checker.readings.remedies import public_dns, zone_names

# JSON writers may escape the slashes of an address.
_HOST_IN_LINK = re.compile(r"https?:\\?/\\?/([A-Za-z0-9.-]+)")


def judge(target: Target, evidence: Evidence, domain: str) -> Verdict:
    name = f"lyncdiscover.{domain}"
    found = host(evidence, Vantage.DNS_EXTERNAL, name)
    expected = "the on-premises web services, not the cloud"
    fill = zone_names(name, domain)
    if not found.cloud and not found.addresses:
        missing = "Mobile clients do not find their pool without it."
        return Verdict.mind(expected=expected, observed=str(found), summary=missing, fill=fill)
    seen = f"{found}, by a wildcard record" if is_wildcard(evidence, domain, found) else str(found)
    if found.cloud:
        return Verdict.when(False, expected=expected, observed=seen, value=str(found), fill=fill)
    reply, amiss = web_reply(evidence, found.name)
    if amiss:
        return Verdict.mind(
            expected=expected, observed=f"{seen}\n{reply}: {amiss}", value=f"{found} {amiss}", fill=fill
        )
    return Verdict.when(True, expected=expected, observed=f"{seen}\n{reply}", value=str(found))


def web_reply(evidence: Evidence, name: str) -> tuple[str, str]:
    """What was asked with what result, and what is amiss with the reply; no reply is no evidence against the record."""
    for scheme in ("https", "http"):
        answer = evidence.attempt(HttpProbe(vantage=Vantage.HERE, url=f"{scheme}://{name}/"))
        if isinstance(answer, HttpAnswer) and not answer.tls_error:
            shown = f"{scheme}://{name}/ answers {answer.status}"
            if front_end := answer.headers.get("x-ms-server-fqdn"):
                return f"{shown}, from {front_end}", ""
            if not is_autodiscover(answer.body):
                return shown, "no reply of Autodiscover"
            astray = next((link for link in _HOST_IN_LINK.findall(answer.body) if cloud_of(link)), "")
            return shown, f"its links name {astray}" if astray else ""
    return "no reply over HTTPS or HTTP seen from this machine", ""


CHECK = SipDomainCheck(
    id="dns.lyncdiscover",
    title="lyncdiscover.<domain> leads to the on-premises web services",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="the record; medium for the effect",
    judge=judge,
    remediation=public_dns(
        "publish {owner}. as an alias or address of the reverse proxy in front of the on-premises web services",
        verify="Resolve-DnsName -Name {name} -Server 8.8.8.8",
    ),
    sources=(sources.DNS, sources.DDNS, sources.PLAN, sources.I1432),
    page=__doc__,
)
