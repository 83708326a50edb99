"""One answer for each distinct error of a log, with the users it names; with a report, whether the cause is there."""

from pathlib import Path

import msgspec
import pytest

from checker.checks import all_checks
from checker.explaining.answering import Answer, explained
from checker.faults import FAULTS
from checker.model.findings import FaultStatus
from checker.model.report import Report, decode_report
from tests.explaining.pastes import NUMBERED, TENANT_NOT_SHARED, TWO_EDGES, UNLICENSED, record, wrapped

ALICE, BOB = "alice@contoso.com", "bob@contoso.com"


def who(text: str) -> dict[str, tuple[str, ...]]:
    """Users by what hit them, in the order of the answer."""
    return {
        match.fault or match.related or match.code or "": match.users for match in explained(text, all_checks()).matches
    }


@pytest.fixture(scope="module")
def report() -> Report:
    """The sample of a deployment in which several things are wrong."""
    path = Path(__file__).parents[2] / "reports" / "lab-several-things-wrong" / "report.json"
    return decode_report(path.read_bytes())


@pytest.mark.parametrize("width", [80, 120, 1000])
def test_a_record_of_powershell_names_its_user(width: int) -> None:
    assert who(wrapped(record(TENANT_NOT_SHARED, "Alice", identity=ALICE), width)) == {"hms-510": (ALICE,)}
    assert who(wrapped(record(TENANT_NOT_SHARED, "Alice", identity=f"sip:{ALICE}"), width)) == {"hms-510": (ALICE,)}
    assert who(wrapped(record(TWO_EDGES, "Alice Smith"), width)) == {"multiple-federated-edges": ("CN=Alice Smith",)}


@pytest.mark.parametrize("between", ["", "\n", " \n", "\nPS C:\\> # the next one\n"])
@pytest.mark.parametrize("width", [80, 120, 1000])
def test_several_users_of_one_error_are_one_answer(between: str, width: int) -> None:
    log = between.join(
        (
            record(TENANT_NOT_SHARED, "Alice", identity=ALICE),
            record(UNLICENSED, "Bob", identity=BOB),
            record(TENANT_NOT_SHARED, "Cara"),
            record(TENANT_NOT_SHARED, "Alice", identity=ALICE),
        )
    )
    assert who(wrapped(log, width)) == {"hms-510": (ALICE, "CN=Cara"), "hms-507": (BOB,)}


def test_the_same_error_in_two_languages_is_one_answer() -> None:
    assert list(who("\n\n".join(NUMBERED))) == ["hms-510"]


def test_a_table_names_the_user_on_the_line_of_the_error() -> None:
    table = (
        "SipAddress,Status,Error\n"
        f'sip:{ALICE},Failed,"{TENANT_NOT_SHARED}"\n'
        f'sip:{BOB},Failed,"{UNLICENSED}"\n'
        'sip:cara@contoso.com,Failed,"HostedMigration fault: Error=(511), Description=(x)"\n'
        f'sip:dan@contoso.com,Failed,"{TWO_EDGES}"\n'
    )
    assert who(table) == {
        "hms-510": (ALICE,),
        "hms-507": (BOB,),
        "multiple-federated-edges": ("dan@contoso.com",),
        "511": ("cara@contoso.com",),
    }


def test_a_log_names_the_user_above_the_error() -> None:
    log = f"moving {ALICE}\n{TENANT_NOT_SHARED}\nmoving {BOB}\n{UNLICENSED}\n"
    assert who(log) == {"hms-510": (ALICE,), "hms-507": (BOB,)}


def test_where_nobody_can_say_whose_error_it_is_nobody_is_named() -> None:
    assert who(f"{ALICE}: Error=(510) {BOB}: Error=(507)") == {"hms-510": (), "hms-507": ()}


def test_the_surest_comes_first_whatever_the_order_of_the_text() -> None:
    text = f"Management object not found for identity x\n\nError=(511)\n\n{TWO_EDGES}\n\n{UNLICENSED}"
    assert list(who(text)) == ["hms-507", "multiple-federated-edges", "sip-address-missing", "not-synced", "511"]


