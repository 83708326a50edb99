"""What can be learnt of a deployment without credentials, for its first configuration: questions, and what was found.

Nothing of it is certain enough to judge by. Each finding says where it comes from, so that whoever fills in the rest
can tell what to trust.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from checker.model.answers import HttpAnswer
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import Fact
from checker.model.probes import AnyProbe, DnsProbe, HttpProbe, Vantage
from checker.model.undecided import Undecided, Unreadable
from checker.readings.autodiscover import is_autodiscover
from checker.readings.dns_records import address, best_srv, cloud_of, federation_name, federation_srv, host
from checker.readings.names import dns_name, is_host_name
from checker.readings.openid_configuration import LOGIN_HOSTS, Tenant, openid_configuration, read_tenant
from checker.rendering.hostile_text import in_ascii, plain

T = TypeVar("T")

_LONGEST_QUOTE = 120  # characters of what others wrote, enough to recognise it by


@dataclass(frozen=True)
class Discovery:
    """``tenant``: ``None`` where none was found, or several. ``access_edges``: the Access Edge's names as the internet
    knows them, which need not be the servers' own. ``front_ends``: what stands behind lyncdiscover.

    The notes are sentences of printable ASCII: what was found where and when, and why the rest was not.
    """

    domains: tuple[str, ...]
    tenant: Tenant | None
    access_edges: tuple[str, ...]
    front_ends: tuple[str, ...]
    tenant_notes: tuple[str, ...]
    edge_notes: tuple[str, ...]
    web_notes: tuple[str, ...]


def questions(domains: Iterable[str]) -> tuple[AnyProbe, ...]:
    """All of them, whatever the others bring: so one silent server holds up no more than its own answer."""
    return tuple(probe for domain in domains for probe in _of_domain(domain))


def _of_domain(domain: str) -> tuple[AnyProbe, ...]:
    return (
        *(openid_configuration(login, domain) for login in LOGIN_HOSTS),
        federation_srv(domain),
        address(Vantage.DNS_EXTERNAL, _lyncdiscover(domain)),
        DnsProbe(vantage=Vantage.DNS_EXTERNAL, name=_lyncdiscover(domain), record="AAAA"),
        *_web_probes(domain),
    )


def _lyncdiscover(domain: str) -> str:
    return f"lyncdiscover.{domain}"


def _web_probes(domain: str) -> tuple[HttpProbe, ...]:
    """Without TLS as well: a certificate of the company's own authority is often not trusted here."""
    return tuple(
        HttpProbe(vantage=Vantage.HERE, url=f"{scheme}://{_lyncdiscover(domain)}/") for scheme in ("https", "http")
    )


def discovered(domains: tuple[str, ...], facts: Mapping[AnyProbe, Fact]) -> Discovery:
    """``facts`` holds one for each of the :func:`questions` about ``domains``."""
    evidence = Evidence(facts)
    tenants, tenant_notes = _gathered(said for domain in domains for said in _tenant(evidence, domain))
    access_edges, edge_notes = _gathered(said for domain in domains for said in _federation(evidence, domain))
    front_ends, web_notes = _gathered(said for domain in domains for said in _web_services(evidence, domain))
    return Discovery(
        domains=domains,
        tenant=tenants[0] if len(tenants) == 1 else None,
        access_edges=access_edges,
        front_ends=front_ends,
        tenant_notes=tenant_notes,
        edge_notes=edge_notes,
        web_notes=web_notes,
    )


Said = tuple[T | None, str]  # what was found, if anything, and the note on it


def _gathered(said: Iterable[Said[T]]) -> tuple[tuple[T, ...], tuple[str, ...]]:
    found, notes = zip(*said, strict=True)
    return tuple(dict.fromkeys(each for each in found if each is not None)), notes


