import pytest

from checker.checks.admin.tenant_roles import CHECK
from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.readings.operator_groups import DIRECTORY_ROLES
from tests.judging import CONTOSO, DENIED, contoso, finding, judged, objects


def roles(*names: str, complete: bool = True) -> Objects:
    return objects(*({"id": str(number), "displayName": name} for number, name in enumerate(names)), complete=complete)


def as_the_module_has_it(name: str, kind: str) -> Objects:
    more = {"@odata.type": f"#microsoft.graph.{kind}", "displayName": name}
    return objects({"Id": "1", "DisplayName": None, "AdditionalProperties": more})


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", roles("Global Administrator")),
        ("pass", roles("Reports Reader", "TEAMS ADMINISTRATOR", "User Administrator")),
        ("pass", roles("Skype for Business Administrator", "User Administrator")),
        ("warn", roles("Teams Administrator")),  # texts until 2021 ask for User Administrator as well
        ("fail", roles("User Administrator")),
        ("fail", roles("Teams Communications Administrator", "Global Reader")),
        ("fail", roles()),
        ("pass", roles("Global Administrator", complete=False)),
        ("unknown: no-access", roles("Teams Administrator", complete=False)),
        ("unknown: no-access", roles("Global Reader", complete=False)),
        ("pass", as_the_module_has_it("Global Administrator", "directoryRole")),
        ("fail", as_the_module_has_it("Global Administrator", "group")),  # a group may have any name
        ("unknown: malformed", objects(id="1")),
        ("unknown: no-access", DENIED),
    ],
)
def test_the_account_of_the_move_holds_a_role_that_may_move(verdict: str, answer: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {DIRECTORY_ROLES: answer}) == verdict


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("pass", ("Global Administrator",)),
        ("warn", ("Teams Administrator",)),
        ("warn", ("Teams Administrator (eligible)", "User Administrator")),
        ("fail", ("User Administrator (eligible)",)),
        ("fail", ()),
    ],
)
def test_what_the_operator_says_decides_both_ways(verdict: str, said: tuple[str, ...]) -> None:
    assert judged(CHECK, contoso(tenant_roles=said), {}) == verdict


def test_no_account_is_asked_for_but_the_key_that_says_it() -> None:
    found = finding(CHECK, CONTOSO, {DIRECTORY_ROLES: DENIED})
    assert found.unknown and found.unknown.needs == "[operator].tenant_roles in csready.toml"
