"""Pools, servers and Edge services, from Get-CsPool and Get-CsService."""

from dataclasses import dataclass

from checker.model.answers import Objects
from checker.model.checks import Server, ServerRole
from checker.model.evidence import Evidence
from checker.model.facts import NoAnswer
from checker.model.probes import CmdletProbe, Vantage
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.readings import rows
from checker.readings.names import dns_name

POOLS = CmdletProbe(
    vantage=Vantage.ONPREM, cmdlet="Get-CsPool", properties=("Identity", "Fqdn", "Computers", "Services", "Site")
)
EDGE_SERVICES = CmdletProbe(
    vantage=Vantage.ONPREM,
    cmdlet="Get-CsService",
    parameters=(("EdgeServer", ""),),
    properties=(
        "Identity",
        "PoolFqdn",
        "Registrar",
        "AccessEdgeExternalFqdn",
        "AccessEdgeExternalSipPort",
        "DataEdgeExternalFqdn",
    ),
)

_ROLE_OF_SERVICE = {"edgeserver": ServerRole.EDGE, "registrar": ServerRole.FRONT_END}


@dataclass(frozen=True, slots=True)
class EdgeService:
    """``federation_port``: AccessEdgeExternalSipPort, ``None`` when it is set to nothing (federation is off)."""

    pool: str
    external_fqdn: str
    federation_port: int | None


def read_servers(pools: Objects) -> tuple[Server, ...]:
    """Every Front End and Edge of the topology, sorted by FQDN; a pool's role is read off its services.

    Raises ``Unreadable`` when a pool has no services that can be read, or one with servers names none of them: then
    servers would be missing unseen.
    """
    found: dict[str, Server] = {}
    for pool in rows.all_of(pools, POOLS.cmdlet):
        name = dns_name(rows.text(pool, "Fqdn", "Identity"))
        services, computers = _words(pool, "Services"), _words(pool, "Computers")
        if not services or not all(":" in service for service in services):
            raise Unreadable(f"the services of the pool {name} cannot be read")
        kinds = {service.partition(":")[0].casefold() for service in services}
        for kind, role in _ROLE_OF_SERVICE.items():
            if kind in kinds and not computers:
                raise Unreadable(f"the pool {name} names none of its computers")
            if kind in kinds:
                for computer in computers:
                    fqdn = dns_name(computer)
                    found[fqdn] = Server(fqdn=fqdn, role=role, pool=name)
    return tuple(found[fqdn] for fqdn in sorted(found))


def _words(pool: rows.Row, name: str) -> tuple[str, ...]:
    """A list of names without blanks, be it clipped to its string form: ``Registrar:a UserServer:a``."""
    return tuple(word for text in rows.texts(pool, name) for word in text.split())


def servers(evidence: Evidence) -> tuple[Server, ...]:
    return read_servers(evidence.answer(POOLS))


def edge_hosts(target: Target, evidence: Evidence) -> tuple[str, ...]:
    """The FQDNs of all Edges, configured and of the topology. With neither, one empty name: the only one, or all.

    Empty tuple: the topology was read, and there is no Edge.
    """
    pools = evidence.attempt(POOLS)
    if isinstance(pools, NoAnswer):
        return target.edges or ("",)
    found = (server.fqdn for server in read_servers(pools) if server.role is ServerRole.EDGE)
    return tuple(dict.fromkeys((*target.edges, *found)))


def edge_services(services: Objects) -> tuple[EdgeService, ...]:
    """The Edge service of each pool; other services in the same answer are passed over.

    Raises ``Unreadable`` when an Edge service has no AccessEdgeExternalSipPort: then it is not known who federates.
    """
    found = []
    for row in rows.all_of(services, EDGE_SERVICES.cmdlet):
        # Get-CsService without -EdgeServer lists every service; with it, nothing but these.
        if rows.has(row, "Identity"):
            kind, colon, _ = rows.text(row, "Identity").partition(":")
            if not colon:
                raise Unreadable("a row of Get-CsService does not say which service it is")
            if kind.casefold() != "edgeserver":
                continue
        port = rows.text(row, "AccessEdgeExternalSipPort")
        if port and not port.isdigit():
            raise Unreadable(f"AccessEdgeExternalSipPort is {port!r}")
        found.append(
            EdgeService(
                pool=dns_name(rows.text(row, "PoolFqdn")),
                external_fqdn=dns_name(rows.text(row, "AccessEdgeExternalFqdn")),
                federation_port=int(port) if port else None,
            )
        )
    return tuple(found)


def federated_pools(services: Objects) -> tuple[str, ...]:
    """Edge pools whose Access Edge listens on 5061 outside, distinct, in order; the sign that a pool carries
    federation.
    """
    return tuple(dict.fromkeys(edge.pool for edge in edge_services(services) if edge.federation_port == 5061))
