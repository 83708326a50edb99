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
    """``federation_port``: AccessEdgeExternalSipPort, ``None`` when it is set to nothing (federation is off).

    ``registrar`` and ``data_edge``: Registrar without its kind, and DataEdgeExternalFqdn, as DNS names; ``None`` when
    the source does not have the property, empty when it is not set.
    """

    pool: str
    external_fqdn: str
    federation_port: int | None
    registrar: str | None = None
    data_edge: str | None = None

    @property
    def next_hop(self) -> str:
        """The FQDN of the pool behind the Edge; empty when none is set. Raises ``Unreadable`` when it is not known."""
        if self.registrar is None:
            raise Unreadable(f"the Edge service of {self.pool} has no property Registrar")
        return self.registrar


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
        if port and not port.isdecimal():
            raise Unreadable(f"AccessEdgeExternalSipPort is {port!r}")
        found.append(
            EdgeService(
                pool=dns_name(rows.text(row, "PoolFqdn")),
                external_fqdn=dns_name(rows.text(row, "AccessEdgeExternalFqdn")),
                federation_port=int(port) if port else None,
                registrar=_name_or_none(row, "Registrar"),
                data_edge=_name_or_none(row, "DataEdgeExternalFqdn"),
            )
        )
    return tuple(found)


def _name_or_none(row: rows.Row, name: str) -> str | None:
    """``pool.contoso.com`` from ``Registrar:pool.contoso.com``."""
    return dns_name(rows.text(row, name).rpartition(":")[2]) if rows.has(row, name) else None


@dataclass(frozen=True, slots=True)
class NextHop:
    """The pool that an Edge hands its calls to, and the pool's computers; empty when none is set."""

    pool: str
    computers: tuple[str, ...]


def next_hop(evidence: Evidence, edge: Server) -> NextHop:
    """Raises ``Unreadable`` when the topology does not show the Edge, its service, or that pool's computers."""
    pools, services = evidence.answers(POOLS, EDGE_SERVICES)
    own = {edge.pool} if edge.pool else {each.pool for each in read_servers(pools) if each.fqdn == edge.fqdn}
    hops = {service.next_hop for service in edge_services(services) if service.pool in own}
    if len(hops) != 1:
        raise Unreadable(f"the topology shows {'several Edge services' if hops else 'no Edge service'} of {edge.fqdn}")
    (pool,) = hops
    found = [
        row for row in rows.all_of(pools, POOLS.cmdlet) if pool and dns_name(rows.text(row, "Fqdn", "Identity")) == pool
    ]
    computers = tuple(dict.fromkeys(dns_name(each) for row in found for each in _words(row, "Computers")))
    if pool and not computers:
        raise Unreadable(f"Get-CsPool names no computer of the pool {pool}")
    return NextHop(pool, computers)


def pool_names(pools: Objects) -> frozenset[str]:
    """The FQDN of every pool. Raises ``Unreadable`` where none has Front Ends: that is no topology of a deployment."""
    if not any(server.role is ServerRole.FRONT_END for server in read_servers(pools)):
        raise Unreadable("Get-CsPool names no pool of Front Ends")
    return frozenset(dns_name(rows.text(row, "Fqdn", "Identity")) for row in pools.rows)


def federated_pools(services: Objects) -> tuple[str, ...]:
    """Edge pools whose Access Edge listens on 5061 outside, distinct, in order; the sign that a pool carries
    federation.
    """
    return tuple(dict.fromkeys(edge.pool for edge in edge_services(services) if edge.federation_port == 5061))