def _tenant(evidence: Evidence, domain: str) -> Iterator[Said[Tenant]]:
    """Of the sign-in hosts the one counts that knows the domain; the others matter only where none does."""
    others = []
    is_known = False
    for login in LOGIN_HOSTS:
        probe = openid_configuration(login, domain)
        try:
            tenant = read_tenant(evidence.answer(probe))
        except Undecided as why:
            others.append(f"{domain}: {login} did not say whose it is ({_reason(why)})")
            continue
        if tenant is None:
            others.append(f"{domain}: no domain of a tenant, says {login} ({_when(evidence, probe)})")
        else:
            is_known = True
            cloud = tenant.cloud.value if tenant.cloud else "not told apart from others behind that host"
            yield tenant, f"{domain}: tenant {tenant.id}, cloud {cloud}, says {login} ({_when(evidence, probe)})"
    if not is_known:
        yield from ((None, note) for note in others)


def _federation(evidence: Evidence, domain: str) -> Iterator[Said[str]]:
    probe, name = federation_srv(domain), f"SRV {federation_name(domain)}"
    try:
        answer = evidence.answer(probe)
        records = best_srv(answer)
    except Undecided as why:
        yield None, f"{name}: not known ({_reason(why)})"
        return
    says = f"says {answer.server} ({_when(evidence, probe)})"
    if not records:
        yield None, f"{name}: no such record ({answer.rcode}), {says}; nothing leads partners to an Edge"
    for record in records:
        if not record.target:
            yield None, f'{name}: ".", federation is not offered, {says}'
        elif not is_host_name(record.target):
            yield None, f"{name}: its target {_quoted(record.target)} is no name of a server, {says}"
        elif cloud := cloud_of(record.target):
            yield None, f"{name}: {record.target}, so federation leads to the cloud ({cloud.value}) already, {says}"
        else:
            yield record.target, f"{name}: {record.target}, port {record.port}, {says}"


def _web_services(evidence: Evidence, domain: str) -> Iterator[Said[str]]:
    name = _lyncdiscover(domain)
    try:
        found = host(evidence, Vantage.DNS_EXTERNAL, name)
    except Undecided as why:
        yield None, f"{name}: not known ({_reason(why)})"
        return
    leads = _quoted(str(found))
    if found.cloud:
        yield None, f"{name}: in the cloud ({found.cloud.value}): {leads}"
    elif not found.addresses:
        yield None, f"{name}: nowhere: {leads}"
    else:
        replies = ((probe, evidence.attempt(probe)) for probe in _web_probes(domain))
        front_end, said = next(
            (
                _web_server(answer, f"{probe.url} ({_when(evidence, probe)})")
                for probe, answer in replies
                if isinstance(answer, HttpAnswer) and not answer.tls_error
            ),
            (None, "no reply over HTTPS or HTTP was seen from this machine"),
        )
        yield front_end, f"{leads}; {said}"


def _web_server(answer: HttpAnswer, asked: str) -> Said[str]:
    said = answer.headers.get("x-ms-server-fqdn", "")
    if not said:
        kind = "a reply of Autodiscover" if is_autodiscover(answer.body) else "no reply of Autodiscover"
        return None, f"{asked}: status {answer.status}, {kind}, and no header that names a Front End"
    try:
        front_end = dns_name(said)
    except Unreadable:
        front_end = ""
    if not is_host_name(front_end):
        return None, f"{asked}: its header X-MS-Server-Fqdn is no name of a server: {_quoted(said)}"
    return front_end, f"{asked}: on premises, its header X-MS-Server-Fqdn names {front_end}"


def _when(evidence: Evidence, probe: AnyProbe) -> str:
    return f"{evidence.observed_at(probe):%Y-%m-%d %H:%M} UTC"


def _reason(why: Undecided) -> str:
    detail = why.missing[0][1].detail if isinstance(why, Unanswered) else why.detail
    return in_ascii(plain(detail))


def _quoted(text: str) -> str:
    """What others wrote, as one short line that ends no comment and moves no cursor."""
    safe = in_ascii(plain(text))
    return safe if len(safe) <= _LONGEST_QUOTE else f"{safe[:_LONGEST_QUOTE]}..."
