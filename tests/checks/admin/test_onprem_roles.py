import pytest

from checker.checks.admin.onprem_roles import CHECK
from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.readings.operator_groups import WHOAMI
from tests.judging import CONTOSO, DENIED, contoso, finding, judged, objects

THREE = ("CSServerAdministrator", "CsUserAdministrator", "RTCUniversalUserAdmins")


def groups(*names: str, complete: bool = True) -> Objects:
    return objects(
        {"Name": "BUILTIN\\Users", "SID": "S-1-5-32-545"},
        *({"Name": f"CONTOSO\\{name}", "SID": "S-1-5-21-1-2-3-1104"} for name in names),
        complete=complete,
    )


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", groups(*THREE)),
        ("pass", groups(*map(str.upper, THREE))),
        ("pass", groups("CSAdministrator", "RTCUniversalUserAdmins")),
        ("warn", groups("CSAdministrator")),
        ("warn", groups("CSServerAdministrator")),  # the text of 2021 asked for no more
        ("warn", groups("CSServerAdministrator", "RTCUniversalUserAdmins")),
        ("warn", groups("Domain Admins")),
        ("warn", objects(Name="CONTOSO\\Domänen-Admins", SID="S-1-5-21-1-2-3-512")),
        ("fail", groups()),
        ("fail", groups("CSViewOnlyAdministrator", "RTCUniversalUserReadOnlyGroup")),
        ("fail", objects(Name="CONTOSO\\CSAdministrator2", SID="S-1-5-21-1-2-3-5512")),
        ("pass", groups(*THREE, complete=False)),
        ("unknown: no-access", groups("CSServerAdministrator", complete=False)),  # the others may be held too
        ("unknown: no-access", groups(complete=False)),
        ("unknown: malformed", objects(SID="S-1-5-32-545")),
        ("unknown: no-access", DENIED),
    ],
)
def test_the_operator_is_in_the_groups_that_may_move(verdict: str, answer: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {WHOAMI: answer}) == verdict


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("pass", THREE),
        ("pass", ("contoso\\CsAdministrator ", "RTCUniversalUserAdmins")),
        ("fail", ()),
        ("fail", ("x",)),
    ],
)
def test_what_the_operator_says_decides_both_ways(verdict: str, said: tuple[str, ...]) -> None:
    assert judged(CHECK, contoso(onprem_groups=said), {}) == verdict


def test_the_statement_is_of_the_account_that_moves_and_comes_before_what_another_one_collected() -> None:
    assert judged(CHECK, contoso(onprem_groups=THREE), {WHOAMI: groups()}) == "pass"


def test_what_is_missing_is_named_and_added() -> None:
    found = finding(CHECK, CONTOSO, {WHOAMI: groups("CSServerAdministrator", "CsUserAdministrator")})
    assert found.verdict and found.verdict.observed == "CSServerAdministrator, CsUserAdministrator"
    assert found.verdict.summary == "Missing: RTCUniversalUserAdmins."
    assert found.remediation.run.startswith("'RTCUniversalUserAdmins' | ForEach-Object { Add-ADGroupMember ")


def test_the_inference_is_said_where_it_decides() -> None:
    found = finding(CHECK, CONTOSO, {WHOAMI: groups("CSAdministrator", "RTCUniversalUserAdmins")})
    assert found.verdict and "inferred" in found.verdict.summary


def test_no_account_is_asked_for_but_the_key_that_says_it() -> None:
    found = finding(CHECK, CONTOSO, {WHOAMI: DENIED})
    assert found.unknown and found.unknown.needs == "[operator].onprem_groups in csready.toml"
