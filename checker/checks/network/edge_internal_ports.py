"""The Front Ends reach the services of the Edge's internal side: authentication, meetings, media relay, replication.

It is judged for each Edge, from the Front Ends of its next-hop pool: TCP 5062, 8057 and 443 from all of them, and 4443
from the one that holds the Central Management Store. Which that is is not known, so one success is enough, and without
one it is not known. Without these ports audio and meetings with users outside fail, and changes of the configuration
never arrive at the Edge. UDP 3478 shows itself to no such test. 50001 to 50003 carry logging alone. Open the ports.
"""

from checker import sources
from checker.model.checks import Confidence, Impact, Remediation, Server, ServerCheck, ServerRole, Worst
from checker.model.evidence import Evidence, Unanswered
from checker.model.probes import Vantage
from checker.model.target import Target
from checker.model.undecided import Reason, Undecided
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.connections import TCP_ONLY, connection, tried
from checker.readings.powershell_text import quoted
from checker.readings.subjects import all_servers
from checker.readings.topology import next_hop

FROM_ALL, FROM_ONE, LOGGING = (443, 5062, 8057), (4443,), (50001, 50002, 50003)


def judge(target: Target, evidence: Evidence, server: Server) -> Verdict:
    hop = next_hop(evidence, server)
    if not hop.pool:
        return Verdict.not_applicable("the Edge has no next-hop pool (topology.edge-next-hop)")
    needed, replication, logging = (
        [connection(Vantage.ONPREM, each, server.fqdn, port) for port in ports for each in hop.computers]
        for ports in (FROM_ALL, FROM_ONE, LOGGING)
    )
    evidence.attempts(*needed, *replication, *logging)
    all_of_them, one_of_them, logs = (tried(evidence, probes) for probes in (needed, replication, logging))
    expected = f"{server.fqdn}: 443, 5062, 8057 from {rows.named(hop.computers)}; 4443 from one Front End"
    fill = (("edge", quoted(server.fqdn)),)
    if all_of_them.failed:
        observed = f"TcpTestSucceeded False: {rows.named(all_of_them.failed)}"
        return Verdict.when(False, expected=expected, observed=observed, fill=fill)
    if all_of_them.unseen:
        raise Unanswered(all_of_them.unseen)
    if not one_of_them.opened and not _is_opened_elsewhere(evidence, server):
        if one_of_them.unseen:
            raise Unanswered(one_of_them.unseen)
        needs = "Test-NetConnection to port 4443 from the Front End that holds the Central Management Store"
        raise Undecided(Reason.NO_ACCESS, "none of the Front Ends asked reaches port 4443; another may have to", needs)
    if logs.failed:
        observed = f"logging alone: TcpTestSucceeded False: {rows.named(logs.failed)}"
        return Verdict.mind(expected=expected, observed=observed, fill=fill)
    return Verdict.when(True, expected=expected, observed=TCP_ONLY)


def _is_opened_elsewhere(evidence: Evidence, edge: Server) -> bool:
    """Whether a Front End of any pool reaches 4443: the store may be in another than the next hop."""
    front_ends = all_servers(evidence, frozenset({ServerRole.FRONT_END}))
    probes = [connection(Vantage.ONPREM, each.fqdn, edge.fqdn, port) for each in front_ends for port in FROM_ONE]
    return bool(tried(evidence, probes).opened)


CHECK = ServerCheck(
    id="network.edge-internal-ports",
    title="Front Ends reach the Edge's internal service ports",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    roles=frozenset({ServerRole.EDGE}),
    judge=judge,
    remediation=Remediation(
        run="allow TCP 443, 5062 and 8057 (logging: 50001 to 50003) from all Front Ends, TCP 4443 from the one that"
        " holds the Central Management Store, to the Edge's internal address",
        where="firewall between the Edge and the internal network",
        role="firewall administrator",
        verify="Test-NetConnection -ComputerName {edge} -Port '<port>'  # on a Front End",
        rollback="remove the rules",
    ),
    sources=(sources.EDGE, sources.HHC),
    page=__doc__,
)
