"""Which SIP domains and servers there are: questions like any other, answered from configuration and evidence."""

from checker.model.answers import Objects
from checker.model.checks import Server, ServerRole
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import CmdletProbe, Vantage
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.readings import rows, topology
from checker.readings.names import dns_name, is_dns_name

SIP_DOMAINS = CmdletProbe(
    vantage=Vantage.ONPREM, cmdlet="Get-CsSipDomain", properties=("Identity", "Name", "IsDefault")
)


def sip_domains(target: Target, evidence: Evidence) -> tuple[str, ...]:
    """Configured domains, then those of the topology. What the operator named is enough when the topology is silent;
    where neither says one, raises :class:`Unanswered`."""
    answer = evidence.attempt(SIP_DOMAINS)
    if isinstance(answer, NoAnswer):
        if not target.sip_domains:
            raise Unanswered(((SIP_DOMAINS, answer),))
        return target.sip_domains
    return tuple(dict.fromkeys((*target.sip_domains, *on_premises_sip_domains(answer))))


def on_premises_sip_domains(answer: Objects) -> tuple[str, ...]:
    """The names of Get-CsSipDomain, in order. Raises ``Undecided`` for a part of them, or for what is no domain."""
    names = tuple(dns_name(rows.text(row, "Name", "Identity")) for row in rows.all_of(answer, SIP_DOMAINS.cmdlet))
    if not all(map(is_dns_name, names)):
        raise Unreadable("a row of Get-CsSipDomain is no domain")
    return names


def configured_servers(target: Target, roles: frozenset[ServerRole]) -> tuple[Server, ...]:
    """What is known before anything is asked: the Edges of the configuration."""
    if ServerRole.EDGE not in roles:
        return ()
    return tuple(Server(fqdn=fqdn, role=ServerRole.EDGE) for fqdn in target.edges)


def all_servers(evidence: Evidence, roles: frozenset[ServerRole]) -> tuple[Server, ...]:
    """Every server of these roles in the topology. Raises :class:`Unanswered`: the configured ones are not all."""
    return tuple(server for server in topology.servers(evidence) if server.role in roles)
