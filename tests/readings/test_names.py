import pytest

from checker.model.undecided import Unreadable
from checker.readings.names import dns_name, is_host_name, lies_in, same_name, sip_address


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Sip.Contoso.COM.", "sip.contoso.com"),
        (" sipfed.online.lync.com ", "sipfed.online.lync.com"),
        ("münchen.example", "xn--mnchen-3ya.example"),
        (".", ""),
        ("", ""),
    ],
)
def test_a_dns_name_has_one_spelling(written: str, read: str) -> None:
    assert dns_name(written) == read


def test_what_cannot_be_a_dns_name_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="no DNS name"):
        dns_name("ü" * 64 + ".example")


@pytest.mark.parametrize(
    ("is_one", "name"),
    [
        (True, "sip.contoso.com"),
        (True, "xn--mnchen-3ya.example"),
        (False, ""),
        (False, "-sip.contoso.com"),
        (False, "sip_.contoso.com"),
        (False, "sip..contoso.com"),
        (False, 'sip".contoso.com'),
        (False, "sip.contoso.com\n"),
        (False, f"{'a' * 64}.contoso.com"),
        (False, "a." * 126 + "ab"),
    ],
)
def test_a_host_name_has_letters_digits_and_hyphens_within(is_one: bool, name: str) -> None:
    assert is_host_name(name) is is_one


@pytest.mark.parametrize(
    ("inside", "name", "domain"),
    [
        (True, "contoso.com", "Contoso.com."),
        (True, "sip.contoso.com", "contoso.com"),
        (False, "edge.evilcontoso.com", "contoso.com"),
        (False, "contoso.com", "sip.contoso.com"),
        (False, "contoso.com.evil.example", "contoso.com"),
    ],
)
def test_names_are_compared_label_by_label(inside: bool, name: str, domain: str) -> None:
    assert lies_in(name, domain) is inside


def test_case_and_final_dot_make_no_other_name() -> None:
    assert same_name("Edge.contoso.com.", "edge.CONTOSO.com")
    assert not same_name("edge.contoso.com", "edge1.contoso.com")


@pytest.mark.parametrize("written", ["sip:Anna@Contoso.com", "SIP:anna@contoso.com ", "anna@contoso.com"])
def test_a_sip_address_has_one_spelling(written: str) -> None:
    assert sip_address(written) == "anna@contoso.com"
