"""The DNS names that the external certificate of an Edge has to bear, and which SIP domains ask for them."""

from dataclasses import dataclass

from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.readings.dns_records import best_srv, cloud_of, federation_srv
from checker.readings.foreign_domains import enabled_apart_from
from checker.readings.names import lies_in
from checker.readings.online_sip_domains import ONLINE_SIP_DOMAINS
from checker.readings.subjects import sip_domains
from checker.readings.topology import EDGE_SERVICES, POOLS, edge_services, read_servers


@dataclass(frozen=True, slots=True)
class Needed:
    """``names``: the Access Edge's external FQDN, ``sip.`` each SIP domain, and where its federation SRV records lead
    on-premises. ``astray``: those of them that such a record alone asks for, and that lie in another domain than its.

    ``unasked`` says which of those records could not be asked for; ``None``: none, so that the names are all.
    """

    names: tuple[str, ...]
    astray: frozenset[str]
    unasked: Unanswered | None


def names_needed(target: Target, evidence: Evidence, edge: str) -> Needed:
    evidence.attempts(EDGE_SERVICES, POOLS)  # asked together
    services, pools = evidence.answers(EDGE_SERVICES, POOLS)
    pool = next((each.pool for each in read_servers(pools) if each.fqdn == edge), None)
    access = [each.external_fqdn for each in edge_services(services) if each.pool == pool]
    if not all(access) or not access:
        raise Unreadable(f"the topology names no AccessEdgeExternalFqdn for {edge}")
    domains = sip_domains(target, evidence)
    own = dict.fromkeys((*access, *(f"sip.{domain}" for domain in domains)))
    probes = [federation_srv(domain) for domain in domains]
    targets: list[str] = []
    astray: set[str] = set()
    missing: list[tuple[AnyProbe, NoAnswer]] = []
    for domain, probe, answer in zip(domains, probes, evidence.attempts(*probes), strict=True):
        if isinstance(answer, NoAnswer):
            missing.append((probe, answer))
            continue
        # A record that leads to the cloud is dns.federation-srv-on-premises' concern: no Edge can bear its name.
        found = [each.target for each in best_srv(answer) if each.target and not cloud_of(each.target)]
        targets += found
        astray.update(name for name in found if name not in own and not lies_in(name, domain))
    names = tuple(dict.fromkeys((*own, *targets)))
    return Needed(names, frozenset(astray), Unanswered(tuple(missing)) if missing else None)


def online_names(evidence: Evidence) -> tuple[str, ...]:
    """``sip.`` each SIP domain that is enabled in the tenant and not given by the service, for whose names nobody can
    have a certificate; none where the tenant could not be asked.
    """
    answer = evidence.attempt(ONLINE_SIP_DOMAINS)
    if isinstance(answer, NoAnswer):
        return ()
    return tuple(f"sip.{domain}" for domain in sorted(enabled_apart_from(answer, frozenset())))
