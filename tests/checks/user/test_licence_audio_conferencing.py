import pytest

from checker.checks.user.licence_audio_conferencing import CHECK
from checker.model.answers import AnyAnswer, Json, Objects
from checker.model.facts import NoAnswer
from checker.readings.conferencing_policies import CONFERENCING_POLICIES
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.cloud_side import NO_TENANT, Answers, judged, on_premises, online
from tests.judging import DENIED, objects

AUDIO = {"Capability": "MCOMEETADD", "CapabilityStatus": "Enabled"}


def policies(*, complete: bool = True, **flags: Json) -> Objects:
    """By Identity, with one underscore for the colon."""
    found = [{"Identity": name.replace("_", ":"), "EnableDialInConferencing": on} for name, on in flags.items()]
    return objects(*found, complete=complete)


EVERYBODY = policies(Global=True)


def licensed(*plans: Json, own: Json = None, policies: AnyAnswer | NoAnswer = EVERYBODY) -> Answers:
    user = on_premises(ConferencingPolicy=own)
    return online(AssignedPlan=list(plans)) | {ON_PREMISES_USERS: user, CONFERENCING_POLICIES: policies}


@pytest.mark.parametrize(
    ("verdict", "plans"),
    [
        ("pass", [AUDIO]),
        ("pass", [AUDIO | {"Capability": "MCOMEETADV"}]),
        ("pass", [AUDIO | {"Capability": "MCOMEETACPEA"}]),  # unsourced, and accepted
        ("warn", []),
        ("warn", [AUDIO | {"CapabilityStatus": "Suspended"}]),
        ("warn", [AUDIO | {"CapabilityStatus": "PendingInput"}]),
        ("unknown: malformed", ["System.Object"]),
    ],
)
def test_a_missing_plan_is_no_more_than_a_warning(verdict: str, plans: list[Json]) -> None:
    assert judged(CHECK, licensed(*plans)) == verdict


@pytest.mark.parametrize(
    ("verdict", "own", "known"),
    [
        ("warn", "Tag:Talkers", policies(Global=False, Tag_Talkers=True)),
        ("not-applicable", "Silent", policies(Global=True, Tag_Silent="False")),
        ("not-applicable", None, policies(Global=False)),
        ("not-applicable", "", policies(Global=False, Site_Redmond=False)),
        ("unknown: malformed", None, policies(Global=False, Site_Redmond=True)),  # the user's site is not known
        ("warn", "Talkers", policies(Global=False, Site_Redmond=True, Tag_Talkers=True)),
        ("unknown: malformed", "Gone", policies(Global=True)),
        ("unknown: malformed", None, policies(Tag_Talkers=True)),
        ("unknown: malformed", None, policies(Global=None)),
        ("unknown: no-access", None, policies(Global=True, complete=False)),
        ("unknown: malformed", {"a": 1}, EVERYBODY),
        ("unknown: no-access", None, DENIED),
    ],
)
def test_the_policy_in_force_says_whether_the_user_dials_in(verdict: str, own: Json, known: Objects | NoAnswer) -> None:
    assert judged(CHECK, licensed(own=own, policies=known)) == verdict


def test_unread_and_absent_users() -> None:
    policy: Answers = {CONFERENCING_POLICIES: EVERYBODY}
    without_policy = {ON_PREMISES_USERS: on_premises()}
    assert judged(CHECK, online(AssignedPlan=[AUDIO]) | policy | without_policy) == "unknown: malformed"
    assert judged(CHECK, NO_TENANT | policy) == "unknown: no-access"
    assert judged(CHECK, licensed(AUDIO) | {ON_PREMISES_USERS: objects()}) == "not-applicable"
    bob = online(UserPrincipalName="b@c.d", SipAddress="", AssignedPlan=[AUDIO])
    assert judged(CHECK, licensed() | bob) == "not-applicable"
