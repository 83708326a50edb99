import pytest

from checker.checks.user.return_teams_only import CHECK
from checker.model.answers import AnyAnswer, Json
from checker.model.axes import Direction
from checker.model.checks import Server, ServerRole
from checker.model.facts import NoAnswer
from checker.readings.builds import patch_version
from checker.readings.topology import POOLS
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.cloud_side import ANNA, NO_TENANT, TARGET, Answers, judged, online
from tests.judging import DENIED, contoso, objects

BACK = contoso(users=(ANNA,), direction=Direction.TO_ONPREM)
POOL = {"Identity": "pool.contoso.com", "Fqdn": "pool.contoso.com", "Services": ["Registrar:pool.contoso.com"]}
OLD, CU8, LYNC, NEW = "6.0.9319.510", "6.0.9319.537", "5.0.8308.1182", "7.0.2046.385"
TEAMS_ONLY: dict[str, Json] = {"TeamsUpgradePolicy": "UpgradeToTeams", "TeamsUpgradeEffectiveMode": "TeamsOnly"}


def servers(*builds: str | NoAnswer) -> Answers:
    names = [f"fe{number}.contoso.com" for number, _ in enumerate(builds)]
    answers: Answers = {POOLS: objects(POOL | {"Computers": names})}
    for name, build in zip(names, builds, strict=True):
        answer: AnyAnswer | NoAnswer = build if isinstance(build, NoAnswer) else patches(build)
        answers[patch_version(Server(fqdn=name, role=ServerRole.FRONT_END, pool="pool.contoso.com"))] = answer
    return answers


def patches(build: str) -> AnyAnswer:
    return objects(ComponentName="Skype for Business Server, Core Components", Version=build)


@pytest.mark.parametrize(
    ("verdict", "policy", "mode"),
    [
        ("fail", "UpgradeToTeams", "TeamsOnly"),
        ("fail", "Tag:UpgradeToTeams", "teamsonly"),
        ("pass", None, "TeamsOnly"),  # the mode of everybody
        ("pass", "Global", "TeamsOnly"),
        ("pass", "Islands", "Islands"),
        ("unknown: malformed", "UpgradeToTeams", None),
        ("unknown: malformed", ["x"], "TeamsOnly"),
    ],
)
def test_only_an_own_policy_counts(verdict: str, policy: Json, mode: Json) -> None:
    answers = online(TeamsUpgradePolicy=policy, TeamsUpgradeEffectiveMode=mode)
    assert judged(CHECK, answers | servers(OLD), BACK) == verdict


@pytest.mark.parametrize(
    ("verdict", "builds"),
    [
        ("fail", (LYNC,)),
        ("fail", (NEW, OLD)),
        ("fail", (DENIED, OLD)),
        ("not-applicable", (CU8,)),
        ("not-applicable", (NEW, CU8)),
        ("unknown: no-access", (DENIED, NEW)),
        ("unknown: malformed", ("x",)),
    ],
)
def test_only_servers_before_cu8_leave_the_policy_there(verdict: str, builds: tuple[str | NoAnswer, ...]) -> None:
    assert judged(CHECK, online(**TEAMS_ONLY) | servers(*builds), BACK) == verdict


def test_unread_and_absent_users() -> None:
    assert judged(CHECK, NO_TENANT | servers(OLD), BACK) == "unknown: no-access"
    assert judged(CHECK, online() | servers(OLD), BACK) == "unknown: malformed"
    teams_only = online(**TEAMS_ONLY) | servers(OLD)
    assert judged(CHECK, teams_only | {POOLS: DENIED}, BACK) == "unknown: no-access"
    assert judged(CHECK, teams_only | {ON_PREMISES_USERS: objects()}, BACK) == "not-applicable"
    assert judged(CHECK, online(UserPrincipalName="b@c.d", SipAddress="") | servers(OLD), BACK) == "not-applicable"
    assert judged(CHECK, teams_only, TARGET) == "not-applicable"
