"""The SIP domain is enabled online: Get-CsOnlineSipDomain lists it with Status Enabled.

While it is disabled, nobody of that domain is provisioned in the cloud; a domain that is not listed is not on both
sides, which hybrid does not support. Without access to the tenant the cloud's Autodiscover gives a signal (medium): 404
for a domain that is not enabled, a redirect to its forest for one that is; another reply may mean either. Enable it
with Enable-CsOnlineSipDomain, only when no other forest is in hybrid with the tenant.
"""

from checker import sources
from checker.model.answers import HttpAnswer
from checker.model.checks import Confidence, Impact, SipDomainCheck, Worst
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer, cure
from checker.model.target import Target
from checker.model.undecided import Undecided
from checker.model.verdicts import Verdict
from checker.readings import remedies
from checker.readings.autodiscover import Online, original_domain, said_of_domain
from checker.readings.names import dns_name
from checker.readings.online_sip_domains import ONLINE_SIP_DOMAINS, online_sip_domains
from checker.readings.powershell_text import quoted

EXPECTED = "Status Enabled"
SIGNAL = "Seen from a live signal of the cloud (medium): Get-CsOnlineSipDomain was not read."
NOT_LISTED = "The tenant does not know the domain: add and verify it there first, in the admin centre."


def judge(target: Target, evidence: Evidence, domain: str) -> Verdict:
    answer = evidence.attempt(ONLINE_SIP_DOMAINS)
    fill = (("domain", quoted(domain)),)
    if isinstance(answer, NoAnswer):
        signal = said_of_domain(target.cloud, _live(target, evidence, domain, answer))
        if signal is Online.AMBIGUOUS:
            raise Undecided(answer.reason, f"{answer.detail}; the live reply was ambiguous", cure((answer,)))
        observed = f"Autodiscover, seen from here: {signal.value}"
        return Verdict.when(signal is Online.ENABLED, expected=EXPECTED, observed=observed, summary=SIGNAL, fill=fill)
    status = online_sip_domains(answer).get(dns_name(domain), "not listed")
    return Verdict.when(
        status == "Enabled",
        expected=EXPECTED,
        observed=f"Status {status}",
        summary=NOT_LISTED if status == "not listed" else "",
        fill=fill,
    )


def _live(target: Target, evidence: Evidence, domain: str, unread: NoAnswer) -> HttpAnswer:
    probe = original_domain(target.cloud, domain)
    answer = evidence.attempt(probe)
    if isinstance(answer, NoAnswer):
        raise Unanswered(((ONLINE_SIP_DOMAINS, unread), (probe, answer)))
    return answer


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
