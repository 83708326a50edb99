import pytest

from checker.checks.user.child_domain import CHECK
from checker.readings.directory_users import DIRECTORY_USERS
from checker.readings.topology import POOLS
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.accounts import ANNA, NOBODY, TARGET, Answers, ad_user, cs_user
from tests.judging import DENIED, assessed, judged_users, objects

POOL = {"Fqdn": "pool01.contoso.com", "Computers": ["fe01.contoso.com"], "Services": ["Registrar:pool01.contoso.com"]}
EDGE = {"Fqdn": "edge.dmz.test", "Computers": ["edge.dmz.test"], "Services": ["EdgeServer:edge.dmz.test"]}


@pytest.mark.parametrize(
    ("verdict", "dn"),
    [
        ("pass", "CN=Anna,OU=Staff,DC=contoso,DC=com"),
        ("pass", "cn=anna,dc=CONTOSO,dc=COM"),
        ("warn", "CN=Anna,DC=child,DC=contoso,DC=com"),
        ("warn", "CN=Anna,DC=com"),
        ("warn", "CN=Anna,DC=dmz,DC=test"),  # there lies an Edge, and nothing that moves
        ("pass", r"CN=A\,dc=child,DC=contoso,DC=com"),  # a name with a comma
    ],
)
def test_the_users_domain_is_that_of_the_front_ends(verdict: str, dn: str) -> None:
    answers: Answers = {ON_PREMISES_USERS: objects(cs_user(Identity=dn)), POOLS: objects(POOL, EDGE)}
    assert judged_users(CHECK, TARGET, answers) == {ANNA: verdict}


def test_the_command_names_a_controller_of_the_users_domain() -> None:
    user = cs_user(Identity="CN=Anna,DC=child,DC=contoso,DC=com")
    answers: Answers = {ON_PREMISES_USERS: objects(user), POOLS: objects(POOL)}
    (found,) = assessed(CHECK, TARGET, answers).users[0].results
    assert found.verdict and dict(found.verdict.fill)["domain"] == "'child.contoso.com'"


def test_the_directory_is_asked_where_the_identity_is_no_dn() -> None:
    answers: Answers = {ON_PREMISES_USERS: objects(cs_user(Identity="Anna")), POOLS: objects(POOL)}
    assert judged_users(CHECK, TARGET, {**answers, DIRECTORY_USERS: objects(ad_user())}) == {ANNA: "pass"}
    assert judged_users(CHECK, TARGET, {**answers, DIRECTORY_USERS: DENIED}) == {"contoso": "unknown: no-access"}
    assert judged_users(CHECK, TARGET, {**answers, DIRECTORY_USERS: objects(complete=False)}) == {
        ANNA: "unknown: no-access"
    }


def test_without_servers_there_is_nothing_to_compare_with() -> None:
    answers: Answers = {ON_PREMISES_USERS: objects(cs_user())}
    assert judged_users(CHECK, TARGET, {**answers, POOLS: DENIED}) == {"contoso": "unknown: no-access"}
    assert judged_users(CHECK, TARGET, {**answers, POOLS: objects(EDGE)}) == {"contoso": "unknown: malformed"}


def test_a_user_who_was_not_found_is_another_checks_matter() -> None:
    assert judged_users(CHECK, TARGET, {ON_PREMISES_USERS: NOBODY, POOLS: objects(POOL)}) == {ANNA: "not-applicable"}
