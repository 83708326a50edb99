import pytest

from checker.checks.workstation.single_teams_module import CHECK
from checker.model.answers import AnyAnswer, Objects
from checker.model.checks import Server, ServerRole
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.readings.builds import WORKSTATION_PATCH_VERSION, patch_version
from checker.readings.teams_module import TEAMS_MODULES
from checker.readings.topology import POOLS
from tests.judging import CONTOSO, DENIED, finding, judged, objects

FE01 = Server(fqdn="fe01.contoso.com", role=ServerRole.FRONT_END)
POOL = objects({"Fqdn": "fe.contoso.com", "Computers": [FE01.fqdn], "Services": ["Registrar:fe"]})


def modules(*versions: str) -> Objects:
    return objects(*({"Name": "MicrosoftTeams", "Version": version} for version in versions))


def at(version: str) -> dict[AnyProbe, AnyAnswer | NoAnswer]:
    build = objects(ComponentName="Core Components", Version=version)
    return {POOLS: POOL, WORKSTATION_PATCH_VERSION: build, patch_version(FE01): build}


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", modules("6.2.1")),
        ("pass", modules("7.3.0")),  # bad or not, it is one
        ("pass", modules("7.1.0", "6.3.0")),
        ("pass", modules("7.1.0", "7.1.0")),  # in two folders
        ("pass", modules("4.9.3", "5.2.0")),
        ("pass", modules("7.4.0", "7.3.0")),
        ("warn", modules("7.1.0", "4.9.3")),
        ("warn", modules("7.2.0", "7.1.0")),
        ("warn", modules("7.3.0", "4.9.3")),  # whatever the builds
        ("warn", modules("7.3.0", "7.2.0")),
        ("unknown: not-asked", modules("7.3.0", "7.1.0")),  # the builds decide
        ("not-applicable", modules()),
        ("unknown: malformed", modules("7.1.0", "latest")),
        ("unknown: no-access", DENIED),
    ],
)
def test_several_versions_matter_where_they_would_be_judged_differently(
    verdict: str, answer: Objects | NoAnswer
) -> None:
    assert judged(CHECK, CONTOSO, {TEAMS_MODULES: answer}) == verdict


@pytest.mark.parametrize(("verdict", "build"), [("pass", "7.0.2046.849"), ("warn", "7.0.2046.530")])
def test_builds_that_repair_the_later_one_make_them_alike(verdict: str, build: str) -> None:
    assert judged(CHECK, CONTOSO, {TEAMS_MODULES: modules("7.3.0", "7.1.0"), **at(build)}) == verdict


def test_the_highest_good_one_is_kept() -> None:
    found = finding(CHECK, CONTOSO, {TEAMS_MODULES: modules("4.9.3", "7.2.0", "7.1.0", "6.2.1")})
    assert found.verdict and found.verdict.observed == "MicrosoftTeams 7.2.0, 7.1.0, 6.2.1, 4.9.3"
    assert found.remediation.run.startswith("'7.2.0','6.2.1','4.9.3' | ForEach-Object { Uninstall-Module ")
