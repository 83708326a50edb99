"""DNS names and SIP addresses, compared as the field compares them: without case, without final dot, label by label."""

import re

from checker.model.undecided import Unreadable

_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")  # RFC 1123 2.1


def dns_name(name: str) -> str:
    """Lower case, no final dot, A-labels. Raises ``Unreadable`` for what cannot be a DNS name."""
    plain = name.strip().rstrip(".")
    try:
        encoded = (
            plain if plain.isascii() else ".".join(label.encode("idna").decode("ascii") for label in plain.split("."))
        )
    except UnicodeError as exc:
        raise Unreadable(f"{name!r} is no DNS name") from exc
    return encoded.lower()


def is_dns_name(name: str) -> bool:
    """Whether it is in its compared form, with two labels at the least: what a SIP domain looks like."""
    try:
        return dns_name(name) == name and all(name.split(".")) and "." in name
    except Unreadable:
        return False


def is_host_name(name: str) -> bool:
    """Whether a name in its compared form can be that of a host or a domain."""
    return len(name) <= 253 and all(map(_LABEL.fullmatch, name.split(".")))


def same_name(one: str, other: str) -> bool:
    return dns_name(one) == dns_name(other)


def lies_in(name: str, domain: str) -> bool:
    """Whether the name equals the domain or lies below it. ``edge.evilcontoso.com`` does not lie in ``contoso.com``."""
    inner, outer = dns_name(name), dns_name(domain)
    return inner == outer or inner.endswith("." + outer)


def sip_address(address: str) -> str:
    """``a@contoso.com`` from ``sip:A@contoso.com``."""
    bare = address.strip().lower()
    return bare.removeprefix("sip:")
