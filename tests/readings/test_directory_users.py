import pytest

from checker.model.answers import Json
from checker.model.evidence import Evidence
from checker.model.facts import Fact
from checker.model.probes import AnyProbe
from checker.model.undecided import Reason, Undecided, Unreadable
from checker.model.users import OnPremisesUser, UserRow
from checker.probers.allowed_cmdlets import ValueNotAllowed, allowed_command
from checker.probers.evidence_files.store import wanted_file
from checker.readings.directory_users import (
    ACCOUNT_FOREST,
    ADDRESS,
    DIRECTORY_USERS,
    AccountIndex,
    accounts,
    sip_entries,
)
from checker.readings.users import ON_PREMISES_USERS, batch
from tests.checks.user.accounts import ANNA, DN, TARGET, UPN, ad_user, cs_user, without
from tests.judging import NOW, objects


def index(*rows: dict[str, Json], complete: bool = True) -> AccountIndex:
    users = objects(*rows, complete=complete)
    return AccountIndex(users, "Get-ADUser", DIRECTORY_USERS.properties, "DistinguishedName", ADDRESS)


def user(dn: str = DN.lower(), upn: str = UPN, address: str = ANNA) -> UserRow:
    return UserRow(ANNA, (OnPremisesUser(address, upn, dn, True, "SRV:", "", False, ""),))


OTHER = ad_user(
    DistinguishedName="CN=Bob,DC=contoso,DC=com",
    UserPrincipalName="bob@contoso.com",
    SamAccountName="bob",
    proxyAddresses=None,
)


def test_an_account_is_found_by_dn_then_upn() -> None:
    anna = ad_user()
    assert index(OTHER, anna).find(user()) == anna
    assert index(OTHER, anna).find(user(dn="cn=anna,ou=old,dc=contoso,dc=com")) == anna
    # Another object with the same address is not the user's.
    assert index(OTHER).find(user()) is None


@pytest.mark.parametrize("name", [ANNA, UPN, DN.lower(), "anna"])
def test_whom_nobody_else_shows_is_found_by_what_the_operator_wrote(name: str) -> None:
    anna = ad_user()
    for row in (UserRow(name, ()), UserRow(name, None)):
        assert index(OTHER | {ADDRESS: None}, anna).find(row) == anna


def test_an_entry_of_proxy_addresses_finds_who_has_no_address() -> None:
    anna = ad_user(**{ADDRESS: None})
    assert index(anna).find(UserRow(ANNA, ())) == anna


@pytest.mark.parametrize(
    ("found", "complete", "dn"),
    [(None, True, DN), ((), False, DN), ("user", False, DN), ("user", True, "CN=Anna,DC=child,DC=contoso,DC=com")],
)
def test_who_may_be_among_what_was_not_read_is_not_absent(found: str | None, complete: bool, dn: str) -> None:
    row = user(dn=dn.lower(), upn="") if found == "user" else UserRow("nobody", found)  # type: ignore[arg-type]
    with pytest.raises(Undecided) as why:
        index(OTHER, complete=complete).find(row)
    assert why.value.reason is Reason.NO_ACCESS and why.value.needs


def test_an_attribute_that_an_account_lacks_is_not_set_if_any_account_has_it() -> None:
    bare = without(ad_user(), "adminCount")
    assert index(bare, OTHER | {"adminCount": 1}).value(bare, "adminCount") is None
    assert index(bare, OTHER | {"adminCount": None}).value(bare, "adminCount") is None
    with pytest.raises(Unreadable):
        index(bare, without(OTHER, "adminCount")).value(bare, "adminCount")


def test_names_of_properties_have_no_case() -> None:
    shouted = without(ad_user(), "adminCount") | {"ADMINCOUNT": 1}
    assert index(shouted, OTHER | {"adminCount": 2}).value(shouted, "adminCount") == 1


@pytest.mark.parametrize(
    ("proxies", "found"),
    [
        (None, []),
        ("", []),
        ([], []),
        (["SMTP:a@b", "SIP:A@B"], ["a@b"]),
        ("sip:a@b", ["a@b"]),
        ("SMTP:x@y X500:/o=First Organization/cn=A sip:a@b", ["a@b"]),
        ("sip:a@b smtp:x@y sip:c@d", ["a@b", "c@d"]),
    ],
)
def test_sip_entries_are_taken_from_whatever_is_left_of_the_list(proxies: Json, found: list[str]) -> None:
    assert list(sip_entries(proxies)) == found


@pytest.mark.parametrize("proxies", ["Microsoft.ADPropertyValueCollection", ["a@b"], 7, {"Count": 2}])
def test_what_is_no_list_of_addresses_is_not_an_empty_one(proxies: Json) -> None:
    with pytest.raises(Unreadable):
        list(sip_entries(proxies))


def test_the_batch_is_joined_once() -> None:
    answers = {ON_PREMISES_USERS: objects(cs_user()), DIRECTORY_USERS: objects(ad_user())}
    facts: dict[AnyProbe, Fact] = {
        probe: Fact(probe=probe, answer=answer, observed_at=NOW) for probe, answer in answers.items()
    }
    evidence = Evidence(facts, {})
    (row,) = evidence.derive(batch(TARGET))
    found = accounts(TARGET, evidence)
    assert found.of(row) == ad_user() and accounts(TARGET, evidence) is found


def test_the_live_question_is_one_that_may_be_sent_and_the_other_forest_is_asked_by_file() -> None:
    assert "msExch" not in str(allowed_command(DIRECTORY_USERS))
    assert wanted_file(ACCOUNT_FOREST) == "onprem/Get-ADUser--accounts.json"
    with pytest.raises(ValueNotAllowed):
        allowed_command(ACCOUNT_FOREST)
