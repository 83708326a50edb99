import pytest

from checker.checks.user.registrar_pool import CHECK
from checker.model.answers import AnyAnswer
from checker.model.checks import Server, ServerRole
from checker.readings.builds import patch_version
from checker.readings.topology import POOLS
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.topology.pools import pool_row
from tests.checks.user.accounts import ANNA, NOBODY, TARGET, Answers, cs_user, without
from tests.judging import DENIED, assessed, judged_users, objects

TOPOLOGY = objects(
    pool_row("pool01.contoso.com", "fe01.contoso.com"),
    pool_row("old.contoso.com", "fe02.contoso.com"),
    pool_row("apps.contoso.com", "app01.contoso.com", service="ExternalServer"),
)
CURRENT, OLD = (
    patch_version(Server(fqdn=f"{name}.contoso.com", role=ServerRole.FRONT_END)) for name in ("fe01", "fe02")
)


def build(version: str) -> AnyAnswer:
    return objects(ComponentName="Server 2019, Core Components", Version=version)


def on(pool: str, **user: str) -> Answers:
    return {
        ON_PREMISES_USERS: objects(cs_user(RegistrarPool=pool, **user)),
        POOLS: TOPOLOGY,
        CURRENT: build("7.0.2046.385"),
        OLD: build("4.0.7577.0"),
    }


@pytest.mark.parametrize(
    ("verdict", "pool", "observed"),
    [
        ("pass", "pool01.contoso.com", ""),
        ("pass", "POOL01.contoso.com.", ""),
        ("fail", "", "RegistrarPool is empty"),
        ("fail", "ocs.contoso.com", "RegistrarPool ocs.contoso.com, which Get-CsPool does not show"),
        ("fail", "old.contoso.com", "RegistrarPool old.contoso.com: Lync Server 2010"),
        ("unknown: malformed", "apps.contoso.com", ""),
    ],
)
def test_the_users_pool_is_one_that_can_move_users(verdict: str, pool: str, observed: str) -> None:
    assert judged_users(CHECK, TARGET, on(pool)) == {ANNA: verdict}
    for result in assessed(CHECK, TARGET, on(pool)).users[0].results:
        assert (result.verdict.observed if result.verdict else "") == observed


def test_a_pool_whose_generation_nobody_read_is_unknown_for_its_users() -> None:
    answers: Answers = {**on("pool01.contoso.com"), CURRENT: DENIED}
    assert judged_users(CHECK, TARGET, answers) == {ANNA: "unknown: no-access"}
    assert judged_users(CHECK, TARGET, {**on("pool01.contoso.com"), OLD: DENIED}) == {ANNA: "pass"}


def test_who_was_moved_has_no_pool_any_more() -> None:
    assert judged_users(CHECK, TARGET, on("", HostingProvider="sipfed.online.lync.com")) == {ANNA: "not-applicable"}


def test_what_was_not_read_says_nothing() -> None:
    answers: Answers = on("pool01.contoso.com")
    bare = objects(without(cs_user(), "RegistrarPool"))
    assert judged_users(CHECK, TARGET, {**answers, ON_PREMISES_USERS: bare}) == {ANNA: "unknown: malformed"}
    assert judged_users(CHECK, TARGET, {**answers, ON_PREMISES_USERS: DENIED}) == {ANNA: "unknown: no-access"}
    assert judged_users(CHECK, TARGET, {**answers, POOLS: DENIED}) == {"contoso": "unknown: no-access"}
    assert judged_users(CHECK, TARGET, {**answers, ON_PREMISES_USERS: NOBODY}) == {ANNA: "not-applicable"}
