import pytest

from checker.checks.tenant.external_access_policy import CHECK, TENANT_ACCESS_POLICIES
from checker.model.answers import Json, Objects
from checker.model.axes import Phase
from checker.model.facts import NoAnswer
from tests.judging import CONTOSO, DENIED, contoso, judged, objects


def policies(allowed: Json) -> Objects:
    single = {"Identity": "Tag:NoFederationAndPIC", "EnableFederationAccess": False}
    return objects(single, {"Identity": "Global", "EnableFederationAccess": allowed})


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", policies(True)),  # one for single users that forbids it is not judged
        ("pass", policies("True")),
        ("warn", policies(False)),
        ("unknown: malformed", policies(None)),
        ("unknown: malformed", objects(Identity="Global")),
        ("unknown: malformed", objects(Identity="Tag:Open", EnableFederationAccess=True)),
        ("unknown: no-access", DENIED),
    ],
)
def test_the_policy_of_everybody_counts(verdict: str, answer: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {TENANT_ACCESS_POLICIES: answer}) == verdict


def test_after_the_last_move_it_is_not_judged() -> None:
    assert judged(CHECK, contoso(phase=Phase.DECOMMISSION), {}) == "not-applicable"
