"""The Edge and the Front Ends of its next-hop pool reach each other on TCP port 5061, in both directions.

It is judged for each Edge: every Front End of the pool connects to this Edge's internal name, and this Edge to each of
these Front Ends. Between them passes all SIP that enters or leaves; a firewall that opens one direction alone lets half
of the calls, messages and presence fail, which tests of one direction do not show. A connection over TCP is not yet one
over mutual TLS. Open the port both ways.
"""

from checker import sources
from checker.model.checks import Confidence, Impact, Remediation, Server, ServerCheck, ServerRole, Worst
from checker.model.evidence import Evidence, Unanswered
from checker.model.probes import Vantage
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.connections import TCP_ONLY, connection, tried
from checker.readings.powershell_text import quoted
from checker.readings.topology import next_hop


def judge(target: Target, evidence: Evidence, server: Server) -> Verdict:
    hop = next_hop(evidence, server)
    if not hop.pool:
        return Verdict.not_applicable("the Edge has no next-hop pool (topology.edge-next-hop)")
    inwards = [connection(Vantage.EDGE, server.fqdn, each, 5061) for each in hop.computers]
    outwards = [connection(Vantage.ONPREM, each, server.fqdn, 5061) for each in hop.computers]
    found = tried(evidence, [*outwards, *inwards])
    if found.unseen and not found.failed:
        raise Unanswered(found.unseen)
    return Verdict.when(
        not found.failed,
        expected=f"{server.fqdn} and {rows.named(hop.computers)}: 5061 accepts a connection, both ways",
        observed=f"TcpTestSucceeded False: {rows.named(found.failed)}" if found.failed else TCP_ONLY,
        fill=(("edge", quoted(server.fqdn)),),
    )


CHECK = ServerCheck(
    id="network.edge-internal-5061",
    title="Front Ends and Edge reach each other on TCP 5061",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    roles=frozenset({ServerRole.EDGE}),
    judge=judge,
    remediation=Remediation(
        run="allow TCP 5061 between the Edge's internal address and the Front Ends, in both directions",
        where="firewall between the Edge and the internal network",
        role="firewall administrator",
        verify="Test-NetConnection -ComputerName {edge} -Port 5061  # on a Front End; on the Edge towards a Front End",
        rollback="remove the rule",
    ),
    sources=(sources.EDGE, sources.HHC),
    page=__doc__,
)
