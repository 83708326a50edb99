import pytest

from checker.checks.user.return_hosting_provider import CHECK
from checker.model.answers import Json
from checker.model.axes import Direction
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.cloud_side import ANNA, NO_TENANT, TARGET, Answers, judged, observed, on_premises, online
from tests.judging import contoso, objects

BACK = contoso(users=(ANNA,), direction=Direction.TO_ONPREM)
CLOUD = "sipfed.online.lync.com"
NOT_IN_THE_CLOUD = online(UserPrincipalName="b@c.d", SipAddress="")


def homes(in_cloud: Json, on_site: Json = CLOUD) -> Answers:
    return online(HostingProvider=in_cloud) | {ON_PREMISES_USERS: on_premises(HostingProvider=on_site)}


@pytest.mark.parametrize(
    ("verdict", "answers"),
    [
        ("pass", homes(CLOUD)),
        ("fail", homes("SRV:")),
        ("fail", homes("srv:")),
        ("not-applicable", homes("SRV:", "SRV:")),
        ("unknown: malformed", homes(None)),
        ("unknown: malformed", homes(["x"])),
        ("unknown: malformed", homes("SRV:", None)),
        ("unknown: malformed", online() | {ON_PREMISES_USERS: on_premises(HostingProvider=CLOUD)}),
        ("unknown: no-access", NO_TENANT),
        ("not-applicable", online(HostingProvider=CLOUD) | {ON_PREMISES_USERS: objects()}),
        ("unknown: malformed", NOT_IN_THE_CLOUD | {ON_PREMISES_USERS: on_premises(HostingProvider=CLOUD)}),
        ("not-applicable", NOT_IN_THE_CLOUD),
    ],
)
def test_the_cloud_must_not_take_the_user_for_its_own_on_premises(verdict: str, answers: Answers) -> None:
    assert judged(CHECK, answers, BACK) == verdict


def test_both_values_are_shown() -> None:
    assert observed(CHECK, homes("SRV:"), BACK) == f"SRV: in the cloud, {CLOUD} on-premises"


def test_the_way_to_the_cloud_is_another_matter() -> None:
    assert judged(CHECK, homes("SRV:"), TARGET) == "not-applicable"
