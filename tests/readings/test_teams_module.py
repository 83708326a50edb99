import pytest

from checker.model.answers import Json
from checker.model.undecided import Unreadable
from checker.readings.teams_module import module_versions
from tests.judging import objects


def versions(*found: Json) -> list[str]:
    return [str(version) for version in module_versions(objects(*({"Version": version} for version in found)))]


def test_the_one_that_loads_comes_first() -> None:
    assert versions("6.2.1", "7.10.0", "7.2.0") == ["7.10.0", "7.2.0", "6.2.1"]
    assert versions("6.2.1", "6.2.1-preview", "6.2.0") == ["6.2.1", "6.2.1-preview", "6.2.0"]


def test_a_version_may_come_as_an_object_of_numbers() -> None:
    assert versions({"Major": 7, "Minor": 1, "Build": 0, "Revision": -1}) == ["7.1.0"]
    assert versions({"@text": "7.1.0", "@type": "System.Version"}) == ["7.1.0"]


@pytest.mark.parametrize("version", [None, "", "7", "latest", {"Minor": 1}])
def test_anything_else_is_unreadable(version: Json) -> None:
    with pytest.raises(Unreadable):
        versions(version)


@pytest.mark.parametrize(
    ("found", "base"),
    [
        (True, r"C:\Program Files\WindowsPowerShell\Modules\MicrosoftTeams\7.1.0"),
        (True, r"D:\PowerShell\Modules\MicrosoftTeams\7.1.0"),  # a folder of the administrator's own
        (False, r"C:\program files\powershell\7\Modules\MicrosoftTeams\7.1.0"),
        (False, r"C:\Users\anna\Documents\PowerShell\Modules\MicrosoftTeams\7.1.0"),
    ],
)
def test_modules_of_another_edition_are_passed_over(found: bool, base: str) -> None:
    assert bool(module_versions(objects(Version="7.1.0", ModuleBase=base))) is found
