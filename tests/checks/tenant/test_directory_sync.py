import pytest

from checker.checks.tenant.directory_sync import CHECK
from checker.model.answers import Objects
from checker.model.axes import Phase
from checker.model.facts import NoAnswer
from checker.readings.tenant import ORGANIZATION, TENANT
from tests.judging import CONTOSO, DENIED, contoso, finding, judged, objects


@pytest.mark.parametrize(
    ("verdict", "tenant", "organization"),
    [
        ("pass", objects(DirSyncEnabled=True), DENIED),
        ("pass", objects(DirSyncEnabled="True"), DENIED),
        ("fail", objects(DirSyncEnabled=False), DENIED),
        ("pass", DENIED, objects(onPremisesSyncEnabled=True)),
        ("fail", DENIED, objects(onPremisesSyncEnabled=False)),
        ("fail", DENIED, objects(onPremisesSyncEnabled=None)),  # never synchronised
        ("unknown: malformed", DENIED, objects(id="x")),  # absent is not null
        ("unknown: malformed", objects(TenantId="x"), DENIED),
        ("unknown: malformed", objects(DirSyncEnabled=None), DENIED),
        ("pass", objects(DirSyncEnabled=None), objects(onPremisesSyncEnabled=True)),
        ("unknown: malformed", objects(), objects()),
        ("unknown: no-access", DENIED, DENIED),
    ],
)
def test_either_source_tells(verdict: str, tenant: Objects | NoAnswer, organization: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {TENANT: tenant, ORGANIZATION: organization}) == verdict


def test_the_property_is_called_as_its_source_calls_it() -> None:
    found = finding(CHECK, CONTOSO, {TENANT: DENIED, ORGANIZATION: objects(OnPremisesSyncEnabled=None)}).verdict
    assert found is not None and found.observed == "onPremisesSyncEnabled null: never synchronised"


def test_after_the_last_move_it_is_not_judged() -> None:
    assert judged(CHECK, contoso(phase=Phase.DECOMMISSION), {}) == "not-applicable"
