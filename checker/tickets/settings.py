"""Where a ticket system is and as whom it is spoken to: from the environment, the keyring or a prompt."""

import base64
import ipaddress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from checker.credentials import Ask, Credentials, Need, from_keyring
from checker.errors import UsageError
from checker.tickets.system import Kind, Site
from checker.tickets.target import Target

_UNLOCKING_S = 30.0


@dataclass(frozen=True)
class Access:
    """``authorization``: the value of that header, the one secret here; without one, a word for what is missing."""

    site: Site
    authorization: str = field(repr=False)


def access(target: Target, credentials: Credentials, ask: Ask | None) -> Access:
    """Raises ``UsageError`` naming the variable that is missing, or what cannot be used."""
    kind = target.kind
    site = _site(target, credentials)
    if site is None:
        raise UsageError(
            f"--to {kind.prefix}:{target.ticket}: the address of {kind.title} is not known",
            f"Set {kind.variables.url}, as in {kind.stand_in}, or give the URL of the ticket.",
        )
    user = (credentials.get(kind.variables.user) or "").strip()
    if not user and kind.needs_user(site):
        raise UsageError(
            f"{kind.variables.user} is not set", f"It is the account on {site.host} that will attach and comment."
        )
    return Access(site, _authorization(user, _secret(kind, user, site, credentials, ask), kind))


def supposed_access(target: Target, credentials: Credentials) -> Access:
    """What a dry run shows: with the address that is known, else one that stands for it, and no secret."""
    site = _site(target, credentials) or Site(target.kind.stand_in)
    basic = target.kind.needs_user(site) or credentials.get(target.kind.variables.user)
    return Access(site, "Basic" if basic else "Bearer")


def _site(target: Target, credentials: Credentials) -> Site | None:
    """``None`` where nobody said it. The address of the environment wins: it may say what a ticket's URL does not."""
    variable = target.kind.variables.url
    said = credentials.get(variable)
    if not said:
        return Site(_checked(target.base, "--to")) if target.base else None
    site = Site(_checked(said.strip(), variable))
    if target.base and Site(target.base).host != site.host:
        raise UsageError(
            f"--to names {Site(target.base).host}, and {variable} names {site.host}",
            "The account belongs to that site and is shown to no other. Change one of the two.",
        )
    return site


def _checked(base: str, where: str) -> str:
    try:
        url = urlsplit(base)
        host, _ = url.hostname or "", url.port
    except ValueError:
        host = ""
    if not host or url.scheme not in ("https", "http"):
        raise UsageError(f"{where}: is no address of a ticket system", "Give one like https://jira.contoso.com.")
    if "@" in url.netloc:
        raise UsageError(f"{where}: carries a login", "Leave it out; the account has variables of its own.")
    if url.scheme == "http" and not _is_loopback(host):
        raise UsageError(f"{where}: http would send the account's secret in the clear", "Use https.")
    return f"{url.scheme}://{url.netloc}{url.path}".rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _secret(kind: Kind, user: str, site: Site, credentials: Credentials, ask: Ask | None) -> str:
    need = Need(kind.variables.password, f"password or token{f' of {user}' if user else ''} on {site.host}")
    if need.variable not in credentials:
        for variable, value in from_keyring([need.variable], _UNLOCKING_S).items():
            credentials.keep(variable, value)
    if need.variable not in credentials and ask and (typed := ask(f"csready: {need.purpose} ({need.variable}): ")):
        credentials.keep(need.variable, typed)
    secret = (credentials.get(need.variable) or "").strip()
    if not secret:
        raise UsageError(
            f"{need.variable} is not set",
            f"It is the {need.purpose}; put it into the environment or the keyring. --dry-run needs none.",
        )
    return secret


def _authorization(user: str, secret: str, kind: Kind) -> str:
    if not user:
        if not (secret.isascii() and secret.isprintable()):  # requests would quote it in its error
            raise UsageError(f"{kind.variables.password}: holds characters that no token has", "Copy it again.")
        return f"Bearer {secret}"
    if ":" in user:  # RFC 7617 2
        raise UsageError(f"{kind.variables.user}: has a colon in it", "Give the account's name alone.")
    return f"Basic {base64.b64encode(f'{user}:{secret}'.encode()).decode('ascii')}"
