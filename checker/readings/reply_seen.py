"""What an address of the cloud replies, from where that was seen, and whether it counts there."""

from dataclasses import dataclass

from checker.model.answers import HttpAnswer
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import HttpProbe, Vantage
from checker.model.target import Target
from checker.readings.cloud_names import CLOUD_NAMES
from checker.readings.web_requests import WebReply, web_reply, web_request

_NOT_CONNECTED = ("connection-refused", "connect-timeout")


@dataclass(frozen=True, slots=True)
class ReplySeen:
    """``decides``: it was seen from the machine that runs the move; from another one a failure proves nothing."""

    reply: WebReply
    vantage: str
    decides: bool


def reply_of(target: Target, evidence: Evidence, url: str) -> ReplySeen:
    """From the workstation where that answered, else from here. Raises :class:`Unanswered` where neither says."""
    kept = evidence.attempt(web_request(url))
    if not isinstance(kept, NoAnswer):
        return ReplySeen(web_reply(kept, url), "the machine that runs the move", True)
    probe = HttpProbe(vantage=Vantage.HERE, url=url)
    answer = evidence.attempt(probe)
    decides = target.this_machine_moves is True
    vantage = "here, the machine that runs the move" if decides else "here, not said to be the machine that moves"
    if isinstance(answer, HttpAnswer):
        return ReplySeen(WebReply(answer.status, answer.tls_error, answer.body), vantage, decides)
    if answer.code in _NOT_CONNECTED and _reaches_login(target, evidence):
        return ReplySeen(WebReply(0, answer.detail, None), vantage, decides)
    raise Unanswered(((web_request(url), kept), (probe, answer)))


def _reaches_login(target: Target, evidence: Evidence) -> bool:
    """The control: where this machine connects to nothing, a failed connection says nothing of the address."""
    probe = HttpProbe(vantage=Vantage.HERE, url=f"https://{CLOUD_NAMES[target.cloud].login}/")
    return isinstance(evidence.attempt(probe), HttpAnswer)
