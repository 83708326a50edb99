"""Each Edge reaches the cloud's federation service on TCP port 5061.

All SIP between users who have moved and users who have not passes from the Access Edge to this service. Where the
firewall keeps the port closed, presence, messages and calls between the two end, and so does federation. Only the Edge
can say it: a success from another machine proves nothing. A connection over TCP is not yet one over mutual TLS, so a
device that inspects TLS on the way may still break it. Open the port outwards, without inspection.
"""

from checker import sources
from checker.model.checks import Confidence, Impact, Remediation, Server, ServerCheck, ServerRole, Worst
from checker.model.evidence import Evidence
from checker.model.probes import CmdletProbe, Vantage
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import connections
from checker.readings.names import dns_name
from checker.readings.powershell_text import quoted


def connection(edge: str, sipfed: str) -> CmdletProbe:
    return connections.connection(Vantage.EDGE, edge, sipfed, 5061)


def judge(target: Target, evidence: Evidence, server: Server) -> Verdict:
    sipfed = dns_name(target.proxy_fqdn)
    probe = connection(server.fqdn, sipfed)
    opened = connections.succeeded(probe, evidence.answer(probe))
    return Verdict.when(
        opened,
        expected=f"{sipfed}:5061 accepts a connection",
        observed=connections.TCP_ONLY if opened else "TcpTestSucceeded False",
        fill=(("sipfed", quoted(sipfed)),),
    )


CHECK = ServerCheck(
    id="network.sipfed-from-edge",
    title="The Edge reaches the cloud's federation service on TCP 5061",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="as a requirement; no text ties it to a move error",
    roles=frozenset({ServerRole.EDGE}),
    judge=judge,
    remediation=Remediation(
        run="allow TCP 5061 from the Access Edge's external address to any, without TLS inspection",
        where="firewall between the Edge and the internet",
        role="firewall administrator",
        verify="Test-NetConnection -ComputerName {sipfed} -Port 5061  # on the Edge",
        rollback="remove the rule",
    ),
    sources=(sources.EDGE, sources.OPD, sources.TCF, sources.MSX),
    page=__doc__,
)
