"""The cloud's federation service answers with TLS on port 5061, as seen from the machine that csready runs on.

This says nothing of the Edge, neither when it works nor when it does not: network.sipfed-from-edge does. It is worth a
look because it shows, before anybody has access to the Edge, what the service presents, and whether something on the
way out of this network inspects TLS, which the mutual TLS of federation does not survive.
"""

from checker import sources
from checker.model.answers import TlsAnswer, TlsOutcome
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence, Unanswered
from checker.model.probes import TlsProbe, Vantage
from checker.model.target import Target
from checker.model.undecided import Reason
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.names import dns_name
from checker.readings.this_machine import control, gets_out

# Under which roots the service stands is published for Direct Routing alone (low): named in the text, never required.
KNOWN_ISSUERS = ("digicert", "microsoft")
OF_THE_EDGE = "This machine is not the Edge: network.sipfed-from-edge judges the way that counts."


def judge(target: Target, evidence: Evidence) -> Verdict:
    sipfed = dns_name(target.proxy_fqdn)
    probe = TlsProbe(vantage=Vantage.HERE, server=sipfed, port=5061, sip=True)
    answer = evidence.attempt(probe)
    expected = f"{sipfed}:5061 answers with a trusted certificate"
    if isinstance(answer, TlsAnswer):
        # It may ask for a certificate of ours and then hang up: reached, and it wants mutual TLS.
        reached = answer.outcome is TlsOutcome.TRUSTED or (
            answer.outcome is TlsOutcome.ALERT and answer.client_certificate_asked is True
        )
        strange = "" if reached and not is_strange(answer) else suspicion(answer)
        summary = f"{strange} {OF_THE_EDGE}".strip()
        return Verdict.when(reached, expected=expected, observed=described(answer), summary=summary)
    # The run's own deadline says nothing of the other side.
    seen = answer.reason in (Reason.UNREACHABLE, Reason.TIMED_OUT) and answer.code != "deadline"
    if not seen or not gets_out(evidence, target.cloud):
        raise Unanswered(((probe, answer),))
    observed = f"no connection ({answer.code}), while {control(target.cloud).url} answers"
    return Verdict.when(False, expected=expected, observed=observed, summary=OF_THE_EDGE)


def described(answer: TlsAnswer) -> str:
    issuer = answer.chain[0].issuer if answer.chain else "none seen"
    said = (answer.version, f"issuer {issuer}", answer.alert and f"alert {answer.alert}", answer.sip, answer.detail)
    return rows.named([answer.outcome.value, *filter(None, said)])


def is_strange(answer: TlsAnswer) -> bool:
    """Also with a certificate that is trusted: the root of an inspecting device may stand in this machine's store."""
    issuers = " ".join(each.issuer for each in answer.chain).casefold()
    return bool(issuers) and not any(name in issuers for name in KNOWN_ISSUERS)


def suspicion(answer: TlsAnswer) -> str:
    if answer.outcome is TlsOutcome.PLAIN_TCP or is_strange(answer):
        return "No issuer known of the service was seen: a device that inspects TLS probably answers in its place."
    return "The service was reached and did not show a certificate that this machine trusts."


CHECK = DeploymentCheck(
    id="network.sipfed-from-here",
    title="The federation service answers on TCP 5061 from this machine",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.HIGH,
    confidence_note="that it proves little",
    judge=judge,
    remediation=Remediation(
        run="nothing for this machine; look at network.sipfed-from-edge",
        where="the Edge",
        role="firewall administrator",
    ),
    sources=(sources.OPD, sources.EDGE),
    page=__doc__,
)
