import pytest

from checker.checks.user.unique_sip_address import CHECK
from checker.model.answers import Json, Objects
from checker.model.probes import AnyProbe
from checker.readings.cloud_users import ONLINE_USERS
from checker.readings.directory_users import DIRECTORY_USERS
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.accounts import ANNA, NOBODY, TARGET, UPN, Answers, ad_user, cs_user, without
from tests.judging import DENIED, SILENT, assessed, judged_users, objects

CLOUD = {"UserPrincipalName": UPN, "SipAddress": f"sip:{ANNA}"}
BOB = {"DistinguishedName": "CN=Bob,DC=contoso,DC=com", "UserPrincipalName": "bob@contoso.com"}


def bob(**changes: Json) -> dict[str, Json]:
    return ad_user(**BOB, **{"msRTCSIP-PrimaryUserAddress": None, "proxyAddresses": None, **changes})


def read(
    users: tuple[dict[str, Json], ...] = (cs_user(),),
    directory: tuple[dict[str, Json], ...] = (ad_user(),),
    online: tuple[dict[str, Json], ...] = (CLOUD,),
) -> Answers:
    return {
        ON_PREMISES_USERS: objects(*users),
        DIRECTORY_USERS: objects(*directory),
        ONLINE_USERS: objects(*online),
    }


@pytest.mark.parametrize(
    ("verdict", "answers"),
    [
        ("pass", read()),
        ("pass", read(directory=(ad_user(), bob()))),
        ("pass", read(users=(cs_user(), cs_user()), directory=(ad_user(), ad_user()))),  # the same object twice
        ("pass", read(users=(cs_user(Identity="CN=Anna,OU=Old,DC=contoso,DC=com"),))),  # moved, the UPN is the same
        ("pass", read(directory=(ad_user(), bob(proxyAddresses=[f"smtp:{ANNA}"])))),
        ("warn", read(directory=(ad_user(), bob(proxyAddresses=[f"SIP:{ANNA.upper()}"])))),
        ("warn", read(directory=(ad_user(), bob(proxyAddresses=f"smtp:b@c.d SIP:{ANNA}")))),  # cut off by -Depth
        ("warn", read(directory=(ad_user(), bob(**{"msRTCSIP-PrimaryUserAddress": f"sip:{ANNA}"})))),
        ("warn", read(users=(cs_user(), cs_user(Identity="CN=Eve,DC=contoso,DC=com", UserPrincipalName="e@c.d")))),
        ("warn", read(online=(CLOUD, CLOUD | {"UserPrincipalName": "b@contoso.com"}))),
        ("pass", read(online=(CLOUD, CLOUD | {"UserPrincipalName": "b@c.d", "SoftDeletionTimestamp": "2026-11-01"}))),
    ],
)
def test_an_address_belongs_to_one_object_here_and_to_one_there(verdict: str, answers: Answers) -> None:
    assert judged_users(CHECK, TARGET, answers)[ANNA] == verdict


@pytest.mark.parametrize("probe", [ON_PREMISES_USERS, DIRECTORY_USERS, ONLINE_USERS])
def test_a_list_that_is_not_whole_proves_nothing(probe: AnyProbe) -> None:
    answers: Answers = read()
    whole = answers[probe]
    assert isinstance(whole, Objects)
    in_part = objects(*whole.rows, complete=False)
    assert judged_users(CHECK, TARGET, {**answers, probe: in_part}) == {"contoso": "unknown: no-access"}
    assert judged_users(CHECK, TARGET, {**answers, probe: SILENT}) == {"contoso": "unknown: timed-out"}


def test_a_conflict_stands_whatever_was_not_read() -> None:
    pair = (cs_user(), cs_user(Identity="CN=Eve,DC=contoso,DC=com", UserPrincipalName="eve@contoso.com"))
    shut: Answers = {**read(users=pair), DIRECTORY_USERS: DENIED, ONLINE_USERS: DENIED}
    (found,) = assessed(CHECK, TARGET, shut).users[0].results
    assert found.status.value == "warn" and found.verdict
    assert found.verdict.observed == "on-premises: cn=anna,ou=staff,dc=contoso,dc=com, cn=eve,dc=contoso,dc=com"
    assert found.verdict.fill == (("other", "'cn=eve,dc=contoso,dc=com'"),)


def test_a_domain_of_which_nobody_was_read_may_hold_the_other() -> None:
    child = cs_user(Identity="CN=C,DC=child,DC=contoso,DC=com", SipAddress="sip:c@contoso.com", UserPrincipalName="c@d")
    assert judged_users(CHECK, TARGET, read(users=(cs_user(), child))) == {"contoso": "unknown: no-access"}


@pytest.mark.parametrize(
    "answers",
    [
        read(directory=(without(ad_user(), "proxyAddresses"),)),
        read(directory=(ad_user(proxyAddresses="Microsoft.ActiveDirectory.Management.ADPropertyValueCollection"),)),
        read(directory=(ad_user(), without(bob(), "DistinguishedName"))),
        read(online=({"UserPrincipalName": UPN},)),
    ],
)
def test_what_cannot_be_read_may_hold_the_other(answers: Answers) -> None:
    assert judged_users(CHECK, TARGET, answers) == {"contoso": "unknown: malformed"}


def test_who_is_not_there_or_has_no_address_shares_none() -> None:
    assert judged_users(CHECK, TARGET, {**read(), ON_PREMISES_USERS: NOBODY}) == {ANNA: "not-applicable"}
    nameless = read(
        users=(cs_user(SipAddress="", UserPrincipalName=ANNA), cs_user(Identity="CN=B", SipAddress="sip:b"))
    )
    assert judged_users(CHECK, TARGET, nameless) == {ANNA: "not-applicable"}
