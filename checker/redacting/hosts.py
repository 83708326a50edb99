"""Which names are those of hosts to be hidden, and which names of hosts and addresses everybody may know."""

import base64
import binascii
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from checker.model.answers import DnsAnswer, HttpAnswer, Json, Objects, TlsAnswer
from checker.model.facts import Fact, Snapshot
from checker.model.probes import CmdletProbe, DnsProbe, HttpProbe, TlsProbe
from checker.readings.addresses import lies_within
from checker.readings.cloud_names import CLOUD_NAMES, PUBLISHED_RANGES
from checker.redacting.answered import answered
from checker.redacting.people import PEOPLE, People

_LABEL = r"(?:xn--)?\w+(?:-\w+)*"
# "--" ends no label here: what stands before it is the vantage, as in edge--edge01.contoso.com.
NAME = rf"(?<![\w@])(?<!\w[.-])(?:{_LABEL}\.)+(?:xn--)?[^\W\d_](?:[\w-]*\w)?(?![\w@])"
_NAME = re.compile(NAME)

_CLOUD = frozenset(
    ".".join(host.split(".")[-2:])
    for names in CLOUD_NAMES.values()
    for host in (names.sipfed, names.sipdir, names.webdir, names.login, names.graph, names.config_api)
    if host
) | {"onmicrosoft.com", "onmicrosoft.us", "onmschina.cn", "outlook.com", "office.com", "windows.net"}
# A SIP domain has them by name, whoever it belongs to: they say no more than the domain, which stays.
_CONVENTIONAL = frozenset({"lyncdiscover", "lyncdiscoverinternal", "msoid", "csready-wildcard-probe"})
_PUBLIC_RESOLVERS = frozenset({"8.8.8.8", "8.8.4.4", "1.1.1.1", "9.9.9.9"})  # of Google, Cloudflare and Quad9

_SIP_DOMAINS = frozenset({"get-cssipdomain", "get-csonlinesipdomain"})
_SERVERS = frozenset({"get-cspool", "get-csservice", "get-csmanagementstorereplicationstatus"})
_OF_A_HOST = re.compile(r"fqdn$|^nexthop|^subject$|^alternativenames$", re.IGNORECASE)
_PROXIES = frozenset({"ProxyServer", "AutoConfigURL", "WinHttpSettings"})
_PROXY = re.compile(r"(?<![\w.-])(?:[\w-]+(?=:\d|/)|(?:[\w-]+\.)+[a-z][\w-]*)", re.IGNORECASE)
_MOST_LABELS = 12  # of a domain that hosts lie in


@dataclass(frozen=True)
class Hosts:
    """``sip_domains`` stay; what lies below one of ``domains`` is a host, and so is each of ``others``. ``short``:
    names without a domain to the whole ones, all in lower case.
    """

    sip_domains: frozenset[str]
    domains: frozenset[str]
    others: frozenset[str]
    short: dict[str, str]

    def parted(self, name: str, *, is_certain: bool) -> tuple[str, str]:
        """What stays of a name, the labels of a service (``_sip._tls.``); and the host to be hidden, in the form in
        which hosts are compared, empty where there is none. ``is_certain``: it can be nothing else than a host's.
        """
        plain = name.lower().rstrip(".")
        labels = plain.split(".")
        first = next((place for place, label in enumerate(labels) if not label.startswith("_")), len(labels))
        host = ".".join(labels[first:])
        is_host = is_certain or host in self.others
        above = range(max(first, len(labels) - _MOST_LABELS), len(labels))
        is_host = is_host or any(".".join(labels[place:]) in self.domains for place in above)
        return (name[: len(plain) - len(host)], host) if host and is_host and not self.stays(host) else (name, "")

    def stays(self, host: str) -> bool:
        """A SIP domain, a host of the cloud, or one that is named for its domain alone."""
        first, _, domain = host.partition(".")
        return host in self.sip_domains or _is_clouds(host) or (first in _CONVENTIONAL and domain in self.sip_domains)


