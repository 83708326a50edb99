import pytest

from checker.checks.user.sip_address_present import CHECK
from checker.model.answers import AnyAnswer, Json
from checker.model.facts import NoAnswer
from checker.readings.cloud_users import GRAPH_USERS, ONLINE_USERS
from checker.readings.directory_users import DIRECTORY_USERS
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.accounts import ANNA, NOBODY, TARGET, Answers, ad_user, cs_user, without
from tests.judging import DENIED, contoso, judged_users, objects

ERROR = (
    "Cannot generate SIP address. Reason=[The value of the msRTCSIP-DeploymentLocator property in your local Active"
    " Directory is set to [SRV:] but the value of the msRTCSIP-PrimaryUserAddress property is NULL."
)


def bad(**changes: Json) -> dict[str, Json]:
    return ad_user(**{"UserPrincipalName": ANNA, "msRTCSIP-PrimaryUserAddress": None, **changes})


def other(**changes: Json) -> dict[str, Json]:
    """Somebody else, in whom the attributes are seen."""
    return ad_user(DistinguishedName="CN=Bob,DC=contoso,DC=com", UserPrincipalName="b@c.d", proxyAddresses=None) | {
        "msRTCSIP-PrimaryUserAddress": "sip:b@c.d",
        "SamAccountName": "bob",
    }


@pytest.mark.parametrize(
    ("verdict", "changes"),
    [
        ("pass", {}),
        ("fail", {"SipAddress": ""}),
        ("fail", {"SipAddress": None}),
        ("pass", {"SipAddress": "", "HostingProvider": "sipfed.online.lync.com"}),
        ("unknown: malformed", {"SipAddress": "", "HostingProvider": ""}),
    ],
)
def test_whoever_is_homed_here_has_an_address(verdict: str, changes: dict[str, Json]) -> None:
    answers: Answers = {ON_PREMISES_USERS: objects(cs_user(UserPrincipalName=ANNA, **changes))}
    assert list(judged_users(CHECK, TARGET, answers).values()) == [verdict]


def test_an_address_that_was_not_read_is_not_empty() -> None:
    user = objects(without(cs_user(UserPrincipalName=ANNA), "SipAddress"))
    assert judged_users(CHECK, TARGET, {ON_PREMISES_USERS: user}) == {ANNA: "unknown: malformed"}
    assert judged_users(CHECK, TARGET, {ON_PREMISES_USERS: DENIED}) == {ANNA: "unknown: no-access"}


@pytest.mark.parametrize(
    ("verdict", "account"),
    [
        ("fail", bad()),
        ("fail", bad(UserPrincipalName="other@contoso.com")),  # found by the entry of proxyAddresses
        ("not-applicable", bad(msRTCSIP_DeploymentLocator=None)),
        ("not-applicable", bad(msRTCSIP_DeploymentLocator="sipfed.online.lync.com")),
        ("not-applicable", ad_user()),
        ("not-applicable", other()),
    ],
)
def test_whom_get_csuser_does_not_show_is_looked_up_in_the_directory(verdict: str, account: dict[str, Json]) -> None:
    answers: Answers = {ON_PREMISES_USERS: NOBODY, DIRECTORY_USERS: objects(account, other())}
    assert judged_users(CHECK, TARGET, answers) == {ANNA: verdict}


@pytest.mark.parametrize(
    ("verdict", "online"),
    [
        ("fail", {"UserValidationErrors": [ERROR]}),
        ("fail", {"MCOValidationError": ERROR}),
        ("not-applicable", {"UserValidationErrors": []}),
        ("not-applicable", {"UserValidationErrors": ["The address is not unique."]}),
        ("unknown: no-access", {"UserValidationErrors": ["Microsoft.Rtc.Error"]}),
        ("unknown: no-access", {"UserValidationErrors": [ERROR], "UserPrincipalName": "b@c.d", "SipAddress": ""}),
    ],
)
@pytest.mark.parametrize("directory", [DENIED, objects(other(), complete=False)])
def test_the_tenants_error_stands_in_for_the_directory(
    verdict: str, online: dict[str, Json], directory: AnyAnswer | NoAnswer
) -> None:
    account = {"UserPrincipalName": ANNA, "SipAddress": f"sip:{ANNA}", **online}
    answers: Answers = {
        ON_PREMISES_USERS: NOBODY,
        DIRECTORY_USERS: directory,
        ONLINE_USERS: objects(account),
        GRAPH_USERS: DENIED,
    }
    found = judged_users(CHECK, TARGET, answers)
    if verdict.startswith("unknown") and directory is DENIED:
        assert found == {ANNA: "unknown: malformed"}  # no source that was read but the tenant
    else:
        assert found == {ANNA: verdict}


def test_where_neither_was_read_both_are_named() -> None:
    shut: Answers = {DIRECTORY_USERS: DENIED, ONLINE_USERS: DENIED, GRAPH_USERS: DENIED}
    found = judged_users(CHECK, TARGET, {ON_PREMISES_USERS: NOBODY, **shut})
    assert found == {"contoso": "unknown: no-access"}


def test_the_directory_is_asked_for_nobody_who_was_found() -> None:
    answers: Answers = {ON_PREMISES_USERS: objects(cs_user()), DIRECTORY_USERS: DENIED, ONLINE_USERS: DENIED}
    assert judged_users(CHECK, contoso(), answers) == {ANNA: "pass"}
