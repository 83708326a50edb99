import pytest

from checker.checks.tenant.synced_attributes import CHECK
from checker.model.answers import Json
from checker.readings.cloud_users import ONLINE_USERS
from checker.readings.users import ON_PREMISES_USERS
from tests.judging import DENIED, contoso, judged, objects

ANNA, BOB = "anna@contoso.com", "bob@contoso.com"
TARGET = contoso(users=(ANNA, BOB))
EMPTY: dict[str, Json] = {"OnPremHostingProvider": None, "OnPremSipAddress": ""}
SHOWN: dict[str, Json] = {"OnPremHostingProvider": "SRV:", "OnPremSipAddress": f"sip:{BOB}"}


def homed(address: str, provider: str = "SRV:") -> dict[str, Json]:
    return {"Identity": f"CN={address}", "SipAddress": address, "HostingProvider": provider}


def account(address: str, **properties: Json) -> dict[str, Json]:
    return {"UserPrincipalName": address, "SipAddress": address, **properties}


BOTH = objects(homed(ANNA), homed(BOB))


@pytest.mark.parametrize(
    ("verdict", "accounts"),
    [
        ("fail", [account(ANNA, **EMPTY), account(BOB, **EMPTY)]),
        ("pass", [account(ANNA, **EMPTY), account(BOB, **SHOWN)]),  # some: each user's own matter
        ("pass", [account(ANNA, **EMPTY), account(BOB, OnPremHostingProvider="", OnPremSipAddress=BOB)]),
        ("fail", [account(ANNA, **EMPTY)]),  # Bob has no account
        ("unknown: not-asked", [account("carol@contoso.com", **SHOWN)]),
        ("unknown: not-asked", []),
        ("pass", [account(ANNA, OnPremSipAddress=f"sip:{ANNA}")]),  # one of the two is enough to say that they flow
        ("unknown: malformed", [account(ANNA, OnPremSipAddress="")]),
        ("unknown: malformed", [account(ANNA, **EMPTY), account(BOB)]),
        ("pass", [account(ANNA), account(BOB, **SHOWN)]),
        ("unknown: malformed", [account(ANNA, **EMPTY), account(BOB, OnPremHostingProvider="", OnPremSipAddress={})]),
    ],
)
def test_none_of_the_users_shows_them(verdict: str, accounts: list[dict[str, Json]]) -> None:
    assert judged(CHECK, TARGET, {ON_PREMISES_USERS: BOTH, ONLINE_USERS: objects(*accounts)}) == verdict


def test_users_who_are_online_already_show_nothing() -> None:
    moved = objects(homed(ANNA, "sipfed.online.lync.com"), homed(BOB))
    accounts = objects(account(ANNA, **SHOWN), account(BOB, **EMPTY))
    assert judged(CHECK, TARGET, {ON_PREMISES_USERS: moved, ONLINE_USERS: accounts}) == "fail"


def test_without_users_nothing_can_be_said() -> None:
    accounts = objects(account(ANNA, **EMPTY), account(BOB, **EMPTY))
    assert judged(CHECK, TARGET, {ON_PREMISES_USERS: BOTH, ONLINE_USERS: DENIED}) == "unknown: no-access"
    assert judged(CHECK, TARGET, {ON_PREMISES_USERS: DENIED, ONLINE_USERS: accounts}) == "unknown: no-access"
    part = objects(account(ANNA, **EMPTY), complete=False)
    assert judged(CHECK, TARGET, {ON_PREMISES_USERS: BOTH, ONLINE_USERS: part}) == "unknown: no-access"
    assert judged(CHECK, contoso(no_users=True), {}) == "not-applicable"
