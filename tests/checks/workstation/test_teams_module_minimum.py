import pytest

from checker.checks.workstation.teams_module_minimum import CHECK
from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.readings.teams_module import TEAMS_MODULES
from tests.judging import CONTOSO, DENIED, judged, objects

DESKTOP = r"C:\Program Files\WindowsPowerShell\Modules\MicrosoftTeams\7.1.0"
CORE = r"C:\Program Files\PowerShell\Modules\MicrosoftTeams\7.1.0"


def modules(*versions: object) -> Objects:
    return objects(*({"Name": "MicrosoftTeams", "Version": version} for version in versions))


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", modules("6.2.1")),
        ("pass", modules("7.10.0")),
        ("pass", modules("4.9.3", "6.2.1")),  # the highest loads
        ("pass", modules({"Major": 7, "Minor": 1, "Build": 0, "Revision": -1})),
        ("fail", modules("6.2.0")),
        ("fail", modules("6.2.1-preview")),  # before its release
        ("pass", modules("6.3.0-preview")),
        ("fail", modules()),
        ("pass", objects(Version="7.1.0", ModuleBase=DESKTOP)),
        ("fail", objects(Version="7.1.0", ModuleBase=CORE)),  # not where Windows PowerShell looks
        ("fail", objects(Name="MicrosoftTeamsExtras", Version="7.1.0")),
        ("unknown: malformed", modules("latest")),
        ("unknown: no-access", objects(complete=False)),  # it could be among the rest
        ("unknown: malformed", objects(Name="MicrosoftTeams")),
        ("unknown: no-access", DENIED),
    ],
)
def test_a_module_of_today_is_installed(verdict: str, answer: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {TEAMS_MODULES: answer}) == verdict
