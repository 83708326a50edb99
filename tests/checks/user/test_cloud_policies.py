import pytest

from checker.checks.user.cloud_policies import CHECK
from checker.model.answers import Json
from checker.model.users import POLICIES
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.cloud_side import NO_TENANT, Answers, judged, observed, on_premises, online
from tests.judging import DENIED, objects

NO_POLICIES: dict[str, Json] = dict.fromkeys(POLICIES)


def compared(own: dict[str, Json], in_cloud: dict[str, Json]) -> Answers:
    return online(**in_cloud) | {ON_PREMISES_USERS: on_premises(**NO_POLICIES | own)}


@pytest.mark.parametrize(
    ("verdict", "own", "in_cloud"),
    [
        ("pass", {}, {}),
        ("pass", {"ExternalAccessPolicy": "Tag:Friends"}, {"ExternalAccessPolicy": "FederationOnly"}),
        ("pass", {"ExternalAccessPolicy": "Friends"}, {"ExternalAccessPolicy": {"Name": "FederationOnly"}}),
        ("warn", {"ExternalAccessPolicy": "Friends"}, {"ExternalAccessPolicy": None}),
        ("warn", {"ExternalAccessPolicy": "Friends"}, {"ExternalAccessPolicy": "Global"}),
        ("pass", {"ConferencingPolicy": "Big"}, {"TeamsMeetingPolicy": "AllOn", "ConferencingPolicy": None}),
        ("warn", {"DialPlan": "Berlin"}, {"TenantDialPlan": ""}),
        (
            "warn",
            {"ConferencingPolicy": "Big", "DialPlan": "Berlin"},
            {"TeamsMeetingPolicy": "A", "TenantDialPlan": ""},
        ),
        ("pass", {"UserServicesPolicy": "NoUcs"}, {}),  # nothing in the cloud is like it
        ("pass", {}, {"ExternalAccessPolicy": "FederationOnly"}),
        ("unknown: malformed", {"DialPlan": "Berlin"}, {}),
        ("unknown: malformed", {"DialPlan": "Berlin"}, {"TenantDialPlan": ["x"]}),
    ],
)
def test_an_own_policy_on_premises_wants_one_in_the_cloud(
    verdict: str, own: dict[str, Json], in_cloud: dict[str, Json]
) -> None:
    assert judged(CHECK, compared(own, in_cloud)) == verdict


def test_what_is_missing_is_named() -> None:
    own: dict[str, Json] = {"DialPlan": "Berlin", "VoicePolicy": "All"}
    found = observed(CHECK, compared(own, {"TenantDialPlan": None, "OnlineVoiceRoutingPolicy": None}))
    assert found == "none for DialPlan, VoicePolicy"


def test_unread_and_absent_users() -> None:
    assert judged(CHECK, NO_TENANT) == "unknown: no-access"
    assert judged(CHECK, online()) == "unknown: malformed"  # no policy was read on-premises
    assert judged(CHECK, online() | {ON_PREMISES_USERS: DENIED}) == "unknown: no-access"
    assert judged(CHECK, online() | {ON_PREMISES_USERS: objects()}) == "not-applicable"
    bob = online(UserPrincipalName="b@c.d", SipAddress="")
    assert judged(CHECK, compared({"DialPlan": "Berlin"}, {}) | bob) == "not-applicable"
