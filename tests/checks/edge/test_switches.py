import pytest

from checker.checks.edge.switches import CHECKS
from checker.model.answers import Objects
from checker.model.axes import Phase
from checker.model.checks import DeploymentCheck
from checker.model.facts import NoAnswer
from checker.readings.access_edge import ACCESS_EDGE
from tests.judging import CONTOSO, DENIED, contoso, finding, judged, objects

PROPERTY = {"edge.outside-users-allowed": "AllowOutsideUsers", "edge.federated-users-allowed": "AllowFederatedUsers"}
EACH = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)


def test_each_switch_has_its_check() -> None:
    assert [check.id for check in CHECKS] == list(PROPERTY)


@EACH
@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", objects(AllowOutsideUsers=True, AllowFederatedUsers=True)),
        ("pass", objects(allowoutsideusers="true", ALLOWFEDERATEDUSERS="True")),
        ("fail", objects(AllowOutsideUsers=False, AllowFederatedUsers="False")),
        ("unknown: malformed", objects(RoutingMethod="UseDnsSrvRouting")),  # absent is not False
        ("unknown: malformed", objects(AllowOutsideUsers=None, AllowFederatedUsers=None)),
        ("unknown: malformed", objects()),  # this cmdlet always has one object
        ("unknown: malformed", objects({"AllowOutsideUsers": True}, {"AllowFederatedUsers": True})),
        ("unknown: no-access", DENIED),
    ],
)
def test_only_a_switch_that_was_read_is_judged(
    check: DeploymentCheck, verdict: str, answer: Objects | NoAnswer
) -> None:
    assert judged(check, CONTOSO, {ACCESS_EDGE: answer}) == verdict


@EACH
def test_each_reads_its_own_switch(check: DeploymentCheck) -> None:
    row = {name: name != PROPERTY[check.id] for name in PROPERTY.values()}
    assert [each.id for each in CHECKS if judged(each, CONTOSO, {ACCESS_EDGE: objects(row)}) == "fail"] == [check.id]
    verdict = finding(check, CONTOSO, {ACCESS_EDGE: objects(row)}).verdict
    assert verdict is not None and verdict.observed == f"{PROPERTY[check.id]} False"


@EACH
def test_after_the_last_move_it_is_not_judged(check: DeploymentCheck) -> None:
    assert judged(check, contoso(phase=Phase.DECOMMISSION), {}) == "not-applicable"
