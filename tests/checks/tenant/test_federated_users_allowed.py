import pytest

from checker.checks.tenant.federated_users_allowed import CHECK
from checker.model.answers import Objects
from checker.model.axes import Phase
from checker.model.facts import NoAnswer
from checker.readings.tenant_federation import TENANT_FEDERATION
from tests.judging import CONTOSO, DENIED, contoso, judged, objects


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", objects(AllowFederatedUsers=True)),
        ("pass", objects(allowFederatedUsers="true")),
        ("fail", objects(AllowFederatedUsers="False")),
        ("unknown: malformed", objects(SharedSipAddressSpace=True)),
        ("unknown: malformed", objects(AllowFederatedUsers=None)),
        ("unknown: malformed", objects()),
        ("unknown: no-access", DENIED),
    ],
)
def test_only_a_setting_that_was_read_is_judged(verdict: str, answer: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {TENANT_FEDERATION: answer}) == verdict


def test_the_switch_of_the_edge_does_not_stand_in_for_it() -> None:
    assert judged(CHECK, CONTOSO, {TENANT_FEDERATION: objects(AllowOutsideUsers=True)}) == "unknown: malformed"
    assert judged(CHECK, contoso(phase=Phase.DECOMMISSION), {}) == "not-applicable"
