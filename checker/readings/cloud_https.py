"""What stands between the machine that runs the move and the cloud's addresses: as a file says, or as seen here."""

import re

from checker.model.answers import HttpAnswer
from checker.model.evidence import Evidence
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, HttpProbe, Vantage
from checker.model.undecided import Reason
from checker.readings.web_requests import WebReply, web_reply, web_request

Trouble = dict[str, str]  # by address; empty: it was reached, whatever HTTP status it gave
Unseen = dict[str, tuple[AnyProbe, NoAnswer]]  # by address: who was asked, and why nobody could say

# Both editions of PowerShell raise for 4xx: "(404) Not Found" in Windows PowerShell 5.1, "404 (Not Found)" in 7.
_STATUS_IN_ERROR = re.compile(r"\(\d{3}\)|\b\d{3} \(")
_PROXY_REFUSES = "the proxy wants a password (407)"


def from_workstation(evidence: Evidence, urls: tuple[str, ...]) -> tuple[Trouble, Unseen]:
    trouble: Trouble = {}
    unseen: Unseen = {}
    probes = [web_request(url) for url in urls]
    for url, probe, answer in zip(urls, probes, evidence.attempts(*probes), strict=True):
        if isinstance(answer, NoAnswer):
            unseen[url] = (probe, answer)
            continue
        reply = web_reply(answer, url)
        if reply.status >= 500 or reply.status == 429:
            # A proxy says so too: neither reached nor cut off.
            unseen[url] = (probe, NoAnswer(reason=Reason.REFUSED, code=f"http-{reply.status}", detail=reply.said))
        else:
            trouble[url] = of_reply(reply)
    return trouble, unseen


def from_here(evidence: Evidence, urls: tuple[str, ...]) -> tuple[Trouble, Unseen]:
    """For the machine that runs the move itself: there, a connection that is refused is an answer."""
    trouble: Trouble = {}
    unseen: Unseen = {}
    probes = [HttpProbe(vantage=Vantage.HERE, url=url) for url in urls]
    for url, probe, answer in zip(urls, probes, evidence.attempts(*probes), strict=True):
        if isinstance(answer, HttpAnswer):
            # What a redirect led to is another host's matter: this one was reached.
            tls_error = "" if answer.redirects else answer.tls_error
            trouble[url] = _PROXY_REFUSES if answer.status == 407 else tls_error
        elif answer.code == "redirect-target":
            trouble[url] = ""
        elif answer.reason is Reason.UNREACHABLE or answer.code in ("connect-timeout", "proxy-authentication"):
            trouble[url] = answer.detail
        else:
            unseen[url] = (probe, answer)
    return trouble, unseen


def of_reply(reply: WebReply) -> str:
    if reply.status == 407 or "(407)" in reply.error:
        return _PROXY_REFUSES
    return "" if reply.status or _STATUS_IN_ERROR.search(reply.error) else reply.error
