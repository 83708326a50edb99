import pytest

from checker.checks.user.mailbox_location import CHECK
from checker.model.answers import Json
from checker.readings.directory_users import DIRECTORY_USERS
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.accounts import ANNA, NOBODY, TARGET, ad_user, read
from tests.judging import DENIED, judged_users, objects


@pytest.mark.parametrize(
    ("verdict", "kind"),
    [
        ("pass", 2147483648),
        ("pass", "34359738368"),
        ("warn", 1),
        ("warn", "2"),
        ("unknown: malformed", 128),  # a mailbox somewhere else
        ("unknown: malformed", None),  # no recipient here: online alone, or nowhere
        ("unknown: malformed", "RemoteUserMailbox"),
    ],
)
def test_exchanges_type_of_the_recipient_says_where_the_mailbox_is(verdict: str, kind: Json) -> None:
    assert judged_users(CHECK, TARGET, read(ad_user(msExchRecipientTypeDetails=kind))) == {ANNA: verdict}


def test_without_the_attributes_of_exchange_nobody_knows() -> None:
    answers = read(ad_user())
    assert judged_users(CHECK, TARGET, answers) == {ANNA: "unknown: malformed"}
    assert judged_users(CHECK, TARGET, {**answers, DIRECTORY_USERS: DENIED}) == {"contoso": "unknown: no-access"}


def test_the_live_question_does_not_ask_for_what_the_schema_may_lack() -> None:
    assert "msExch" not in DIRECTORY_USERS.asked and "msExchRecipientTypeDetails" in DIRECTORY_USERS.properties


def test_a_user_who_was_not_found_is_another_checks_matter() -> None:
    assert judged_users(CHECK, TARGET, {ON_PREMISES_USERS: NOBODY, DIRECTORY_USERS: objects()}) == {
        ANNA: "not-applicable"
    }
