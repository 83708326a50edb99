"""The DNS names that the external certificate of an Edge has to bear, and which SIP domains ask for them."""

from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.readings.dns_records import best_srv, cloud_of, federation_srv
from checker.readings.names import lies_in
from checker.readings.online_sip_domains import ONLINE_SIP_DOMAINS, online_sip_domains
from checker.readings.subjects import sip_domains
from checker.readings.topology import EDGE_SERVICES, POOLS, edge_services, read_servers

# Domains that Microsoft gives to a tenant: nobody can have a certificate for a name in them.
_MICROSOFTS = ("onmicrosoft.com", "onmicrosoft.us", "onmschina.cn", "microsoftonline.com")


def names_needed(target: Target, evidence: Evidence, edge: str) -> tuple[tuple[str, ...], Unanswered | None]:
    """The Access Edge's external FQDN, ``sip.`` each SIP domain, and where its federation SRV records lead on-premises.

    What is second says which of those records could not be asked for; ``None``: none, so that the names are all.
    """
    evidence.attempts(EDGE_SERVICES, POOLS)  # asked together
    services, pools = evidence.answers(EDGE_SERVICES, POOLS)
    pool = next((each.pool for each in read_servers(pools) if each.fqdn == edge), None)
    access = [each.external_fqdn for each in edge_services(services) if each.pool == pool]
    if not all(access) or not access:
        raise Unreadable(f"the topology names no AccessEdgeExternalFqdn for {edge}")
    domains = sip_domains(target, evidence)
    probes = [federation_srv(domain) for domain in domains]
    targets: list[str] = []
    missing: list[tuple[AnyProbe, NoAnswer]] = []
    for probe, answer in zip(probes, evidence.attempts(*probes), strict=True):
        if isinstance(answer, NoAnswer):
            missing.append((probe, answer))
        else:
            # A record that leads to the cloud is dns.federation-srv-on-premises' concern: no Edge can bear its name.
            targets += [each.target for each in best_srv(answer) if each.target and not cloud_of(each.target)]
    names = dict.fromkeys((*access, *(f"sip.{domain}" for domain in domains), *targets))
    return tuple(names), Unanswered(tuple(missing)) if missing else None


def online_names(evidence: Evidence) -> tuple[str, ...]:
    """``sip.`` each SIP domain that is enabled in the tenant; none where the tenant could not be asked."""
    answer = evidence.attempt(ONLINE_SIP_DOMAINS)
    if isinstance(answer, NoAnswer):
        return ()
    return tuple(
        f"sip.{domain}"
        for domain, status in online_sip_domains(answer).items()
        if status == "Enabled" and not any(lies_in(domain, each) for each in _MICROSOFTS)
    )
