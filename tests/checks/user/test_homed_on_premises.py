import pytest

from checker.checks.user.homed_on_premises import CHECK
from checker.model.answers import Json
from checker.readings.users import ON_PREMISES_USERS
from tests.judging import CONTOSO, DENIED, assessed, contoso, judged_users, objects

ANNA = "anna@contoso.com"
TARGET = contoso(users=(ANNA,))


def homed(provider: Json) -> dict[str, Json]:
    return {"Identity": "CN=Anna", "SipAddress": f"sip:{ANNA}", "Enabled": True, "HostingProvider": provider}


@pytest.mark.parametrize(
    ("verdict", "provider"),
    [
        ("pass", "SRV:"),
        ("fail", "sipfed.online.lync.com"),
        ("fail", "proxy.hoster.com"),
        ("unknown: malformed", ""),  # neither here nor there
        ("unknown: malformed", None),
    ],
)
def test_the_home_is_read_off_the_hosting_provider(verdict: str, provider: Json) -> None:
    assert judged_users(CHECK, TARGET, {ON_PREMISES_USERS: objects(homed(provider))}) == {ANNA: verdict}


@pytest.mark.parametrize(("moved", "provider"), [(True, "sipfed.online.lync.com"), (False, "proxy.hoster.com")])
def test_only_the_clouds_name_is_known_to_give_the_error(moved: bool, provider: str) -> None:
    (found,) = assessed(CHECK, TARGET, {ON_PREMISES_USERS: objects(homed(provider))}).users[0].results
    assert found.verdict and found.verdict.inferred is not moved
    assert ("already in the cloud" in found.verdict.observed) is moved


def test_a_user_who_was_not_found_is_another_checks_matter() -> None:
    assert judged_users(CHECK, TARGET, {ON_PREMISES_USERS: objects()}) == {ANNA: "not-applicable"}
    assert judged_users(CHECK, TARGET, {ON_PREMISES_USERS: DENIED}) == {ANNA: "unknown: no-access"}


def test_everybody_on_premises_is_the_batch_where_nobody_was_named() -> None:
    moved = {**homed("sipfed.online.lync.com"), "SipAddress": "sip:bob@contoso.com"}
    assert judged_users(CHECK, CONTOSO, {ON_PREMISES_USERS: objects(homed("SRV:"), moved)}) == {ANNA: "pass"}
