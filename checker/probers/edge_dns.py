"""Asks an Edge server's own resolver, by Resolve-DnsName over the server's PowerShell session."""

from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.model.probes import CmdletProbe, DnsProbe, Vantage
from checker.model.undecided import Reason
from checker.probers.dns_rows import answer_from_error, answer_from_rows
from checker.probers.wire import Deliver, Reply, Wire


class EdgeDnsWire:
    """A ``Wire`` of DNS probes from ``dns-edge``. The time-out is that of the cmdlet, since the Edge does the asking.

    ``authoritative``, ``truncated`` and ``server`` stay unsaid: the cmdlet does not show them.
    """

    def __init__(self, powershell: Wire[CmdletProbe]) -> None:
        self._powershell = powershell

    def send(self, probe: DnsProbe, deadline: float, deliver: Deliver) -> None:
        cmdlet = CmdletProbe(
            vantage=Vantage.EDGE,
            host=probe.host,
            cmdlet="Resolve-DnsName",
            parameters=(("Name", probe.name), ("Type", probe.record), ("DnsOnly", "")),
        )
        self._powershell.send(cmdlet, deadline, lambda reply: deliver(_as_dns(reply, probe)))

    def close(self) -> None:
        """Nothing: the sessions belong to the PowerShell wire."""


def _as_dns(reply: Reply, probe: DnsProbe) -> Reply:
    answer = reply.answer
    if isinstance(answer, Objects):
        return reply._replace(answer=answer_from_rows(answer.rows, probe))
    if isinstance(answer, NoAnswer) and answer.reason is Reason.REFUSED:
        return reply._replace(answer=answer_from_error(answer))
    return reply
