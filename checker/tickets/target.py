"""What ``--to`` names: a ticket, the kind of system it is in, and that system's address where the ticket is a URL."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from checker.errors import UsageError
from checker.tickets.jira import JIRA
from checker.tickets.servicenow import SERVICENOW
from checker.tickets.system import Kind

KINDS = (JIRA, SERVICENOW)  # a new system is a module with its kind, and its name here
_ELSEWHERE = {"ado": "Azure DevOps", "github": "GitHub", "gitlab": "GitLab"}
_ELSEWHERE_HOSTS = {"dev.azure.com": "Azure DevOps", "github.com": "GitHub", "gitlab.com": "GitLab"}
_HINT = f"Write {', '.join(kind.example for kind in KINDS)}, or the URL of the ticket."


@dataclass(frozen=True)
class Target:
    """``base``: of the URL that was given; ``None`` where the environment has to name the address."""

    kind: Kind
    ticket: str
    base: str | None


def parse_target(text: str) -> Target:
    """Raises ``UsageError`` for what names no ticket, and for a system that this version has no module for."""
    text = text.strip()
    if text.lower().startswith(("https://", "http://")):
        return _from_url(text)
    prefix, _, ticket = text.partition(":")
    if prefix in _ELSEWHERE:
        raise _no_module(text, _ELSEWHERE[prefix])
    kind = next((kind for kind in KINDS if kind.prefix == prefix), None)
    if kind is None:
        raise UsageError(f"--to {text}: names no ticket system", _HINT)
    if not kind.ticket.fullmatch(ticket):
        raise UsageError(f"--to {text}: is no ticket of {kind.title}", f"Write one like {kind.example}.")
    return Target(kind, ticket.upper(), base=None)


def _from_url(text: str) -> Target:
    try:
        url = urlsplit(text)
        host, _ = url.hostname or "", url.port
    except ValueError as exc:  # half an IPv6 address, a port that is none
        raise UsageError("--to: is no URL that can be asked for", _HINT) from exc
    if "@" in url.netloc:
        raise UsageError("--to: the URL carries a login", "Leave it out; accounts come from the environment.")
    if host in _ELSEWHERE_HOSTS:
        raise _no_module(text, _ELSEWHERE_HOSTS[host])
    for kind in KINDS:
        if found := kind.ticket_in(url):
            return Target(kind, found[1], found[0].rstrip("/"))
    raise UsageError(f"--to {text}: no ticket can be read from this URL", _HINT)


def _no_module(text: str, system: str) -> UsageError:
    return UsageError(f"--to {text}: this version has no module for {system}", _HINT)
