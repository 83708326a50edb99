"""The SIP domain is enabled online: Get-CsOnlineSipDomain lists it with Status Enabled.

While it is disabled, nobody of that domain is provisioned in the cloud; a domain that is not listed is not on both
sides, which hybrid does not support. Without access to the tenant the cloud's Autodiscover gives a signal (medium): 404
for a domain that is not enabled, a redirect to its forest for one that is; another reply may mean either. Enable it
with Enable-CsOnlineSipDomain, only when no other forest is in hybrid with the tenant.
"""

from checker import sources
from checker.model.checks import Confidence, Impact, SipDomainCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import remedies
from checker.readings.powershell_text import quoted
from checker.readings.tenant_domains import is_enabled_online

SIGNAL = "Seen from a live signal of the cloud (medium): Get-CsOnlineSipDomain was not read."
NOT_LISTED = "The tenant does not know the domain: add and verify it there first, in the admin centre."


def judge(target: Target, evidence: Evidence, domain: str) -> Verdict:
    online = is_enabled_online(target, evidence, domain)
    return Verdict.when(
        online.holds,
        expected="Status Enabled",
        observed=online.observed,
        summary=SIGNAL if online.is_signal else NOT_LISTED if online.observed.endswith("not listed") else "",
        fill=(("domain", quoted(domain)),),
    )


CHECK = SipDomainCheck(
    id="tenant.sip-domain-enabled",
    title="Every SIP domain is enabled online",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="the property; medium for the 404 signal",
    predicts=("sip-domain-not-online",),
    judge=judge,
    remediation=remedies.tenant(
        "Enable-CsOnlineSipDomain -Domain {domain}",
        verify="Get-CsOnlineSipDomain",
        rollback="Disable-CsOnlineSipDomain -Domain {domain}",
    ),
    sources=(sources.OSD, sources.PR457, sources.UCL, sources.HHC),
    page=__doc__,
)
