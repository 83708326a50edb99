import pytest

from checker.checks.workstation.teams_module_regression import CHECK
from checker.model.answers import AnyAnswer, Objects
from checker.model.checks import Server, ServerRole
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.readings.builds import WORKSTATION_PATCH_VERSION, patch_version
from checker.readings.teams_module import TEAMS_MODULES
from checker.readings.topology import POOLS
from tests.judging import CONTOSO, DENIED, finding, judged, objects

FE01, FE02 = (Server(fqdn=f"fe0{n}.contoso.com", role=ServerRole.FRONT_END) for n in (1, 2))
POOL = objects({"Fqdn": "fe.contoso.com", "Computers": [FE01.fqdn, FE02.fqdn], "Services": ["Registrar:fe"]})


def modules(*versions: str) -> Objects:
    return objects(*({"Name": "MicrosoftTeams", "Version": version} for version in versions))


def at(version: str) -> Objects:
    return objects(ComponentName="Core Components", Version=version)


def builds(
    tools: Objects | NoAnswer, first: Objects | NoAnswer, second: Objects | NoAnswer
) -> dict[AnyProbe, AnyAnswer | NoAnswer]:
    return {POOLS: POOL, WORKSTATION_PATCH_VERSION: tools, patch_version(FE01): first, patch_version(FE02): second}


FIXED, OLD = at("7.0.2046.849"), at("7.0.2046.530")


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", modules("6.2.1")),
        ("pass", modules("7.1.0", "4.9.3")),
        ("pass", modules("7.1.9")),  # "greater than 7.1" says nothing of 7.1.x
        ("warn", modules("7.2.0")),  # one text calls it bad, the later one does not
        ("warn", modules("7.1.0", "7.2.0")),  # the highest loads
        ("unknown: not-asked", modules("7.3.0")),
        ("not-applicable", modules()),
        ("unknown: malformed", modules("latest")),
        ("unknown: no-access", DENIED),
    ],
)
def test_the_module_that_loads_is_in_the_window(verdict: str, answer: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {TEAMS_MODULES: answer}) == verdict


@pytest.mark.parametrize(
    ("verdict", "answers"),
    [
        ("pass", builds(FIXED, FIXED, at("7.0.2046.1000"))),
        ("fail", builds(FIXED, FIXED, OLD)),  # the lowest decides
        ("fail", builds(OLD, FIXED, FIXED)),
        ("fail", builds(at("6.0.9319.900"), at("6.0.9319.900"), at("6.0.9319.900"))),  # no repair is announced
        ("fail", builds(DENIED, OLD, DENIED)),
        ("unknown: no-access", builds(DENIED, FIXED, FIXED)),
        ("unknown: no-access", builds(FIXED, FIXED, DENIED)),
        ("unknown: malformed", builds(FIXED, FIXED, at("7.0"))),
        ("unknown: no-access", {**builds(FIXED, FIXED, FIXED), POOLS: DENIED}),
    ],
)
def test_a_later_module_needs_the_build_that_repairs_it(
    verdict: str, answers: dict[AnyProbe, AnyAnswer | NoAnswer]
) -> None:
    assert judged(CHECK, CONTOSO, {TEAMS_MODULES: modules("7.3.0"), **answers}) == verdict


def test_a_topology_without_front_ends_does_not_leave_it_to_the_admin_tools() -> None:
    answers = builds(FIXED, FIXED, FIXED) | {TEAMS_MODULES: modules("7.3.0"), POOLS: objects()}
    assert judged(CHECK, CONTOSO, answers) == "unknown: malformed"


def test_the_fix_removes_every_version_that_would_load_instead() -> None:
    installed = modules("7.10.0", "7.0.0", "7.3.0-preview")
    found = finding(CHECK, CONTOSO, {TEAMS_MODULES: installed, **builds(OLD, OLD, OLD)})
    assert found.verdict and found.verdict.observed == "MicrosoftTeams 7.10.0, lowest build 7.0.2046.530"
    remove = "'7.10.0','7.3.0-preview' | ForEach-Object { Uninstall-Module MicrosoftTeams -RequiredVersion $_ }"
    assert found.remediation.run.endswith(remove)
