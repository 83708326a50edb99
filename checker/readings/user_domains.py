"""How the SIP domains of the batch stand, on-premises and online: each is judged once, however many users it has."""

from collections.abc import Callable, Mapping

from checker.model.evidence import Evidence, Unanswered, Wanted
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.model.target import Target
from checker.model.undecided import Undecided, Unreadable
from checker.readings.names import is_dns_name
from checker.readings.subjects import SIP_DOMAINS, on_premises_sip_domains
from checker.readings.tenant_domains import is_enabled_online, is_verified
from checker.readings.users import batch


def domain_standings(target: Target, evidence: Evidence) -> Mapping[str, str | Undecided]:
    """What is wrong with each domain of the batch, empty for nothing, or why that is not known.

    Asks for all domains together. Raises ``Undecided`` where nobody could say who the batch is.
    """
    found: dict[str, str | Undecided] = {}
    wanted: dict[AnyProbe, None] = {}
    for domain in dict.fromkeys(user.sip_domain for user in evidence.derive(batch(target))):
        try:
            found[domain] = _trouble(target, evidence, domain)
        except Wanted as missing:
            wanted.update(dict.fromkeys(missing.probes))
        except Undecided as why:
            found[domain] = why.with_traceback(None)
    if wanted:
        raise Wanted(tuple(wanted))
    return found


def _trouble(target: Target, evidence: Evidence, domain: str) -> str:
    """What certainly is wrong counts before what is not known. Raises ``Undecided`` where only that is left."""
    if not is_dns_name(domain):
        raise Unreadable(f"{domain!r} is no SIP domain")
    unknown: Undecided | None = None
    for look in _LOOKS:
        try:
            if trouble := look(target, evidence, domain):
                return trouble
        except Undecided as why:
            unknown = unknown or why
    if unknown:
        raise unknown
    return ""


def _on_premises(target: Target, evidence: Evidence, domain: str) -> str:
    answer = evidence.attempt(SIP_DOMAINS)
    if not isinstance(answer, NoAnswer):
        return "" if domain in on_premises_sip_domains(answer) else "no SIP domain of the servers"
    if domain not in target.sip_domains:  # what the operator names need not be all
        raise Unanswered(((SIP_DOMAINS, answer),))
    return ""


def _verified(target: Target, evidence: Evidence, domain: str) -> str:
    standing = is_verified(target, evidence, domain)
    return "" if standing.holds else standing.observed


def _enabled(target: Target, evidence: Evidence, domain: str) -> str:
    standing = is_enabled_online(target, evidence, domain)
    return "" if standing.holds else standing.observed


_LOOKS: tuple[Callable[[Target, Evidence, str], str], ...] = (_on_premises, _verified, _enabled)
