"""The cloud answers at the provider's AutodiscoverUrl, seen from the machine that runs the move.

Move-CsUser finds the hosted migration service by it. A reply is good with status 200 and the shape of Autodiscover
over a verified certificate; a proxy's page, a refused connection or another status below 500 is not, while an error of
the server (5xx) or silence after connecting settles nothing. A failure seen from another machine only warns. Open TCP
443 from that machine to the host, and repair the proxy or the TLS inspection in between.
"""

from checker import sources
from checker.model.answers import HttpAnswer
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import HttpProbe, Vantage
from checker.model.target import Target
from checker.model.undecided import Reason, Undecided
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.autodiscover import is_autodiscover
from checker.readings.cloud_names import CLOUD_NAMES
from checker.readings.hosting_providers import HostingProvider, of_the_cloud_provider
from checker.readings.powershell_text import quoted
from checker.readings.web_requests import WebReply, web_reply, web_request

NOT_CONNECTED = ("connection-refused", "connect-timeout")


def judge(target: Target, evidence: Evidence, provider: HostingProvider) -> Verdict:
    url = rows.text(provider.row, "AutodiscoverUrl")
    if not url.lower().startswith("https://"):
        return Verdict.not_applicable("there is no https address to ask; that is hosting-provider.autodiscover-url's")
    kept = evidence.attempt(web_request(url))
    if isinstance(kept, NoAnswer):
        return _from_here(target, evidence, url, kept)
    return _verdict(url, web_reply(kept, url), "the machine that runs the move", decides=True)


def _from_here(target: Target, evidence: Evidence, url: str, kept: NoAnswer) -> Verdict:
    probe = HttpProbe(vantage=Vantage.HERE, url=url)
    answer = evidence.attempt(probe)
    decides = target.this_machine_moves is True
    vantage = "here, the machine that runs the move" if decides else "here, not said to be the machine that moves"
    if isinstance(answer, HttpAnswer):
        return _verdict(url, WebReply(answer.status, answer.tls_error, answer.body), vantage, decides=decides)
    if answer.code in NOT_CONNECTED and _reaches_login(target, evidence):
        return _verdict(url, WebReply(0, answer.detail, None), vantage, decides=decides)
    raise Unanswered(((web_request(url), kept), (probe, answer)))


def _reaches_login(target: Target, evidence: Evidence) -> bool:
    """The control: where this machine connects to nothing, a failed connection says nothing of the URL."""
    probe = HttpProbe(vantage=Vantage.HERE, url=f"https://{CLOUD_NAMES[target.cloud].login}/")
    return isinstance(evidence.attempt(probe), HttpAnswer)


def _verdict(url: str, reply: WebReply, vantage: str, *, decides: bool) -> Verdict:
    if reply.status >= 500:
        raise Undecided(Reason.REFUSED, f"{url} answered with status {reply.status}, seen from {vantage}")
    holds = reply.status == 200 and (reply.body is None or is_autodiscover(reply.body))
    shape = "shape not seen" if reply.body is None else "Autodiscover" if holds else "not Autodiscover"
    expected = f"GET {url}: status 200, Autodiscover"
    observed = f"from {vantage}: " + (f"status {reply.status}, {shape}" if reply.status else reply.error)
    fill = (("url", quoted(url)),)
    if holds or decides:
        return Verdict.when(holds, expected=expected, observed=observed, fill=fill)
    return Verdict.mind(expected=expected, observed=observed, fill=fill)


CHECK = DeploymentCheck(
    id="hosting-provider.autodiscover-answers",
    title="The AutodiscoverUrl answers",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.MEDIUM,
    predicts=("hosted-migration-undiscoverable",),
    judge=of_the_cloud_provider(judge),
    remediation=Remediation(
        run="Open TCP 443 from that machine to the host of {url}; repair the proxy or TLS inspection on the way.",
        where="the firewall and proxy between that machine and the internet",
        role="network administrator",
        verify="Invoke-WebRequest -UseBasicParsing -Uri {url}",
    ),
    sources=(sources.MCU, sources.UCL),
    page=__doc__,
)
