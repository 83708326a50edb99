import pytest

from checker.checks.user.voicemail import CHECK
from checker.model.answers import Json
from checker.readings.directory_users import DIRECTORY_USERS
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.accounts import ANNA, NOBODY, TARGET, ad_user, cs_user, read, without
from tests.judging import DENIED, assessed, judged_users, objects


@pytest.mark.parametrize(
    ("verdict", "hosted", "unified"),
    [
        ("pass", False, "False"),
        ("warn", True, False),
        ("warn", False, True),
        ("warn", None, True),
        ("unknown: malformed", None, False),
        ("unknown: malformed", False, "perhaps"),
    ],
)
def test_voice_mail_of_exchange_needs_a_plan(verdict: str, hosted: Json, unified: Json) -> None:
    user = objects(cs_user(HostedVoiceMail=hosted, ExUmEnabled=unified))
    seen = judged_users(CHECK, TARGET, {ON_PREMISES_USERS: user, DIRECTORY_USERS: DENIED})
    assert seen == {"contoso" if "unknown" in verdict else ANNA: verdict}  # of the only user is of all


@pytest.mark.parametrize(
    ("verdict", "kind", "observed"),
    [
        ("pass", 2147483648, ""),
        ("warn", 1, "mailbox on-premises"),
        ("warn", None, "where the mailbox is was not read"),
        ("warn", 128, "where the mailbox is was not read"),
    ],
)
def test_a_mailbox_in_the_cloud_is_plan_enough(verdict: str, kind: Json, observed: str) -> None:
    answers = read(ad_user(msExchRecipientTypeDetails=kind), ExUmEnabled=True)
    assert judged_users(CHECK, TARGET, answers) == {ANNA: verdict}
    for result in assessed(CHECK, TARGET, answers).users[0].results:
        assert result.verdict and observed in result.verdict.observed


def test_a_property_that_is_missing_is_not_off() -> None:
    user = objects(without(cs_user(), "ExUmEnabled"))
    assert judged_users(CHECK, TARGET, {ON_PREMISES_USERS: user}) == {"contoso": "unknown: malformed"}


def test_a_user_who_was_not_found_is_another_checks_matter() -> None:
    assert judged_users(CHECK, TARGET, {ON_PREMISES_USERS: NOBODY}) == {ANNA: "not-applicable"}
    assert judged_users(CHECK, TARGET, {ON_PREMISES_USERS: DENIED}) == {ANNA: "unknown: no-access"}
