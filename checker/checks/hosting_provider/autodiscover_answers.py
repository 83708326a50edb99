"""The cloud answers at the provider's AutodiscoverUrl, seen from the machine that runs the move.

Move-CsUser finds the hosted migration service by it. A reply is good with status 200 and the shape of Autodiscover
over a verified certificate; a proxy's page, a refused connection or another status below 500 is not, while an error of
the server (5xx) or silence after connecting settles nothing. A failure seen from another machine only warns. Where no
reply or a proxy's came, open TCP 443 to the host, and repair the proxy or the TLS inspection in between; where the
cloud itself says no, the address is that of a forest which is gone: set the general one.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Reason, Undecided
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.autodiscover import is_autodiscover
from checker.readings.cloud_names import CLOUD_NAMES
from checker.readings.hosting_providers import HostingProvider, of_the_cloud_provider
from checker.readings.powershell_text import quoted
from checker.readings.reply_seen import reply_of


def judge(target: Target, evidence: Evidence, provider: HostingProvider) -> Verdict:
    url = rows.text(provider.row, "AutodiscoverUrl")
    if not url.lower().startswith("https://"):
        return Verdict.not_applicable("there is no https address to ask; that is hosting-provider.autodiscover-url's")
    seen = reply_of(target, evidence, url)
    reply = seen.reply
    if reply.status >= 500 or reply.status == 429:
        raise Undecided(Reason.REFUSED, f"{url} answered with status {reply.status}, seen from {seen.vantage}")
    holds = reply.status == 200 and (reply.body is None or is_autodiscover(reply.body))
    shape = "shape not seen" if reply.body is None else "Autodiscover" if holds else "not Autodiscover"
    expected = f"GET {url}: status 200, Autodiscover"
    observed = f"from {seen.vantage}: " + (f"{reply.said}, {shape}" if reply.status else reply.said)
    wanted = CLOUD_NAMES[target.cloud].autodiscover_url
    fill = (("url", quoted(url)), ("identity", quoted(provider.identity)), ("wanted", quoted(wanted)))
    if holds or seen.decides:
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
        run="Where no reply or a proxy's came: open TCP 443 from the machine that runs the move to the host of {url},"
        " and repair the proxy or TLS inspection on the way. Where the cloud itself said no:"
        " Set-CsHostingProvider -Identity {identity} -AutodiscoverUrl {wanted}",
        where="firewall and proxy; or Skype for Business Server Management Shell",
        role="network administrator; or CsAdministrator (RTCUniversalServerAdmins)",
        verify="Invoke-WebRequest -UseBasicParsing -Uri {wanted}  # on the machine that runs the move",
        rollback="Set-CsHostingProvider -Identity {identity} -AutodiscoverUrl {url}",
    ),
    sources=(sources.MCU, sources.UCL),
    page=__doc__,
)
