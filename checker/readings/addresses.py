"""IP addresses as DNS gives them, and the networks that they lie in."""

from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from checker.model.undecided import Unreadable

Network = IPv4Network | IPv6Network


def networks(*texts: str) -> tuple[Network, ...]:
    """``networks("10.0.0.0/8")``. Raises ValueError for what is none."""
    return tuple(map(ip_network, texts))


PRIVATE = networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")  # RFC 1918 3, RFC 4193 3


def lies_within(address: str, ranges: tuple[Network, ...]) -> bool:
    """Raises ``Unreadable`` for what is no IP address."""
    try:
        found = ip_address(address)
    except ValueError as exc:
        raise Unreadable(f"{address!r} is no IP address") from exc
    return any(found in network for network in ranges)
