"""The SIP domain is a verified domain of the tenant: the whole name, for a verified parent says nothing here.

Nobody of a domain that the tenant does not own gets an account there with such an address, so the move cannot succeed;
while no user of the batch has the domain, it is a warning. Without access to the tenant a sign-in host of the cloud can
tell that no tenant has the domain; that some tenant has it does not say that it is this one. Add the domain in the
admin centre, and publish the proof record.
"""

from checker import sources
from checker.model.checks import Confidence, Impact, Remediation, SipDomainCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings.batch_domains import has_nobody
from checker.readings.powershell_text import quoted
from checker.readings.tenant_domains import is_verified

EXPECTED = "a verified domain of the tenant"
SIGNAL = "Seen from a live signal of the cloud (medium): the tenant's domains were not read."
NOBODY = "No user of the batch has this domain."


def judge(target: Target, evidence: Evidence, domain: str) -> Verdict:
    standing = is_verified(target, evidence, domain)
    fill = (("domain", quoted(domain)),)
    signal = SIGNAL if standing.is_signal else ""
    if not standing.holds and has_nobody(target, evidence, domain):
        summary = f"{NOBODY} {signal}".strip()
        return Verdict.mind(expected=EXPECTED, observed=standing.observed, summary=summary, fill=fill)
    return Verdict.when(standing.holds, expected=EXPECTED, observed=standing.observed, summary=signal, fill=fill)


CHECK = SipDomainCheck(
    id="tenant.sip-domain-verified",
    title="Every on-premises SIP domain is a verified domain of the tenant",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="as a requirement; message unknown",
    predicts=("sip-domain-not-online",),
    judge=judge,
    remediation=Remediation(
        run="add the domain {domain} to the tenant, publish the proof record it names, and verify it",
        where="Microsoft 365 admin centre, Settings, Domains",
        role="Domain Name Administrator or Global Administrator",
        verify="(Get-MgDomain -DomainId {domain}).IsVerified",
        rollback="remove the domain from the tenant",
        wait="DNS propagation of the proof record",
    ),
    sources=(sources.CONF, sources.CONS, sources.OPD, sources.PR457),
    page=__doc__,
)
