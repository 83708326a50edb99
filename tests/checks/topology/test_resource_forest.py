import base64

import pytest

from checker.checks.topology.resource_forest import CHECK
from checker.model.answers import AnyAnswer, Json
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.readings.directory_users import ACCOUNT_FOREST, DIRECTORY_USERS
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.accounts import ANNA, NOBODY, ad_user, cs_user, without
from tests.judging import DENIED, assessed, contoso, judged, judged_users, objects

SID = "S-1-5-21-1-2-3-1001"
BYTES = bytes([1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0xE9, 3, 0, 0])
TARGET = contoso(users=(ANNA,), resource_forest=True)
ACCOUNTS = objects({"SID": "S-1-5-21-9-9-9-500"}, {"SID": {"BinaryLength": 28, "Value": SID}})


def read(accounts: AnyAnswer | NoAnswer = ACCOUNTS, **changes: Json) -> dict[AnyProbe, AnyAnswer | NoAnswer]:
    linked = {"Enabled": False, "msRTCSIP_OriginatorSID": SID, **changes}
    return {
        ON_PREMISES_USERS: objects(cs_user()),
        DIRECTORY_USERS: objects(ad_user(**linked)),
        ACCOUNT_FOREST: accounts,
    }


@pytest.mark.parametrize(
    ("verdict", "changes", "observed"),
    [
        ("pass", {}, ""),
        ("pass", {"ObjectClass": ["top", "person", "organizationalPerson", "user"]}, ""),
        ("pass", {"msRTCSIP_OriginatorSID": {"@text": SID}}, ""),
        ("pass", {"msRTCSIP_OriginatorSID": list(BYTES)}, ""),
        ("pass", {"msRTCSIP_OriginatorSID": base64.b64encode(BYTES).decode()}, ""),
        ("fail", {"ObjectClass": "contact"}, "ObjectClass contact"),
        ("fail", {"Enabled": True}, "Enabled True"),
        ("fail", {"msRTCSIP_OriginatorSID": None}, "msRTCSIP-OriginatorSID is not set"),
        ("fail", {"msRTCSIP_OriginatorSID": "S-1-5-21-7-7-7-7"}, "no account has the SID S-1-5-21-7-7-7-7"),
        ("unknown: malformed", {"msRTCSIP_OriginatorSID": "System.Byte[]"}, ""),
        ("unknown: malformed", {"Enabled": None}, ""),
    ],
)
def test_a_disabled_user_is_linked_to_an_account(verdict: str, changes: dict[str, Json], observed: str) -> None:
    assert judged_users(CHECK, TARGET, read(**changes)) == {ANNA: verdict}
    for result in assessed(CHECK, TARGET, read(**changes)).users[0].results:
        assert (result.verdict.observed if result.verdict else "") == observed


@pytest.mark.parametrize("accounts", [DENIED, objects({"SID": "S-1-5-21-9-9-9-500"}, complete=False)])
def test_an_account_forest_that_was_not_read_whole_denies_no_link(accounts: AnyAnswer | NoAnswer) -> None:
    assert judged_users(CHECK, TARGET, read(accounts)) == {ANNA: "unknown: no-access"}
    assert judged_users(CHECK, TARGET, read(accounts, ObjectClass="contact")) == {ANNA: "fail"}


def test_only_the_operator_knows_of_a_resource_forest() -> None:
    assert judged_users(CHECK, contoso(users=(ANNA,)), read()) == {"contoso": "unknown: not-asked"}
    assert judged(CHECK, contoso(users=(ANNA,), resource_forest=False), read()) == "not-applicable"


def test_what_was_not_read_says_nothing() -> None:
    assert judged_users(CHECK, TARGET, {**read(), DIRECTORY_USERS: DENIED}) == {"contoso": "unknown: no-access"}
    bare = objects(without(ad_user(Enabled=False), "msRTCSIP-OriginatorSID"))
    assert judged_users(CHECK, TARGET, {**read(), DIRECTORY_USERS: bare}) == {ANNA: "unknown: malformed"}
    nobody = {**read(), ON_PREMISES_USERS: NOBODY, DIRECTORY_USERS: objects()}
    assert judged_users(CHECK, TARGET, nobody) == {ANNA: "not-applicable"}
