"""A finding that one report has: new and gone are claimed only where the other one would have shown it."""

import msgspec
import pytest

from checker.comparing.comparing import compared
from checker.comparing.difference import Change
from checker.model.axes import Phase
from checker.model.checks import Scope
from checker.model.facts import Notice
from checker.model.report import FindingEntry, Report
from tests.comparing.reports import ANNA, BEN, CHECK, OF_USERS, ZOE, change, classes, of_user, report, said
from tests.rendering.samples import READY

PORT = "edge.port-5061"
EDGE1 = "edge01.contoso.com"
LEFT_OUT = Notice(code="no-users", text="users were left out on purpose (--no-users)")


def of_edge(status: str, name: str = EDGE1) -> FindingEntry:
    return said(status, name, PORT, kind=Scope.SERVER)


def of_all(status: str, check: str = PORT) -> FindingEntry:
    """What is said of a check where nobody could say what its subjects are, or it applies to none."""
    return said(status, check=check)


def both_ways(old: Report, new: Report, id_: str) -> tuple[Change, Change]:
    """Of a finding that ``old`` has, and the other way round."""
    return change(old, new, id_).change, change(new, old, id_).change


@pytest.mark.parametrize("status", ["pass", "fail", "warn", "unknown"])
def test_a_server_that_is_there_no_more_is_gone_and_the_other_way_round_new(status: str) -> None:
    old, new = report(of_edge(status), of_edge("pass", "edge02")), report(of_edge("pass", "edge02"))
    assert both_ways(old, new, f"{PORT}@{EDGE1}") == (Change.GONE, Change.NEW)
    assert change(old, new, f"{PORT}@{EDGE1}").why == f"{EDGE1} is not there now"
    assert not compared(new, old).regressed  # what fails of a new subject did not get worse


@pytest.mark.parametrize("status", ["pass", "fail", "unknown"])
def test_a_server_of_which_nobody_could_say_that_it_is_there_is_not_gone(status: str) -> None:
    old, new = report(of_edge(status)), report(of_all("unknown"))
    found = compared(old, new)
    assert set(classes(found).values()) == {Change.NOT_COMPARABLE}
    assert change(old, new, f"{PORT}@{EDGE1}").why == "could not be looked at now: no-access: Access Denied."
    assert set(classes(compared(new, old)).values()) == {Change.NOT_COMPARABLE}


def test_what_could_not_be_listed_then_says_how_it_came_out_now() -> None:
    old, new = report(of_all("unknown")), report(of_edge("pass"), of_edge("fail", "edge02"))
    why = change(old, new, f"{PORT}@contoso").why
    assert why == "could not be looked at then: no-access: Access Denied.; now 1 fail, 1 pass"
    assert not compared(old, new).regressed


def test_a_check_of_one_version_only_is_new_or_gone_because_of_the_tool() -> None:
    old, new = report(), report(said("fail", check="dns.brand-new"))
    found = change(old, new, "dns.brand-new@contoso")
    assert found.change is Change.NEW
    assert found.why == "the tool changed, not the estate: csready 0.4.0 has no such check"
    assert not compared(old, new).regressed
    assert change(new, old, "dns.brand-new@contoso").change is Change.GONE


def test_what_applies_to_other_subjects_in_another_phase_is_not_comparable() -> None:
    cutover = msgspec.structs.replace(READY.deployment, phase=Phase.CUTOVER)
    old, new = report(of_all("not-applicable")), report(of_edge("fail"), deployment=cutover)
    assert set(classes(compared(old, new)).values()) == {Change.NOT_COMPARABLE}


def test_what_did_not_apply_is_new_where_it_does() -> None:
    old, new = report(of_all("not-applicable")), report(of_edge("fail"))
    assert classes(compared(old, new)) == {f"{PORT}@{EDGE1}": Change.NEW, f"{PORT}@contoso": Change.GONE}


