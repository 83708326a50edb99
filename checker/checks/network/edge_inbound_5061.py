"""The Access Edge answers on TCP port 5061 to whoever comes from the internet.

Partners and the cloud open connections to the host that the federation SRV record names. It is tried from outside, at
that host: by csready itself where [network].here_is says that it stands outside, or as a file from such a machine. From
inside the answer would say nothing, since firewalls turn such a connection back in ways of their own. The record names
a pool: what is found holds for each of its Edges. Open the port inwards, and 443 for clients.
"""

from checker import sources
from checker.model.axes import Side
from checker.model.checks import Confidence, Impact, Remediation, Server, ServerCheck, ServerRole, Worst
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, Vantage
from checker.model.target import Target, said
from checker.model.undecided import Reason, Undecided
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.connections import connection, succeeded
from checker.readings.dns_records import best_srv, cloud_of, federation_srv
from checker.readings.subjects import sip_domains
from checker.readings.this_machine import connected_from_here


def judge(target: Target, evidence: Evidence, server: Server) -> Verdict:
    srv = [federation_srv(domain) for domain in sip_domains(target, evidence)]
    answers = list(zip(srv, evidence.attempts(*srv), strict=True))
    missing: tuple[tuple[AnyProbe, NoAnswer], ...] = tuple(
        (probe, each) for probe, each in answers if isinstance(each, NoAnswer)
    )
    records = [record for _, each in answers if not isinstance(each, NoAnswer) for record in best_srv(each)]
    names = tuple(dict.fromkeys(each.target for each in records if each.target and not cloud_of(each.target)))
    if not names and not missing:
        return Verdict.not_applicable("no federation SRV record names a host on-premises (dns.federation-srv)")
    tries = [connection(Vantage.OUTSIDE, "", name, 5061) for name in names]
    found = {
        name: succeeded(probe, answer)
        for name, probe, answer in zip(names, tries, evidence.attempts(*tries), strict=True)
        if not isinstance(answer, NoAnswer)
    }
    left = [name for name in names if name not in found]
    if left and all(found.values()):
        if said(target.here_is, "[network].here_is") is not Side.OUTSIDE:
            detail = "from inside the network it cannot be seen"
            raise Undecided(Reason.NO_ACCESS, detail, "outside/Test-NetConnection--edge.json, or csready run outside")
        seen, unseen = connected_from_here(evidence, target.cloud, left, 5061)
        found, missing = found | seen, missing + unseen
    if missing and all(found.values()):
        raise Unanswered(missing)
    return Verdict.when(
        all(found.values()),
        expected=f"5061 of {rows.named(names)} accepts a connection from the internet",
        observed="\n".join(
            f"{name}:5061 {'connected (TCP only)' if found[name] else 'no connection'}" for name in found
        ),
    )


CHECK = ServerCheck(
    id="network.edge-inbound-5061",
    title="The Access Edge is reachable from the internet on TCP 5061",
    impact=Impact.DEGRADES,
    worst=Worst.WARN,
    confidence=Confidence.HIGH,
    roles=frozenset({ServerRole.EDGE}),
    judge=judge,
    remediation=Remediation(
        run="allow TCP 5061 from any to the Access Edge's external address; TCP 443 for clients",
        where="firewall between the internet and the Edge",
        role="firewall administrator",
        verify="Test-NetConnection -ComputerName '<target of the federation SRV record>' -Port 5061  # outside",
        rollback="remove the rule",
    ),
    sources=(sources.EDGE,),
    page=__doc__,
)
