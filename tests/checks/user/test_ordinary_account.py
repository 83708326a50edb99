import pytest

from checker.checks.user.ordinary_account import CHECK
from checker.model.answers import AnyAnswer, Json
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.readings.other_accounts import APPLICATION_ENDPOINTS, COMMON_AREA_PHONES, MEETING_ROOMS
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.accounts import ANNA, DN, NOBODY, TARGET, Answers, cs_user
from tests.judging import DENIED, assessed, judged_users, objects

NONE: Answers = {
    ON_PREMISES_USERS: objects(cs_user()),
    APPLICATION_ENDPOINTS: objects(),
    COMMON_AREA_PHONES: objects(),
    MEETING_ROOMS: objects(),
}
OTHER = {"Identity": "CN=Lobby,DC=contoso,DC=com", "SipAddress": "sip:lobby@contoso.com"}
BY_ADDRESS = {"Identity": "CN=Room,DC=contoso,DC=com", "SipAddress": f"sip:{ANNA.upper()}"}
BY_DN = {"Identity": DN, "SipAddress": ""}


@pytest.mark.parametrize(
    ("probe", "kind"),
    [
        (APPLICATION_ENDPOINTS, "a hybrid application endpoint"),
        (COMMON_AREA_PHONES, "a common area phone"),
        (MEETING_ROOMS, "a meeting room"),
    ],
)
@pytest.mark.parametrize("row", [BY_ADDRESS, BY_DN])
def test_what_has_a_cmdlet_of_its_own_is_no_ordinary_user(probe: AnyProbe, kind: str, row: dict[str, Json]) -> None:
    (found,) = assessed(CHECK, TARGET, {**NONE, probe: objects(row, OTHER)}).users[0].results
    assert found.status.value == "warn" and found.verdict and found.verdict.observed == kind


def test_who_is_in_none_of_the_lists_is_ordinary() -> None:
    assert judged_users(CHECK, TARGET, NONE) == {ANNA: "pass"}
    assert judged_users(CHECK, TARGET, {**NONE, MEETING_ROOMS: objects(OTHER)}) == {ANNA: "pass"}


def test_a_phone_that_was_taken_for_a_user_is_found_by_what_the_list_says() -> None:
    answers: Answers = {**NONE, ON_PREMISES_USERS: NOBODY, COMMON_AREA_PHONES: objects(BY_ADDRESS)}
    assert judged_users(CHECK, TARGET, answers) == {ANNA: "warn"}
    assert judged_users(CHECK, TARGET, {**NONE, ON_PREMISES_USERS: NOBODY}) == {ANNA: "not-applicable"}


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("unknown: no-access", DENIED),
        ("unknown: no-access", objects(complete=False)),
        ("unknown: malformed", objects({"DisplayName": "Lobby"})),
    ],
)
def test_the_list_that_was_not_read_may_hold_the_user(verdict: str, answer: AnyAnswer | NoAnswer) -> None:
    assert judged_users(CHECK, TARGET, {**NONE, MEETING_ROOMS: answer}) == {"contoso": verdict}
    seen = {**NONE, MEETING_ROOMS: answer, COMMON_AREA_PHONES: objects(OTHER)}
    assert judged_users(CHECK, TARGET, seen) == {ANNA: verdict}
    assert judged_users(CHECK, TARGET, {**seen, COMMON_AREA_PHONES: objects(BY_DN)}) == {ANNA: "warn"}


def test_without_get_csuser_nobody_is_ordinary() -> None:
    assert judged_users(CHECK, TARGET, {**NONE, ON_PREMISES_USERS: DENIED}) == {ANNA: "unknown: no-access"}
