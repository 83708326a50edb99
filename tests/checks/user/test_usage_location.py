import pytest

from checker.checks.user.usage_location import CHECK
from checker.model.answers import Json
from checker.readings.cloud_users import GRAPH_USERS
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.cloud_side import NO_TENANT, UPN, graph, judged
from tests.judging import objects


@pytest.mark.parametrize(
    ("verdict", "location"),
    [("pass", "DE"), ("warn", ""), ("unknown: malformed", ["DE"]), ("unknown: malformed", None)],
)
def test_the_location_is_set(verdict: str, location: Json) -> None:
    assert judged(CHECK, graph(usageLocation=location)) == verdict


def test_null_of_one_user_is_no_location_null_of_all_was_not_asked_for() -> None:
    bob = {"UserPrincipalName": "bob@contoso.com", "UsageLocation": "US"}
    anna = {"UserPrincipalName": UPN, "UsageLocation": None}
    assert judged(CHECK, NO_TENANT | {GRAPH_USERS: objects(bob, anna)}) == "warn"


def test_unread_and_absent_users() -> None:
    assert judged(CHECK, NO_TENANT) == "unknown: no-access"
    assert judged(CHECK, graph()) == "unknown: malformed"
    assert judged(CHECK, graph(usageLocation="DE") | {ON_PREMISES_USERS: objects()}) == "not-applicable"
    assert judged(CHECK, graph(usageLocation="DE", userPrincipalName="b@c.d", imAddresses=[])) == "not-applicable"
