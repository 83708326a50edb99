"""The Active Directory domains of users and servers: domain components of a DN, DNS suffixes of the Front Ends."""

import re
from functools import lru_cache

from checker.model.checks import ServerRole
from checker.model.evidence import Evidence
from checker.model.undecided import Unreadable
from checker.readings.topology import servers

_COMPONENTS = re.compile(r"(?:(?:^|(?<!\\),)\s*dc=[^,\\]+)+$", re.IGNORECASE)
_COMPONENT = re.compile(r"dc=([^,]+)", re.IGNORECASE)


def user_domain(dn: str) -> str:
    """``corp.contoso.com``, lower case; empty for what ends in no domain components."""
    found = dn.lower()
    begin = found.find(",dc=")
    # Most users share what follows the first component; a comma behind a backslash belongs to a name.
    is_end = begin > 0 and found[begin - 1] != "\\" and not found.startswith("dc=")
    return _joined(found[begin:] if is_end else found)


@lru_cache(maxsize=4096)
def _joined(end: str) -> str:
    found = _COMPONENTS.search(end)
    return ".".join(each.strip() for each in _COMPONENT.findall(found[0])) if found else ""


def server_domains(evidence: Evidence) -> frozenset[str]:
    """The domains of the Front Ends, by their FQDNs; an Edge is seldom a member of one. For ``evidence.derive``.

    Raises ``Undecided`` when the topology was not read, or names no Front End with its domain.
    """
    front_ends = (server.fqdn for server in servers(evidence) if server.role is ServerRole.FRONT_END)
    found = frozenset(fqdn.partition(".")[2] for fqdn in front_ends) - {""}
    if not found:
        raise Unreadable("Get-CsPool names no Front End by its FQDN")
    return found
