"""No SIP domain of another forest is enabled online; judged as a whole, and said of each SIP domain of this deployment.

A tenant can be in hybrid with one forest at a time: while domains of a second one are enabled, its users are taken for
users of the cloud. Users of such a domain whom the tenant shows as homed on-premises are homed in another forest (that
is inferred); without any, the domain may be online only. The tenant's own onmicrosoft.com does not count. Disable the
domains of the other forests; it stops provisioning there, so ask whose they are first.
"""

from checker import sources
from checker.model.checks import Confidence, Impact, SipDomainCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import remedies
from checker.readings.foreign_domains import judge_foreign


def judge(target: Target, evidence: Evidence, domain: str) -> Verdict:
    return judge_foreign(target, evidence)


CHECK = SipDomainCheck(
    id="tenant.foreign-sip-domains-disabled",
    title="SIP domains of other forests are disabled online",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="the rule; whose domain it is, is inferred",
    judge=judge,
    remediation=remedies.tenant(
        "Ask whose they are first, for it stops provisioning there; then"
        " foreach ($d in {domains}) { Disable-CsOnlineSipDomain -Domain $d }",
        verify="Get-CsOnlineSipDomain",
        rollback="foreach ($d in {domains}) { Enable-CsOnlineSipDomain -Domain $d }",
    ),
    sources=(sources.OSD, sources.PLAN, sources.CONS),
    page=__doc__,
)
