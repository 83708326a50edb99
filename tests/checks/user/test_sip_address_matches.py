import pytest

from checker.checks.user.sip_address_matches import CHECK
from checker.model.answers import Json
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.cloud_side import ANNA, NO_TENANT, UPN, judged, observed, on_premises, online
from tests.judging import DENIED, contoso, objects

OTHER = "sip:anna.berg@contoso.com"


@pytest.mark.parametrize(
    ("verdict", "properties"),
    [
        ("pass", {"OnPremSipAddress": f"SIP:{ANNA.upper()}"}),
        ("pass", {"OnPremSipAddress": None}),  # SipAddress has it
        ("pass", {}),
        ("fail", {"OnPremSipAddress": OTHER}),
        ("fail", {"OnPremSipAddress": "", "SipAddress": OTHER}),
        ("fail", {"OnPremSipAddress": None, "SipAddress": None, "UserDirSyncEnabled": True}),
        ("not-applicable", {"OnPremSipAddress": None, "SipAddress": None, "UserDirSyncEnabled": False}),
        ("unknown: malformed", {"OnPremSipAddress": None, "SipAddress": None}),
        ("unknown: malformed", {"OnPremSipAddress": {"a": 1}}),
    ],
)
def test_the_address_that_was_synchronised_counts_before_the_clouds_own(
    verdict: str, properties: dict[str, Json]
) -> None:
    assert judged(CHECK, online(**properties)) == verdict


def test_both_addresses_are_shown() -> None:
    assert observed(CHECK, online(OnPremSipAddress=OTHER)) == "anna.berg@contoso.com"


def test_unread_and_absent_users() -> None:
    same = online(OnPremSipAddress=ANNA)
    assert judged(CHECK, NO_TENANT) == "unknown: no-access"
    assert judged(CHECK, same | {ON_PREMISES_USERS: DENIED}) == "unknown: no-access"
    assert judged(CHECK, same | {ON_PREMISES_USERS: objects()}) == "not-applicable"
    without = same | {ON_PREMISES_USERS: on_premises(SipAddress=None)}
    assert judged(CHECK, without, contoso(users=(UPN,))) == "unknown: malformed"
    assert judged(CHECK, online(UserPrincipalName="bob@contoso.com", SipAddress="")) == "not-applicable"
