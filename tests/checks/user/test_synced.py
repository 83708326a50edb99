import pytest

from checker.checks.user.synced import CHECK
from checker.model.answers import Json
from checker.readings.cloud_users import GRAPH_USERS, ONLINE_USERS
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.cloud_side import ANNA, NO_TENANT, UPN, Answers, graph, judged, observed, online
from tests.judging import DENIED, SILENT, objects

SYNCED: dict[str, Json] = {"UserDirSyncEnabled": True, "OnPremHostingProvider": "SRV:"}


@pytest.mark.parametrize(
    ("verdict", "properties"),
    [
        ("pass", SYNCED),
        ("pass", {"DirSyncEnabled": "True", "OnPremHostingProvider": "srv:"}),  # as older modules name it
        ("fail", SYNCED | {"UserDirSyncEnabled": False}),
        ("fail", SYNCED | {"OnPremHostingProvider": None}),
        ("fail", SYNCED | {"OnPremHostingProvider": "sipfed.online.lync.com"}),
        ("fail", SYNCED | {"SoftDeletionTimestamp": "/Date(1700000000000)/"}),
        ("pass", SYNCED | {"SoftDeletionTimestamp": None}),
        ("unknown: malformed", SYNCED | {"UserDirSyncEnabled": None}),
        ("unknown: malformed", {"UserDirSyncEnabled": True}),
        ("unknown: malformed", SYNCED | {"OnPremHostingProvider": {"a": "b"}}),
        ("unknown: malformed", {}),  # the property was not read, and Graph is shut
    ],
)
def test_the_cmdlet_shows_the_account_and_where_it_is_homed(verdict: str, properties: dict[str, Json]) -> None:
    assert judged(CHECK, online(**properties)) == verdict


@pytest.mark.parametrize(
    ("verdict", "synced"), [("pass", True), ("fail", False), ("unknown: malformed", None), ("unknown: malformed", "x")]
)
def test_graph_shows_the_account_alone(verdict: str, synced: Json) -> None:
    assert judged(CHECK, graph(onPremisesSyncEnabled=synced)) == verdict


def test_null_of_one_user_in_graph_is_an_account_made_in_the_cloud() -> None:
    bob = {"UserPrincipalName": "bob@contoso.com", "OnPremisesSyncEnabled": True}
    anna = {"UserPrincipalName": UPN, "OnPremisesSyncEnabled": None}
    assert judged(CHECK, NO_TENANT | {GRAPH_USERS: objects(bob, anna)}) == "fail"


def test_graph_is_taken_where_the_cmdlets_list_lacks_the_property() -> None:
    answers = graph(onPremisesSyncEnabled=True) | {ONLINE_USERS: objects(UserPrincipalName=UPN, SipAddress=ANNA)}
    assert judged(CHECK, answers) == "pass"


def test_an_account_that_lives_comes_before_one_that_was_deleted() -> None:
    deleted = {
        "UserPrincipalName": UPN,
        "SipAddress": ANNA,
        "UserDirSyncEnabled": True,
        "SoftDeletionTimestamp": "2026",
    }
    alive = {"UserPrincipalName": UPN, "SipAddress": ANNA, **SYNCED}
    assert judged(CHECK, NO_TENANT | {ONLINE_USERS: objects(deleted, alive)}) == "pass"


def test_no_account_is_said_so_and_only_of_a_complete_list() -> None:
    bob: Answers = online(UserPrincipalName="bob@contoso.com", SipAddress="bob@contoso.com", **SYNCED)
    assert observed(CHECK, bob) == "no cloud account"
    part = online(UserPrincipalName="bob@contoso.com", SipAddress=None, complete=False, **SYNCED)
    assert judged(CHECK, part) == "unknown: no-access"


def test_unread_and_absent_users() -> None:
    assert judged(CHECK, NO_TENANT) == "unknown: no-access"
    assert judged(CHECK, online(**SYNCED) | {ON_PREMISES_USERS: objects()}) == "not-applicable"
    assert judged(CHECK, online(**SYNCED) | {ON_PREMISES_USERS: DENIED}) == "pass"
    away = online(UserPrincipalName="x@y.z", SipAddress=None, **SYNCED)
    assert judged(CHECK, away | {ON_PREMISES_USERS: SILENT}) == "unknown: no-access"
