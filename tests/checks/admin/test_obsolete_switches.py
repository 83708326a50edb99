import msgspec
import pytest

from checker.checks.admin.obsolete_switches import CHECK
from checker.model.target import Runbook
from tests.judging import contoso, finding, judged

NONE = Runbook(
    move_to_teams=False,
    hosted_migration_override_url="",
    bypass_audio_conferencing_check=False,
    use_oauth=False,
    bypass_enterprise_voice_check=False,
)
SERVICE = "https://admin4A.online.lync.com/HostedMigration/hostedmigrationService.svc"


@pytest.mark.parametrize(
    ("verdict", "changes"),
    [
        ("pass", {}),
        ("pass", {"force": True}),  # has a check of its own
        ("warn", {"move_to_teams": True}),
        ("warn", {"hosted_migration_override_url": SERVICE}),
        ("warn", {"bypass_audio_conferencing_check": True}),
        ("warn", {"use_oauth": True}),
        ("warn", {"bypass_enterprise_voice_check": True}),
        ("unknown: not-asked", {"use_oauth": None}),
        ("unknown: not-asked", {"hosted_migration_override_url": None}),
        ("warn", {"use_oauth": None, "move_to_teams": True}),  # one is enough
    ],
)
def test_no_switch_that_does_nothing_or_harms_is_passed(verdict: str, changes: dict[str, bool | str | None]) -> None:
    assert judged(CHECK, contoso(runbook=msgspec.structs.replace(NONE, **changes)), {}) == verdict


def test_every_key_that_is_not_said_is_named() -> None:
    found = finding(CHECK, contoso(runbook=msgspec.structs.replace(NONE, use_oauth=None, move_to_teams=None)), {})
    assert found.unknown and found.unknown.needs == "[move].move_to_teams, [move].use_oauth in csready.toml"
