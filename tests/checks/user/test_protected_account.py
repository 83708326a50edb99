import pytest

from checker.checks.user.protected_account import CHECK
from checker.model.answers import Json
from checker.readings.directory_users import DIRECTORY_USERS
from checker.readings.operator_groups import WHOAMI
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.accounts import ANNA, DN, NOBODY, TARGET, ad_user, read, without
from tests.judging import DENIED, assessed, contoso, judged_users, objects


@pytest.mark.parametrize(
    ("verdict", "count"),
    [("pass", None), ("pass", 0), ("pass", "0"), ("warn", 1), ("warn", "1"), ("unknown: malformed", "System.Object")],
)
def test_the_flag_of_protected_accounts_is_read(verdict: str, count: Json) -> None:
    assert judged_users(CHECK, TARGET, read(ad_user(adminCount=count))) == {ANNA: verdict}


def test_an_account_without_the_property_is_not_protected_if_another_has_it() -> None:
    bare = without(ad_user(), "adminCount")
    admin = ad_user(DistinguishedName="CN=Admin,DC=contoso,DC=com", UserPrincipalName="x@contoso.com", adminCount=1)
    assert judged_users(CHECK, TARGET, read(bare, admin)) == {ANNA: "pass"}
    assert judged_users(CHECK, TARGET, read(bare)) == {ANNA: "unknown: malformed"}  # perhaps it was not asked for


@pytest.mark.parametrize(
    ("groups", "said"), [(("CONTOSO\\Domain Admins",), "is a Domain Admin"), (("Staff",), "is no Domain Admin")]
)
def test_what_the_operator_may_do_changes_the_advice(groups: tuple[str, ...], said: str) -> None:
    target = contoso(users=(ANNA,), onprem_groups=groups)
    (found,) = assessed(CHECK, target, read(ad_user(adminCount=1))).users[0].results
    assert found.status.value == "warn" and found.verdict and said in found.verdict.summary
    assert dict(found.verdict.fill)["dn"] == f"'{DN}'"


def test_an_operator_of_whom_nothing_is_known_is_no_reason_to_know_nothing() -> None:
    (found,) = assessed(CHECK, TARGET, read(ad_user(adminCount=1)) | {WHOAMI: DENIED}).users[0].results
    assert found.status.value == "warn" and found.verdict and "not known" in found.verdict.summary


def test_a_directory_that_was_not_read_says_nothing() -> None:
    answers = read(ad_user())
    assert judged_users(CHECK, TARGET, {**answers, DIRECTORY_USERS: DENIED}) == {"contoso": "unknown: no-access"}
    assert judged_users(CHECK, TARGET, {**answers, DIRECTORY_USERS: objects(complete=False)}) == {
        ANNA: "unknown: no-access"
    }


def test_a_user_whom_neither_source_shows_is_another_checks_matter() -> None:
    assert judged_users(CHECK, TARGET, {ON_PREMISES_USERS: NOBODY, DIRECTORY_USERS: objects()}) == {
        ANNA: "not-applicable"
    }
    assert judged_users(CHECK, TARGET, read()) == {ANNA: "unknown: no-access"}  # of no domain anything was read
    elsewhere = ad_user(DistinguishedName="CN=Bob,DC=contoso,DC=com", UserPrincipalName="b@contoso.com")
    assert judged_users(CHECK, TARGET, read(elsewhere)) == {ANNA: "unknown: malformed"}  # one says so, one denies it
