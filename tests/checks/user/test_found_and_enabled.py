import pytest

from checker.checks.user.found_and_enabled import CHECK
from checker.model.answers import Json
from checker.readings.users import ON_PREMISES_USERS
from tests.judging import CONTOSO, DENIED, assessed, contoso, judged_users, objects

ANNA = "anna@contoso.com"
TARGET = contoso(users=(ANNA,))


def user(**changes: Json) -> dict[str, Json]:
    named = {"Identity": "CN=Anna", "SipAddress": f"sip:{ANNA}", "UserPrincipalName": "a@corp.contoso.com"}
    return {**named, "Enabled": True, "HostingProvider": "SRV:", **changes}


@pytest.mark.parametrize(
    ("verdict", "rows"),
    [
        ("pass", [user()]),
        ("pass", [user(Enabled="True", SipAddress="SIP:Anna@Contoso.com")]),
        ("fail", [user(Enabled=False)]),
        ("fail", [user(SipAddress="sip:bob@contoso.com")]),
        ("fail", []),
        ("fail", [user(), user(Identity="CN=Other Anna")]),  # two answer to the name
        ("unknown: malformed", [{"Identity": "CN=Anna", "SipAddress": f"sip:{ANNA}"}]),
    ],
)
def test_a_user_of_the_list_is_one_enabled_object(verdict: str, rows: list[dict[str, Json]]) -> None:
    assert judged_users(CHECK, TARGET, {ON_PREMISES_USERS: objects(*rows)}) == {ANNA: verdict}


def test_missing_from_some_of_all_users_is_not_missing() -> None:
    some = objects(user(SipAddress="sip:bob@contoso.com"), complete=False)
    assert judged_users(CHECK, TARGET, {ON_PREMISES_USERS: some}) == {ANNA: "unknown: no-access"}


def test_an_unread_directory_leaves_every_user_of_the_list_unknown() -> None:
    assert judged_users(CHECK, TARGET, {ON_PREMISES_USERS: DENIED}) == {ANNA: "unknown: no-access"}
    assert judged_users(CHECK, CONTOSO, {ON_PREMISES_USERS: DENIED}) == {"contoso": "unknown: no-access"}


def test_the_fix_names_the_user_as_data() -> None:
    target = contoso(users=("o'neil@contoso.com",))
    (found,) = assessed(CHECK, target, {ON_PREMISES_USERS: objects()}).users[0].results
    assert found.verdict and found.verdict.fill == (("identity", "'o''neil@contoso.com'"),)


def test_the_way_back_deletes_nothing() -> None:
    assert "Disable-CsUser" not in CHECK.remediation.rollback
