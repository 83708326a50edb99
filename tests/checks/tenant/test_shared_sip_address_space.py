import pytest

from checker.checks.tenant.shared_sip_address_space import CHECK
from checker.model.answers import Objects
from checker.model.axes import Phase
from checker.model.facts import NoAnswer
from checker.readings.tenant_federation import TENANT_FEDERATION
from tests.judging import CONTOSO, DENIED, contoso, finding, judged, objects


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", objects(SharedSipAddressSpace=True)),
        ("pass", objects(SharedSipAddressSpace="True")),
        ("fail", objects(SharedSipAddressSpace=False)),
        ("unknown: malformed", objects(AllowFederatedUsers=True)),  # a property that is absent is not False
        ("unknown: malformed", objects(SharedSipAddressSpace=None)),
        ("unknown: malformed", objects()),  # this cmdlet always has one object
        ("unknown: no-access", DENIED),
    ],
)
def test_only_a_setting_that_was_read_passes_or_fails(verdict: str, answer: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {TENANT_FEDERATION: answer}) == verdict


def test_the_on_premises_half_of_the_same_name_does_not_stand_in_for_it() -> None:
    assert judged(CHECK, CONTOSO, {TENANT_FEDERATION: objects(EnabledSharedAddressSpace=True)}) == "unknown: malformed"


def test_after_the_last_move_it_is_another_checks_matter() -> None:
    assert judged(CHECK, contoso(phase=Phase.DECOMMISSION), {}) == "not-applicable"


def test_an_unknown_says_what_access_is_missing() -> None:
    unknown = finding(CHECK, CONTOSO, {TENANT_FEDERATION: DENIED}).unknown
    assert unknown is not None and unknown.needs == "a role"
