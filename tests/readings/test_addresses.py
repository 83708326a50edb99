"""Addresses and the networks that they lie in."""

import pytest

from checker.model.undecided import Unreadable
from checker.readings.addresses import PRIVATE, lies_within, networks


@pytest.mark.parametrize(
    ("address", "is_private"),
    [
        ("10.1.2.3", True),
        ("172.31.255.255", True),
        ("172.32.0.0", False),
        ("192.168.0.1", True),
        ("203.0.113.9", False),  # reserved for documents, and no network of the inside
        ("127.0.0.1", False),
        ("fd00::1", True),
        ("2001:db8::1", False),
    ],
)
def test_private_is_what_networks_of_the_inside_use(address: str, is_private: bool) -> None:
    assert lies_within(address, PRIVATE) is is_private


def test_both_families_may_stand_in_one_list() -> None:
    assert lies_within("2603:1063::1", networks("52.112.0.0/14", "2603:1063::/38"))


@pytest.mark.parametrize("text", ["", "10.0.0", "sip.contoso.com", "10.0.0.0/8"])
def test_what_is_no_address_lies_nowhere(text: str) -> None:
    with pytest.raises(Unreadable):
        lies_within(text, PRIVATE)
