"""The few lines that say what a run is measured by."""

import pytest

from checker.model.axes import Cloud, Direction, Phase
from checker.model.report import Deployment, ServerBuild
from checker.readings.profiles import PHASES, profile


def lines(
    build: str | None = None,
    generation: str | None = "Skype for Business Server 2019 or SE",
    *,
    cloud: Cloud = Cloud.WORLDWIDE,
    phase: Phase = Phase.HYBRID,
) -> dict[str, str]:
    return dict(
        profile(
            Deployment(
                name="contoso",
                sip_domains=("contoso.com",),
                cloud=cloud,
                phase=phase,
                direction=Direction.TO_CLOUD,
                target="sipfed.online.lync.com",
                server=ServerBuild(generation=generation, build=build),
            )
        )
    )


@pytest.mark.parametrize(
    ("build", "servers", "module"),
    [
        (None, "build not read", "MicrosoftTeams 6.2.1 to 7.1"),
        ("7.0.2046.396", "moves need 7.0.2046.385 or later", "MicrosoftTeams 6.2.1 to 7.1"),
        ("7.0.2046.849", "moves need 7.0.2046.385 or later", "MicrosoftTeams 6.2.1 or later"),
        ("6.0.9319.900", "moves need 6.0.9319.619 or later", "MicrosoftTeams 6.2.1 to 7.1"),
        ("4.0.7577.0", "no build of it can move users to Teams", "no MicrosoftTeams module works with it"),
    ],
)
def test_generation_and_build_say_what_is_needed(build: str | None, servers: str, module: str) -> None:
    found = lines(build)
    assert found["servers"].endswith(servers) and found["module"] == module


def test_the_cloud_says_its_target() -> None:
    assert lines(cloud=Cloud.DOD)["cloud"] == "dod, target sipfed.online.dod.skypeforbusiness.us"


def test_each_phase_wants_something_of_its_own() -> None:
    wanted = "hybrid, to-cloud: SharedSipAddressSpace True, hosting provider complete, public DNS on-premises"
    assert lines()["phase"] == wanted
    assert lines(phase=Phase.DECOMMISSION)["phase"].endswith(
        "False, hosting provider disabled, public DNS in the cloud"
    )
    assert set(PHASES) == set(Phase)