def test_an_answer_says_cause_fix_and_source() -> None:
    answer = explained(TENANT_NOT_SHARED, all_checks())
    (match,) = answer.matches
    assert (answer.fault, answer.code, answer.recognised) == ("hms-510", "510", True)
    assert (match.code, match.related, match.deployment_has_cause) == ("510", None, None)
    assert match.text == TENANT_NOT_SHARED
    assert "SharedSipAddressSpace" in match.cause
    assert match.fix[0].run == "Set-CsTenantFederationConfiguration -SharedSipAddressSpace $true"
    assert match.references


def test_what_is_not_documented_says_so_and_nothing_else() -> None:
    answer = explained("HostedMigration fault: Error=(511), Description=(x)", all_checks())
    (match,) = answer.matches
    assert (answer.fault, answer.code, answer.recognised) == (None, "511", False)
    assert (match.fault, match.related, match.fix, match.references) == (None, None, (), ())
    assert match.cause == "511 is not a documented hosted-migration fault"
    assert explained("all is well", all_checks()) == Answer(fault=None, code=None, matches=())


def test_a_weak_sign_is_called_one() -> None:
    for match in explained("Management object not found for identity x", all_checks()).matches:
        assert match.cause.startswith("A weak sign: ")


def test_a_related_error_is_never_a_fault() -> None:
    answer = explained("This scenario is not supported anymore.", all_checks())
    (match,) = answer.matches
    assert (answer.fault, match.fault, match.related, answer.recognised) == (None, None, "scenario-not-supported", True)
    assert "Connect-MicrosoftTeams" in match.fix[0].run


@pytest.mark.parametrize(
    ("status", "has_cause"),
    [
        (FaultStatus.PREDICTED, True),
        (FaultStatus.RULED_OUT, False),
        (FaultStatus.NOT_RULED_OUT, None),
        (FaultStatus.NOT_APPLICABLE, None),
        (FaultStatus.NOT_PREDICTABLE, None),
    ],
)
def test_a_report_says_whether_the_cause_is_here_and_leaves_open_what_it_left_open(
    status: FaultStatus, has_cause: bool | None, report: Report
) -> None:
    faults = tuple(msgspec.structs.replace(entry, status=status) for entry in report.faults)
    (match,) = explained("510", all_checks(), msgspec.structs.replace(report, faults=faults)).matches
    assert match.deployment_has_cause is has_cause


def test_a_report_that_does_not_know_the_fault_says_nothing_of_it(report: Report) -> None:
    (match,) = explained("510", all_checks(), msgspec.structs.replace(report, faults=())).matches
    assert match.deployment_has_cause is None
    assert match.fix


@pytest.mark.parametrize(
    ("counts", "has_cause"),
    [
        ({"warn": 1}, True),
        ({"passed": 1}, False),
        ({"unknown": 1}, None),
        ({"not_applicable": 1}, None),
        ({"passed": 1, "unknown": 1}, None),
    ],
)
def test_of_a_related_error_the_checks_of_its_cause_are_asked(
    counts: dict[str, int], has_cause: bool | None, report: Report
) -> None:
    nothing = dict.fromkeys(("passed", "warn", "fail", "unknown", "not_applicable"), 0)
    count = msgspec.structs.replace(report.checks[0], id="hosting-provider.name-free", **(nothing | counts))
    (match,) = explained(
        "duplicate-provider-name", all_checks(), msgspec.structs.replace(report, checks=(count,))
    ).matches
    assert match.deployment_has_cause is has_cause


@pytest.mark.parametrize("fault", [fault.id for fault in FAULTS])
def test_every_fault_can_be_explained_by_its_id(fault: str) -> None:
    answer = explained(fault, all_checks())
    assert answer.fault == fault
    assert answer.matches[0].cause and answer.matches[0].references