def hosts(snapshot: Snapshot, everybody: People) -> Hosts:
    """Of the operator's settings, of what was asked, and of what the answers name as a server."""
    target = snapshot.target
    sip_domains = {*target.sip_domains, *everybody.sip_domains, *_sip_domains(snapshot)}
    own = {host for host in {*_own(snapshot), *everybody.pools, *target.edges} if host and not _is_clouds(host)}
    own |= {target.runbook.proxy_pool.lower()} if target.runbook.proxy_pool else set()
    domains = sip_domains | everybody.domains | {host.partition(".")[2] for host in own}
    domains = {each for each in domains if "." in each and not _is_clouds(each)}
    named = {name for fact in snapshot.facts for name in _named(fact)} | own
    others = {each for each in named if "." in each and not _is_clouds(each)} - sip_domains
    single = {each for each in named if "." not in each}
    return Hosts(frozenset(sip_domains), frozenset(domains), frozenset(others), _short(own | single))


def _short(names: Set[str]) -> dict[str, str]:
    """Of two hosts that are called the same it is neither."""
    whole: dict[str, set[str]] = {}
    for name in names:
        first, dot, _ = name.partition(".")
        whole.setdefault(first, set()).update((name,) if dot else ())
    return {first: min(found) if len(found) == 1 else first for first, found in whole.items() if first}


def address_stays(address: str) -> bool:
    """Of this machine itself, of a resolver for everybody, or of the cloud."""
    found = ip_address(address)
    if found.is_loopback or found.is_unspecified or address in _PUBLIC_RESOLVERS:
        return True
    return any(lies_within(address, ranges) for ranges in PUBLISHED_RANGES.values())


def _is_clouds(host: str) -> bool:
    return ".".join(host.split(".")[-2:]) in _CLOUD


def _sip_domains(snapshot: Snapshot) -> Iterator[str]:
    for cmdlet, rows in answered(snapshot):
        if cmdlet in _SIP_DOMAINS:
            yield from (row[key].lower() for row in rows for key in ("Name", "Identity") if type(row.get(key)) is str)


def _own(snapshot: Snapshot) -> Iterator[str]:
    """Hosts that the operator runs: what was asked of them, and what the topology lists."""
    for run in snapshot.commands_run:
        yield from _host_of(run.where)
    for fact in snapshot.facts:
        yield fact.probe.host.lower()
        yield from _host_of(fact.source)
    for cmdlet, rows in answered(snapshot):
        if cmdlet in _SERVERS:
            yield from _names_in(list(rows))


def _named(fact: Fact) -> Iterator[str]:
    """Hosts that a question or its answer names as such, whoever they belong to."""
    probe, answer = fact.probe, fact.answer
    match probe:
        case DnsProbe():
            yield probe.name
        case TlsProbe():
            yield probe.server
        case HttpProbe():
            yield from _host_of(probe.url)
    match answer:
        case DnsAnswer():
            for record in answer.records:
                yield from _names_in(record.data)
        case TlsAnswer():
            for certificate in answer.chain[:1]:
                yield from _names_in([certificate.subject, *certificate.names])
        case HttpAnswer():
            for url in (answer.url, *answer.redirects):
                yield from _host_of(url)
        case Objects():
            if isinstance(probe, CmdletProbe) and probe.cmdlet.lower() not in PEOPLE:
                yield from _of_properties(list(answer.rows))


def _of_properties(value: Json) -> Iterator[str]:
    if type(value) is list:
        for each in value:
            yield from _of_properties(each)
    elif type(value) is dict:
        for name, each in value.items():
            if _OF_A_HOST.search(name):
                yield from _names_in(each)
            else:
                yield from _of_properties(each)
        if value.get("Name") in _PROXIES:
            yield from (found.lower() for found in _PROXY.findall(registry_text(value.get("Value"))))


def registry_text(value: Json) -> str:
    """What a value of the registry says, also where its bytes came as a list of numbers or as Base64."""
    try:
        if type(value) is list:
            return bytes(value).decode("latin-1").replace("\0", " ")
        if type(value) is str and not re.search(r"[.:]", value):
            return base64.b64decode(value, validate=True).decode("latin-1").replace("\0", " ")
    except (binascii.Error, TypeError, ValueError):
        return ""
    return value if type(value) is str else ""


def _host_of(url: str) -> Iterator[str]:
    """Of each address in a text; none where it is no URL."""
    for word in url.split():
        if "://" in word:
            try:
                name = urlsplit(word).hostname or ""
            except ValueError:  # a bracket without its pair
                continue
            if _NAME.fullmatch(name):
                yield name.lower()


def _names_in(value: Json) -> Iterator[str]:
    if type(value) is str:
        yield from (found.lower() for found in _NAME.findall(value))
    elif type(value) is list:
        for each in value:
            yield from _names_in(each)
    elif type(value) is dict:
        for name, each in value.items():
            if name != "@type":
                yield from _names_in(each)
