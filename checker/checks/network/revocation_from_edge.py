"""Each Edge reaches the servers that publish which certificates were revoked, on TCP port 80.

The Edge looks there before it trusts the certificate of the cloud or of a partner; without an answer connections are
refused or begin late. Which servers that are stands inside of the certificates, and no property that is read of them
shows it. So they have to be tried by hand, on the Edge, and given as a file: Test-NetConnection to port 80 of each host
in the CRL and OCSP addresses of the certificates of Edge, cloud and partners. Every host in the file counts.
"""

from checker import sources
from checker.model.checks import Confidence, Impact, Remediation, Server, ServerCheck, ServerRole, Worst
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import Vantage
from checker.model.target import Target
from checker.model.undecided import Reason, Undecided
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.connections import all_connections, opened_by_name


def judge(target: Target, evidence: Evidence, server: Server) -> Verdict:
    probe = all_connections(Vantage.EDGE, server.fqdn, 80)
    answer = evidence.attempt(probe)
    if isinstance(answer, NoAnswer) and answer.reason is Reason.MALFORMED:
        raise Unanswered(((probe, answer),))
    found = {} if isinstance(answer, NoAnswer) else opened_by_name(answer, 80)
    if not found:
        raise Undecided(
            Reason.NO_ACCESS,
            "which hosts publish revocation lists is not in what is read of the certificates",
            f"edge--{server.fqdn}/Test-NetConnection--crl.json, with a row of port 80 for each of these hosts",
        )
    failed = [name for name, opened in found.items() if not opened]
    return Verdict.when(
        not failed,
        expected=f"port 80 of {rows.named(found)} accepts a connection",
        observed=f"TcpTestSucceeded False: {rows.named(failed)}" if failed else "TcpTestSucceeded True",
    )


CHECK = ServerCheck(
    id="network.revocation-from-edge",
    title="The Edge reaches revocation servers",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.HIGH,
    confidence_note="the ports",
    roles=frozenset({ServerRole.EDGE}),
    judge=judge,
    remediation=Remediation(
        run="allow TCP 80, and TCP and UDP 53, from the Access Edge's external address to any",
        where="firewall between the Edge and the internet",
        role="firewall administrator",
        verify="Test-NetConnection -ComputerName '<host of the CRL address>' -Port 80  # on the Edge",
        rollback="remove the rules",
    ),
    sources=(sources.EDGE,),
    page=__doc__,
)