def test_an_interrupted_run_did_not_get_there() -> None:
    old, new = report(of_edge("fail")), report(tallies={PORT: {}}, interrupted=True)
    assert change(old, new, f"{PORT}@{EDGE1}").why == "the run was interrupted now, before it got there"


def test_a_domain_of_users_whom_nobody_knows_now_is_not_gone() -> None:
    domain = said("fail", "fabrikam.com", "tenant.domain-verified", kind=Scope.SIP_DOMAIN)
    new = report(said("pass", "contoso.com", "tenant.domain-verified", kind=Scope.SIP_DOMAIN))
    found = change(report(domain, users=(ANNA,)), new, domain.id)
    assert found.change is Change.NOT_COMPARABLE and "whose users move was not known now" in found.why


def test_a_user_who_fails_no_more_is_fixed_and_the_other_way_round_regressed() -> None:
    old = report(of_user("fail", ANNA), users=(ANNA, BEN), tallies={OF_USERS: {"passed": 1}})
    new = report(users=(ANNA, BEN), tallies={OF_USERS: {"passed": 2}})
    assert both_ways(old, new, f"{OF_USERS}@{ANNA}") == (Change.FIXED, Change.REGRESSED)
    assert change(old, new, f"{OF_USERS}@{ANNA}").why == "passes now"
    assert (compared(old, new).regressed, compared(new, old).regressed) == (False, True)


@pytest.mark.parametrize(
    ("tally", "expected", "why"),
    [
        ({"passed": 1, "not_applicable": 1}, Change.FIXED, "passes now, or does not apply"),
        ({"not_applicable": 2}, Change.GONE, "does not apply now"),
    ],
)
def test_a_user_to_whom_a_check_does_not_apply_is_not_called_fixed(
    tally: dict[str, int], expected: Change, why: str
) -> None:
    old = report(of_user("fail", ANNA), users=(ANNA, BEN))
    found = change(old, report(users=(ANNA, BEN), tallies={OF_USERS: tally}), f"{OF_USERS}@{ANNA}")
    assert (found.change, found.why) == (expected, why)


def test_a_user_who_left_or_joined_the_batch_neither_got_better_nor_worse() -> None:
    old = report(of_user("fail", ZOE), users=(ANNA, ZOE))
    new = report(users=(ANNA,))
    assert both_ways(old, new, f"{OF_USERS}@{ZOE}") == (Change.GONE, Change.NEW)
    assert not compared(new, old).regressed


def test_a_user_who_was_unknown_and_passes_now_is_not_fixed() -> None:
    old = report(of_user("unknown", ANNA), users=(ANNA,))
    new = report(users=(ANNA,), tallies={OF_USERS: {"passed": 1}})
    assert both_ways(old, new, f"{OF_USERS}@{ANNA}") == (Change.NOT_COMPARABLE, Change.NOT_COMPARABLE)


def test_users_of_a_check_that_nobody_could_answer_are_not_fixed() -> None:
    old = report(of_user("fail", ANNA), users=(ANNA,))
    new = report(of_all("unknown", OF_USERS), users=(ANNA,))
    assert set(classes(compared(old, new)).values()) == {Change.NOT_COMPARABLE}


def test_users_who_were_left_out_on_purpose_are_neither_fixed_nor_gone() -> None:
    old = report(of_user("fail", ANNA), said("pass", check="tenant.synced"), users=(ANNA,))
    without = [
        said("not-applicable", check=check, summary=LEFT_OUT.text, observed="") for check in (OF_USERS, "tenant.synced")
    ]
    new = report(*without, said("pass"), notices=(LEFT_OUT,))
    there, back = compared(old, new), compared(new, old)
    for found in (there, back):
        assert {each.check: each.change for each in found.findings if each.check != CHECK} == {
            OF_USERS: Change.NOT_COMPARABLE,
            "tenant.synced": Change.NOT_COMPARABLE,
        }
    assert any("left out of the new run on purpose" in note for note in there.notes)
