"""DNS answers as checks read them: SRV records typed, the chain of a name, and whether it leads to the cloud."""

from dataclasses import dataclass

from checker.model.answers import DnsAnswer
from checker.model.axes import Cloud
from checker.model.evidence import Evidence
from checker.model.facts import NoAnswer
from checker.model.probes import DnsProbe, Vantage
from checker.model.undecided import Unreadable
from checker.readings.cloud_names import CLOUD_NAMES
from checker.readings.names import dns_name, lies_in


def srv(vantage: Vantage, name: str, host: str = "") -> DnsProbe:
    return DnsProbe(vantage=vantage, host=host, name=dns_name(name), record="SRV")


def address(vantage: Vantage, name: str, host: str = "") -> DnsProbe:
    """The A records, which come with the CNAME chain that leads to them."""
    return DnsProbe(vantage=vantage, host=host, name=dns_name(name), record="A")


def alias(vantage: Vantage, name: str) -> DnsProbe:
    """The CNAME record alone, without what it leads to."""
    return DnsProbe(vantage=vantage, name=dns_name(name), record="CNAME")


def federation_srv(domain: str) -> DnsProbe:
    return srv(Vantage.DNS_EXTERNAL, federation_name(domain))


def federation_name(domain: str) -> str:
    return f"_sipfederationtls._tcp.{domain}"


@dataclass(frozen=True, slots=True)
class Srv:
    """``target`` as :func:`dns_name` gives it; empty for ".", by which RFC 2782 says: not offered here."""

    priority: int
    weight: int
    port: int
    target: str

    def __str__(self) -> str:
        return f"{self.priority} {self.weight} {self.port} {self.target or '.'}"


def best_srv(answer: DnsAnswer) -> tuple[Srv, ...]:
    """The records a client tries first, those of the lowest priority value; empty: there is no SRV record.

    Raises ``Unreadable`` for a record that is no SRV data.
    """
    found = all_srv(answer)
    first = min((each.priority for each in found), default=0)
    return tuple(each for each in found if each.priority == first)


def all_srv(answer: DnsAnswer) -> tuple[Srv, ...]:
    """Of every priority. Raises as :func:`best_srv`."""
    return tuple(_srv(record.data) for record in answer.records if record.record == "SRV")


def _srv(data: str) -> Srv:
    parts = data.split()
    if len(parts) != 4 or not all(part.isdecimal() for part in parts[:3]):
        raise Unreadable(f"{data!r} is no SRV record")
    return Srv(int(parts[0]), int(parts[1]), int(parts[2]), dns_name(parts[3]))


@dataclass(frozen=True, slots=True)
class Host:
    """What a name leads to. ``chain``: the targets of its CNAME records, in order, empty when it has none.

    ``addresses``: IPv4, or IPv6 where the name has no IPv4 address; with neither, the name leads nowhere.
    """

    name: str
    chain: tuple[str, ...]
    addresses: frozenset[str]
    rcode: str
    server: str

    @property
    def exists(self) -> bool:
        return bool(self.chain or self.addresses)

    @property
    def cloud(self) -> Cloud | None:
        """The cloud that the name or its chain leads to."""
        return next((cloud for name in (self.name, *self.chain) if (cloud := cloud_of(name))), None)

    def __str__(self) -> str:
        found = ", ".join(sorted(self.addresses)) or ("no address" if self.chain else f"no record ({self.rcode})")
        return " -> ".join((self.name, *self.chain, found)) + by_resolver(self.server)


def host(evidence: Evidence, vantage: Vantage, name: str, at: str = "") -> Host:
    """The host of that name as the vantage (of server ``at``) sees it. AAAA is asked only where there is no A."""
    probe = address(vantage, name, at)
    answer = evidence.answer(probe)
    found = read_host(probe.name, answer)
    if answer.rcode == "NXDOMAIN" or found.addresses:
        return found
    six = evidence.answer(DnsProbe(vantage=vantage, host=at, name=probe.name, record="AAAA"))
    return read_host(probe.name, six if any(record.record == "AAAA" for record in six.records) else answer)


def read_host(name: str, answer: DnsAnswer) -> Host:
    return Host(
        name,
        tuple(dns_name(record.data) for record in answer.records if record.record == "CNAME"),
        frozenset(record.data for record in answer.records if record.record in ("A", "AAAA")),
        answer.rcode,
        answer.server,
    )


def is_wildcard(evidence: Evidence, domain: str, found: Host) -> bool:
    """Whether a name that nobody published leads to the same place in public DNS; ``False`` where nobody could say."""
    probe = address(Vantage.DNS_EXTERNAL, f"csready-wildcard-probe.{domain}")
    answer = evidence.attempt(probe)
    if isinstance(answer, NoAnswer):
        return False
    other = read_host(probe.name, answer)
    return other.exists and (other.chain, other.addresses) == (found.chain, found.addresses)


def cloud_of(name: str) -> Cloud | None:
    """The cloud among whose public names this one lies, label by label; gcc counts as worldwide, whose names it has."""
    return next(
        (
            cloud
            for cloud, names in CLOUD_NAMES.items()
            if any(lies_in(name, each.partition(".")[2]) for each in (names.sipfed, names.sipdir, names.webdir))
        ),
        None,
    )


def shown_srv(records: tuple[Srv, ...], answer: DnsAnswer) -> str:
    """For what a finding shows: the records' data, or how there is none, and who said so."""
    said = ", ".join(str(record) for record in records) or f"no record ({answer.rcode})"
    return f"SRV {said}{by_resolver(answer.server)}"


def by_resolver(server: str) -> str:
    return f" (says {server})" if server else ""
