import pytest

from checker.checks.tenant.directory_sync_recent import CHECK
from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.readings.tenant import ORGANIZATION, TENANT
from tests.judging import CONTOSO, DENIED, finding, judged, objects

# The facts of these tests were observed on 2026-11-22, 19:03 UTC.


@pytest.mark.parametrize(
    ("verdict", "tenant", "organization"),
    [
        ("pass", objects(LastSyncTimeStamp="2026-11-22T18:40:00Z"), DENIED),
        ("pass", objects(LastSyncTimeStamp="2026-11-22T16:03:00"), DENIED),  # three hours, and no zone is UTC
        ("pass", objects(LastSyncTimeStamp="2026-11-22T20:00:00+01:00"), DENIED),
        ("pass", objects(LastSyncTimeStamp="2026-11-22T19:05:00Z"), DENIED),  # clocks differ
        ("warn", objects(LastSyncTimeStamp="2026-11-22T16:02:00Z"), DENIED),
        ("warn", objects(LastSyncTimeStamp="/Date(1700000000000)/"), DENIED),
        ("pass", DENIED, objects(onPremisesLastSyncDateTime="2026-11-22T18:40:00Z")),
        ("warn", DENIED, objects(onPremisesLastSyncDateTime="2026-11-20T18:40:00Z")),
        ("warn", DENIED, objects(onPremisesLastSyncDateTime=None)),  # never
        ("unknown: malformed", objects(LastSyncTimeStamp="2027-11-22T19:05:00Z"), DENIED),
        ("unknown: malformed", objects(LastSyncTimeStamp=None), DENIED),
        ("unknown: malformed", objects(LastSyncTimeStamp="yesterday"), DENIED),
        ("unknown: malformed", objects(DirSyncEnabled=True), DENIED),
        ("unknown: malformed", DENIED, objects(id="x")),
        ("unknown: no-access", DENIED, DENIED),
    ],
)
def test_it_is_compared_with_when_it_was_read(
    verdict: str, tenant: Objects | NoAnswer, organization: Objects | NoAnswer
) -> None:
    assert judged(CHECK, CONTOSO, {TENANT: tenant, ORGANIZATION: organization}) == verdict


def test_what_a_waiver_is_bound_to_has_no_time_of_reading_in_it() -> None:
    found = finding(CHECK, CONTOSO, {TENANT: objects(LastSyncTimeStamp="2026-11-20T18:40:00Z"), ORGANIZATION: DENIED})
    assert found.value == "2026-11-20T18:40+00:00"
