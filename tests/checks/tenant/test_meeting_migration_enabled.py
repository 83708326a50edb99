import pytest

from checker.checks.tenant.meeting_migration_enabled import CHECK, MIGRATION_CONFIGURATION
from checker.model.answers import Objects
from checker.model.axes import Direction
from checker.model.facts import NoAnswer
from tests.judging import CONTOSO, DENIED, contoso, judged, objects


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", objects(MeetingMigrationEnabled=True)),
        ("pass", objects(meetingMigrationEnabled="true")),
        ("warn", objects(MeetingMigrationEnabled=False)),
        ("unknown: malformed", objects(MeetingMigrationEnabled=None)),
        ("unknown: malformed", objects(Identity="Global")),
        ("unknown: malformed", objects()),
        ("unknown: no-access", DENIED),
    ],
)
def test_only_a_service_that_is_off_warns(verdict: str, answer: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {MIGRATION_CONFIGURATION: answer}) == verdict


def test_a_move_back_converts_no_meetings_there() -> None:
    assert judged(CHECK, contoso(direction=Direction.TO_ONPREM), {}) == "not-applicable"
