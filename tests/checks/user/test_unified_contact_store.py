import pytest

from checker.checks.user.unified_contact_store import CHECK
from checker.model.answers import Json, Objects
from checker.readings.services_policies import USER_SERVICES_POLICIES
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.accounts import ANNA, NOBODY, TARGET, Answers, cs_user, without
from tests.judging import DENIED, assessed, judged_users, objects


def policies(**allowed: Json) -> Objects:
    """``Site_Here`` stands for ``Site:Here``."""
    return objects(*({"Identity": n.replace("_", ":"), "UcsAllowed": value} for n, value in allowed.items()))


@pytest.mark.parametrize(
    ("verdict", "own", "policies"),
    [
        ("pass", "", policies(Global=False)),
        ("pass", "", policies(Global="False")),
        ("warn", "", policies(Global=True)),
        ("pass", "NoUcs", policies(Global=True, Tag_NoUcs=False)),
        ("warn", "Tag:Ucs", policies(Global=False, Tag_Ucs=True)),
        ("pass", "", policies(Global=False, Tag_Ucs=True)),
        ("pass", "", policies(Global=False, Site_Here=False)),
        ("unknown: malformed", "", policies(Global=False, Site_Here=True)),  # whose site is not known
        ("pass", "NoUcs", policies(Global=False, Site_Here=True, Tag_NoUcs=False)),
        ("unknown: malformed", "Gone", policies(Global=False)),
        ("unknown: malformed", "", policies(Tag_NoUcs=False)),
        ("unknown: malformed", "", policies(Global=None)),
    ],
)
def test_the_policy_that_holds_for_the_user_decides(verdict: str, own: str, policies: Objects) -> None:
    answers: Answers = {ON_PREMISES_USERS: objects(cs_user(UserServicesPolicy=own)), USER_SERVICES_POLICIES: policies}
    assert judged_users(CHECK, TARGET, answers) == {ANNA: verdict}


def test_the_policy_is_named_and_not_the_user() -> None:
    answers: Answers = {ON_PREMISES_USERS: objects(cs_user()), USER_SERVICES_POLICIES: policies(Global=True)}
    (found,) = assessed(CHECK, TARGET, answers).users[0].results
    assert found.verdict and found.verdict.fill == (("policy", "'Global'"),)
    assert found.verdict.observed == "UcsAllowed True in the policy Global"


def test_what_was_not_read_says_nothing() -> None:
    answers: Answers = {ON_PREMISES_USERS: objects(cs_user()), USER_SERVICES_POLICIES: policies(Global=False)}
    assert judged_users(CHECK, TARGET, {**answers, USER_SERVICES_POLICIES: DENIED}) == {"contoso": "unknown: no-access"}
    bare = objects(without(cs_user(), "UserServicesPolicy"))
    assert judged_users(CHECK, TARGET, {**answers, ON_PREMISES_USERS: bare}) == {ANNA: "unknown: malformed"}
    assert judged_users(CHECK, TARGET, {**answers, ON_PREMISES_USERS: DENIED}) == {ANNA: "unknown: no-access"}
    assert judged_users(CHECK, TARGET, {**answers, ON_PREMISES_USERS: NOBODY}) == {ANNA: "not-applicable"}
