import pytest

from checker.checks.user.return_present_on_premises import CHECK
from checker.model.answers import Json
from checker.model.axes import Cloud, Direction
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.cloud_side import ANNA, TARGET, Answers, judged, observed, on_premises
from tests.judging import DENIED, contoso, objects

BACK = contoso(users=(ANNA,), direction=Direction.TO_ONPREM)
CLOUD = "sipfed.online.lync.com"


def seen(provider: Json, enabled: Json = True) -> Answers:
    return {ON_PREMISES_USERS: on_premises(HostingProvider=provider, Enabled=enabled)}


@pytest.mark.parametrize(
    ("verdict", "answers"),
    [
        ("pass", seen(CLOUD)),
        ("pass", seen("SIPFED.online.lync.com.", "True")),
        ("fail", seen("SRV:")),
        ("fail", seen("sipfed.online.gov.skypeforbusiness.us")),
        ("fail", seen(CLOUD, False)),
        ("fail", {ON_PREMISES_USERS: objects()}),
        ("fail", {ON_PREMISES_USERS: objects(*on_premises().rows, *on_premises(Identity="CN=Twin").rows)}),
        ("unknown: malformed", seen("")),
        ("unknown: malformed", seen(CLOUD, None)),
        ("unknown: no-access", {ON_PREMISES_USERS: DENIED}),
    ],
)
def test_the_object_is_there_and_names_the_cloud(verdict: str, answers: Answers) -> None:
    assert judged(CHECK, answers, BACK) == verdict


def test_each_cloud_has_its_name() -> None:
    government = contoso(users=(ANNA,), direction=Direction.TO_ONPREM, cloud=Cloud.GCC_HIGH)
    assert judged(CHECK, seen("sipfed.online.gov.skypeforbusiness.us"), government) == "pass"
    assert observed(CHECK, seen(CLOUD), government) == f"Enabled True, HostingProvider {CLOUD}"


def test_the_way_to_the_cloud_is_another_matter() -> None:
    assert judged(CHECK, seen(CLOUD), TARGET) == "not-applicable"
