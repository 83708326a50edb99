"""The tenant's domains: which are verified, which SIP domains are enabled online, and how one domain stands in both.

Get-CsTenant and Get-CsOnlineSipDomain (Microsoft Learn), List domains (Microsoft Graph), read 2026-11-22.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from checker.model.answers import HttpAnswer, Json, Objects
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer, cure
from checker.model.probes import AnyProbe, CmdletProbe, HttpProbe, Vantage
from checker.model.target import Target
from checker.model.undecided import Undecided, Unreadable
from checker.readings import rows
from checker.readings.alternatives import first_read
from checker.readings.autodiscover import Online, original_domain, said_of_domain
from checker.readings.cloud_names import CLOUD_NAMES
from checker.readings.names import dns_name, is_host_name
from checker.readings.online_sip_domains import ONLINE_SIP_DOMAINS, online_sip_domains
from checker.readings.openid_configuration import openid_configuration, read_tenant
from checker.readings.tenant import TENANT, only

GRAPH_DOMAINS = CmdletProbe(vantage=Vantage.TENANT, cmdlet="Get-MgDomain", properties=("Id", "IsVerified"))

# What ConvertTo-Json leaves of an object below its depth.
_TYPE_NAME = re.compile(r"(microsoft\.(rtc|teams)\.|deserialized\.|system\.(collections\.|object))")
_CLIPPED = re.compile(r"@\{(?:.*; )?Name=([^;}]+)[;}].*", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a domain stands as it must, and what was seen. ``is_signal``: a live signal of the cloud says so, for the
    tenant's own list was not read.
    """

    holds: bool
    observed: str
    is_signal: bool = False


def verified_domains(evidence: Evidence) -> frozenset[str]:
    """Of Get-CsTenant, or of Get-MgDomain. Raises ``Undecided`` when neither can be read; shared by many judgings, so
    hand it to ``evidence.derive``.
    """
    return first_read(evidence, (TENANT, _of_tenant), (GRAPH_DOMAINS, _of_graph))[1]


def is_verified(target: Target, evidence: Evidence, domain: str) -> Standing:
    """Without the list a sign-in host can at most tell that no tenant of its cloud has the domain: that one has it does
    not say that it is this one. Raises ``Undecided`` where that is all there is.
    """
    try:
        found = dns_name(domain) in evidence.derive(verified_domains)
    except Unanswered as unread:
        return _known_to_nobody(target, evidence, domain, unread)
    return Standing(found, "verified in the tenant" if found else "not among the verified domains of the tenant")


def is_enabled_online(target: Target, evidence: Evidence, domain: str) -> Standing:
    """By Get-CsOnlineSipDomain: ``Status Enabled``, ``Status Disabled`` or ``Status not listed``; without it by what
    the cloud's Autodiscover replies, from here. Raises ``Undecided`` where that is ambiguous.
    """
    answer = evidence.attempt(ONLINE_SIP_DOMAINS)
    if isinstance(answer, NoAnswer):
        probe = original_domain(target.cloud, domain)
        signal = said_of_domain(target.cloud, _live(evidence, probe, ((ONLINE_SIP_DOMAINS, answer),)))
        if signal is Online.AMBIGUOUS:
            raise Undecided(answer.reason, f"{answer.detail}; the live reply was ambiguous", cure((answer,)))
        return Standing(signal is Online.ENABLED, f"Autodiscover, seen from here: {signal.value}", is_signal=True)
    status = online_sip_domains(answer).get(dns_name(domain), "not listed")
    return Standing(status == "Enabled", f"Status {status}")


def _known_to_nobody(target: Target, evidence: Evidence, domain: str, unread: Unanswered) -> Standing:
    login = CLOUD_NAMES[target.cloud].login
    if read_tenant(_live(evidence, openid_configuration(login, domain), unread.missing)) is None:
        return Standing(False, f"no tenant that {login} knows has the domain", is_signal=True)
    detail = f"{unread.detail}; a tenant has the domain, which one was not compared"
    raise Undecided(unread.reason, detail, unread.needs)


def _live(evidence: Evidence, probe: HttpProbe, unread: tuple[tuple[AnyProbe, NoAnswer], ...]) -> HttpAnswer:
    answer = evidence.attempt(probe)
    if isinstance(answer, NoAnswer):
        raise Unanswered((*unread, (probe, answer)))
    return answer


def _of_tenant(answer: Objects) -> frozenset[str]:
    found = frozenset(map(_name, rows.items(only(answer, "Get-CsTenant"), "VerifiedDomains")))
    return _not_none(found, "Get-CsTenant shows no verified domain")


def _of_graph(answer: Objects) -> frozenset[str]:
    listed = rows.all_of(answer, "Get-MgDomain")
    found = frozenset(_domain(rows.text(row, "Id")) for row in listed if rows.flag(row, "IsVerified"))
    return _not_none(found, "Get-MgDomain shows no verified domain")


def _not_none(found: frozenset[str], otherwise: str) -> frozenset[str]:
    """Every tenant has the domain it was made with."""
    if not found:
        raise Unreadable(otherwise)
    return found


def _name(item: Json) -> str:
    """An object with a Name, or what ``ConvertTo-Json`` leaves of it below its depth: ``@{Name=contoso.com; ...}``."""
    if isinstance(item, Mapping) and rows.has(item, "Name", "Domain"):
        return _domain(rows.text(item, "Name", "Domain"))
    text = rows.scalar(item, "VerifiedDomains")
    clipped = _CLIPPED.fullmatch(text)
    return _domain(clipped[1] if clipped else text)


def _domain(text: str) -> str:
    name = dns_name(text)
    if _TYPE_NAME.match(name) or "." not in name or not is_host_name(name):
        raise Unreadable("a list of the tenant's domains holds an entry that is no domain")
    return name
