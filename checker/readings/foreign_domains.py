"""SIP domains that are enabled online and are none of this deployment's: another forest in hybrid with the tenant, or
domains that are online only. Which of the two, only users homed in that forest can show (inferred).
"""

from dataclasses import dataclass

from checker.model.answers import Objects
from checker.model.evidence import Evidence
from checker.model.target import Target, said
from checker.model.undecided import Reason, Undecided, Unreadable
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.cloud_users import ONLINE_USERS
from checker.readings.federated_domains import literals, some
from checker.readings.names import dns_name, lies_in, sip_address
from checker.readings.online_sip_domains import ONLINE_SIP_DOMAINS, online_sip_domains
from checker.readings.subjects import SIP_DOMAINS, sip_domains
from checker.readings.users import HOMED_ON_PREMISES

# Domains that the cloud itself gives to tenants; the last two are those of government and 21Vianet (field knowledge).
_OF_THE_SERVICE = ("onmicrosoft.com", "microsoftonline.com", "onmicrosoft.us", "onmschina.cn")

EXPECTED = "no SIP domain of another forest is enabled online"
ONE_FOREST = "there is one forest ([deployment].forests)"
ONLY_THE_OPERATOR_KNOWS = (
    "No user of them is homed on-premises: they are online only, or of another forest; only the operator knows."
)


def enabled_apart_from(answer: Objects, domains: frozenset[str]) -> frozenset[str]:
    """Of Get-CsOnlineSipDomain: what is enabled, is none of ``domains`` and was not given by the service."""
    return frozenset(
        name
        for name, status in online_sip_domains(answer).items()
        if status == "Enabled" and name not in domains and not any(lies_in(name, each) for each in _OF_THE_SERVICE)
    )


def judge_foreign(target: Target, evidence: Evidence) -> Verdict:
    """Filled with ``{domains}``, the elements of a PowerShell array."""
    if target.forests == 1:
        return Verdict.not_applicable(ONE_FOREST)
    own = frozenset(map(dns_name, sip_domains(target, evidence)))
    foreign = enabled_apart_from(evidence.answer(ONLINE_SIP_DOMAINS), own)
    if not foreign:
        return Verdict.when(True, expected=EXPECTED, observed="no other SIP domain is enabled online")
    said(target.forests, "[deployment].forests")
    evidence.answer(SIP_DOMAINS)  # unread, it could hold what is taken for another forest's here
    seen, fill = f"enabled online, not of this deployment: {some(foreign)}", (("domains", literals(foreign)),)
    users = evidence.derive(_online_homes)
    if homed := foreign & users.homed:
        observed = f"{seen}; with users homed on-premises: {some(homed)}"
        return Verdict.when(False, expected=EXPECTED, observed=observed, fill=fill, inferred=True)
    if foreign & users.unread:
        raise Unreadable(f"OnPremHostingProvider cannot be read of users of {some(foreign & users.unread)}")
    if not users.complete:
        raise Undecided(Reason.NO_ACCESS, "Get-CsOnlineUser was read in part", needs="Get-CsOnlineUser of all users")
    return Verdict.mind(expected=EXPECTED, observed=seen, summary=ONLY_THE_OPERATOR_KNOWS, fill=fill)


@dataclass(frozen=True, slots=True)
class _Homes:
    """SIP domains with users homed on-premises, and those with users of whom that was not read."""

    homed: frozenset[str]
    unread: frozenset[str]
    complete: bool


def _online_homes(evidence: Evidence) -> _Homes:
    answer = evidence.answer(ONLINE_USERS)
    homed, unread = set(), set()
    for row in answer.rows:
        domain = dns_name(sip_address(rows.text(row, "SipAddress")).rpartition("@")[2])
        try:
            if rows.text(row, "OnPremHostingProvider").upper() == HOMED_ON_PREMISES:
                homed.add(domain)
        except Unreadable:
            unread.add(domain)
    return _Homes(frozenset(homed), frozenset(unread), answer.complete)
