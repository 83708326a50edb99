import pytest

from checker.checks.user.interpreted_type import CHECK
from checker.model.answers import Json
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.cloud_side import NO_TENANT, judged, online, result
from tests.judging import objects


@pytest.mark.parametrize(
    ("verdict", "interpreted"),
    [
        ("pass", "HybridOnpremSfBUser"),
        ("pass", "DirSyncEnabledOnlineActiveDirectoryDisabledUser"),
        ("warn", "HybridOnpremSfBUserWithMCOValidationError"),
        ("warn", "AADConnectEnabledOnlineUserNotLicensedForService"),
        ("warn", "DirSyncDisabledOnlineTeamsUserPendingDeletionFromAD"),
        ("unknown: malformed", ""),
        ("unknown: malformed", None),
        ("unknown: malformed", ["x"]),
    ],
)
def test_signs_of_trouble_are_parts_of_the_word(verdict: str, interpreted: Json) -> None:
    assert judged(CHECK, online(InterpretedUserType=interpreted)) == verdict


def test_the_check_that_explains_it_is_named() -> None:
    verdict = result(CHECK, online(InterpretedUserType="HybridOnpremSfBUserWithMCOValidationError")).verdict
    assert verdict and "user.validation-errors" in verdict.summary


def test_unread_and_absent_users() -> None:
    assert judged(CHECK, NO_TENANT) == "unknown: no-access"
    assert judged(CHECK, online()) == "unknown: malformed"
    sound = online(InterpretedUserType="HybridOnpremSfBUser")
    assert judged(CHECK, sound | {ON_PREMISES_USERS: objects()}) == "not-applicable"
    gone = online(UserPrincipalName="b@c.d", SipAddress="", InterpretedUserType="x")
    assert judged(CHECK, gone) == "not-applicable"
