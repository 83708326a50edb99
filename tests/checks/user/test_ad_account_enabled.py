import pytest

from checker.checks.user.ad_account_enabled import CHECK
from checker.model.answers import AnyAnswer, Json
from checker.model.facts import NoAnswer
from checker.readings.account_states import AD_USERS
from checker.readings.cloud_users import GRAPH_USERS
from checker.readings.directory_users import DIRECTORY_USERS
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.accounts import ANNA, DN, NOBODY, UPN, Answers, ad_user, cs_user, read, without
from tests.judging import DENIED, assessed, contoso, judged_users, objects

USERS = (ANNA,)
ONE_FOREST = contoso(users=USERS, resource_forest=False)
SHUT: Answers = {
    ON_PREMISES_USERS: objects(cs_user()),
    DIRECTORY_USERS: DENIED,
    AD_USERS: DENIED,
    GRAPH_USERS: DENIED,
}


def cs_ad_user(control: Json, dn: str = DN) -> AnyAnswer:
    return objects(Identity=dn, UserPrincipalName=UPN, UserAccountControl=control)


@pytest.mark.parametrize(
    ("verdict", "enabled", "resource_forest"),
    [
        ("pass", True, None),
        ("pass", "True", False),
        ("warn", False, False),
        ("not-applicable", False, True),
        ("unknown: not-asked", False, None),
    ],
)
def test_disabled_is_right_in_a_resource_forest_alone(verdict: str, enabled: Json, resource_forest: Json) -> None:
    target = contoso(users=USERS, resource_forest=resource_forest)
    assert judged_users(CHECK, target, read(ad_user(Enabled=enabled))) == {ANNA: verdict}


@pytest.mark.parametrize(
    ("verdict", "control"),
    [
        ("pass", "NormalAccount"),
        ("pass", "NormalAccount, DoNotExpirePassword"),
        ("warn", "AccountDisabled, NormalAccount"),
        ("warn", "ACCOUNTDISABLE"),
        ("pass", 512),
        ("warn", 514),
        ("warn", "66050"),
        ("unknown: malformed", ""),
        ("unknown: malformed", None),
    ],
)
def test_the_management_shell_is_asked_where_the_directory_is_not(verdict: str, control: Json) -> None:
    answers: Answers = {**SHUT, AD_USERS: cs_ad_user(control)}
    assert judged_users(CHECK, ONE_FOREST, answers) == {ANNA: verdict}


@pytest.mark.parametrize(("verdict", "enabled"), [("pass", True), ("warn", False)])
@pytest.mark.parametrize("directory", [DENIED, objects(complete=False), objects(without(ad_user(), "Enabled"))])
@pytest.mark.parametrize("shell", [DENIED, objects(complete=False), cs_ad_user(None), objects()])
def test_graph_is_asked_last(
    verdict: str, enabled: bool, directory: AnyAnswer | NoAnswer, shell: AnyAnswer | NoAnswer
) -> None:
    graph = objects(userPrincipalName=UPN, accountEnabled=enabled)
    answers: Answers = {**SHUT, DIRECTORY_USERS: directory, AD_USERS: shell, GRAPH_USERS: graph}
    assert judged_users(CHECK, ONE_FOREST, answers) == {ANNA: verdict}


def test_the_first_source_that_says_it_is_believed() -> None:
    answers: Answers = {**SHUT, DIRECTORY_USERS: objects(ad_user()), AD_USERS: cs_ad_user(514)}
    assert judged_users(CHECK, ONE_FOREST, answers) == {ANNA: "pass"}


def test_where_nobody_could_say_all_ways_are_named() -> None:
    (found,) = assessed(CHECK, ONE_FOREST, SHUT).findings
    assert found.unknown
    assert all(name in found.unknown.detail for name in ("Get-ADUser", "Get-CsAdUser", "Get-MgUser"))
    unread = {**SHUT, DIRECTORY_USERS: objects(without(ad_user(), "Enabled"))}
    assert judged_users(CHECK, ONE_FOREST, unread) == {ANNA: "unknown: malformed"}


def test_a_user_who_was_not_found_is_another_checks_matter() -> None:
    answers: Answers = {**SHUT, ON_PREMISES_USERS: NOBODY, DIRECTORY_USERS: objects(ad_user())}
    assert judged_users(CHECK, ONE_FOREST, answers) == {ANNA: "not-applicable"}
