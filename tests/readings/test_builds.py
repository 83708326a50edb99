import pytest

from checker.model.checks import Server, ServerRole
from checker.model.undecided import Unreadable
from checker.readings.builds import build, core_components, line_of, patch_version
from tests.judging import objects


def test_builds_are_compared_as_numbers() -> None:
    assert build("7.0.2046.1000") > build("7.0.2046.385")
    assert line_of(build("7.0.2046.1000")).suffices(build("7.0.2046.1000"))


@pytest.mark.parametrize("version", ["", "7.0.2046", "7.0.2046.385.1", "7.0.2046.x", "7.0.2046.\u0663"])
def test_a_build_is_four_numbers(version: str) -> None:
    with pytest.raises(Unreadable):
        build(version)


def test_the_lowest_core_components_decide() -> None:
    named = "Skype for Business Server 2015, Core Components"
    two = objects(*({"ComponentName": named, "Version": v} for v in ("6.0.9319.619", "6.0.9319.598")))
    assert core_components(two) == (6, 0, 9319, 598)


@pytest.mark.parametrize("version", ["5.0.8309.1", "6.1.9319.700", "7.0.2047.0", "8.0.0.0"])
def test_a_build_next_to_a_line_belongs_to_none(version: str) -> None:
    with pytest.raises(Unreadable, match="no generation"):
        line_of(build(version))


def test_an_edge_is_asked_over_its_own_way() -> None:
    edge, front_end = (Server(fqdn="s01.contoso.com", role=role) for role in (ServerRole.EDGE, ServerRole.FRONT_END))
    assert patch_version(edge).id == "edge--s01.contoso.com/Get-CsServerPatchVersion"
    assert patch_version(front_end).id == "onprem--s01.contoso.com/Get-CsServerPatchVersion"
