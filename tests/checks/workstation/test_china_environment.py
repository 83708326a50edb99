import pytest

from checker.checks.workstation.china_environment import CHECK
from checker.model.axes import Cloud
from tests.judging import contoso, judged


@pytest.mark.parametrize(
    ("verdict", "environment"),
    [
        ("pass", "TeamsChina"),
        ("pass", "teamschina"),
        ("fail", "TeamsGCCH"),
        ("fail", ""),
        ("unknown: not-asked", None),
    ],
)
def test_21vianet_needs_its_teams_environment(verdict: str, environment: str | None) -> None:
    assert judged(CHECK, contoso(cloud=Cloud.CHINA, teams_environment=environment), {}) == verdict


@pytest.mark.parametrize("cloud", [cloud for cloud in Cloud if cloud is not Cloud.CHINA])
def test_no_other_cloud_needs_one(cloud: Cloud) -> None:
    assert judged(CHECK, contoso(cloud=cloud, teams_environment="TeamsChina"), {}) == "not-applicable"
