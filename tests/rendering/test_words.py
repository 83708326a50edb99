"""The sentences that every rendering shares."""

import msgspec
import pytest

from checker.model.checks import Impact, Scope, Worst
from checker.model.findings import FaultStatus
from checker.model.report import FindingEntry, OutcomeCounts, StatusCounts, Waiver
from checker.model.undecided import Reason
from checker.model.verdicts import Status
from checker.rendering.words import (
    coverage_sentence,
    enumerated,
    first_few,
    users_sentence,
    verdict_counts,
    waived_blockers,
    waiver_sentence,
)
from tests.made_up_checks import deployment_check, reported, user_check
from tests.rendering.samples import INDETERMINATE, NOT_READY, READY, counts, faults, finding, unknown
from tests.test_waiving import SHARED, TODAY, USERS, waiver

TENANT_OFF = finding("tenant.shared-sip-address-space", Status.FAIL, predicts=("hms-510",))
UNSEEN = tuple(unknown(f"tenant.x{number}", Reason.NO_ACCESS, "not seen") for number in range(3))


def sentence(*findings: FindingEntry, moves: int = 0, own_moves: int = 212, own_blocked: int = 14) -> str:
    because = tuple(each.id for each in findings if each.status is Status.FAIL)
    own = OutcomeCounts(moves=own_moves, blocked=own_blocked, undetermined=0)
    return users_sentence(
        msgspec.structs.replace(
            READY,
            findings=findings,
            faults=faults(hms_510=(FaultStatus.PREDICTED, 226, because)) if because else faults(),
            users=msgspec.structs.replace(READY.users, total=226, moves=moves, own=own),
        )
    )


def test_the_deployment_is_told_from_the_users() -> None:
    assert sentence(TENANT_OFF, *UNSEEN) == (
        "226: 0 move as things stand; 212 once 1 fault and 3 unknowns of the deployment are settled; "
        "14 have reasons of their own"
    )


@pytest.mark.parametrize(
    "personal",
    [
        finding("dns.x", Status.FAIL, "contoso.com", kind=Scope.SIP_DOMAIN, predicts=("hms-510",)),
        unknown("user.x", Reason.NO_ACCESS, "Get-CsOnlineUser is missing"),
        unknown("tenant.x", Reason.NO_ACCESS, "could at worst warn", worst=Worst.WARN),
    ],
)
def test_what_is_not_the_deployments_is_not_counted_as_its(personal: FindingEntry) -> None:
    assert sentence(personal, moves=212, own_blocked=1) == "226: 212 move as things stand; 1 has reasons of its own"


def test_no_users_is_not_nobody_moves() -> None:
    assert users_sentence(INDETERMINATE) == "nobody could say who they are: none was assessed"


def test_coverage_gives_the_reasons_by_check() -> None:
    assert coverage_sentence(READY) == "3 of 3 applicable checks looked at"
    assert coverage_sentence(NOT_READY) == "4 of 5 applicable checks looked at; 1 not, because no-access"
    assert coverage_sentence(INDETERMINATE).endswith("4 not, because no-access (3), timed-out (1)")


def test_lists_are_read_aloud() -> None:
    assert enumerated(["a", "b", "c"]) == "a, b and c"
    assert first_few("abcd", 2) == "a, b and 2 more"
    assert first_few("ab", 2) == "a, b"


def test_what_is_waived_is_counted_beside_what_stands() -> None:
    waived = counts("user.x", StatusCounts(fail=120, unknown=2), fail=150, warn=3, unknown=2)
    report = msgspec.structs.replace(READY, checks=(waived, counts("tenant.x", fail=1)))
    assert verdict_counts(report) == "31 fail  120 fail waived  3 warn  0 unknown  2 unknown waived"


@pytest.mark.parametrize(
    ("accepted", "said"),
    [
        ((waiver(),), (f"{SHARED}@contoso",)),
        ((waiver("user.licence"),), ("user.licence (150 users)",)),
        ((waiver("user.licence", subject="u149@*"),), ("user.licence (1 user)",)),  # who is not among the findings
        ((waiver("user.policy"),), ()),
        ((waiver(), waiver("user.policy")), (f"{SHARED}@contoso",)),
        ((waiver(expires=TODAY.replace(year=2020)),), ()),
    ],
)
def test_what_is_accepted_and_still_stops_the_move_is_named(
    accepted: tuple[Waiver, ...], said: tuple[str, ...]
) -> None:
    checks = [
        deployment_check(SHARED, "fail", "hms-510"),
        user_check("user.licence", dict.fromkeys(USERS, "fail"), "hms-507"),
        user_check("user.policy", dict.fromkeys(USERS, "fail"), impact=Impact.DEGRADES),
    ]
    assert waived_blockers(reported(checks, *USERS, waivers=accepted)) == said


def test_one_accepted_user_who_is_listed_is_named() -> None:
    report = reported([user_check("user.licence", {USERS[1]: "fail"})], *USERS[:2], waivers=(waiver("user.licence"),))
    assert waived_blockers(report) == (f"user.licence@{USERS[1]}",)


def test_a_waiver_says_who_answers_for_what_until_when() -> None:
    (entry,) = reported([deployment_check(SHARED, "fail")], waivers=(waiver(subject="contoso"),)).waivers
    assert waiver_sentence(entry) == f"{SHARED} on contoso, by J. Doe, CHG-881, until 2026-12-22: decided"
    over = waiver(expires=TODAY.replace(day=1))
    (entry,) = reported([deployment_check(SHARED, "fail")], waivers=(over,)).waivers
    assert waiver_sentence(entry) == (
        f"{SHARED}, by J. Doe, CHG-881, until 2026-11-01: decided; it ended on 2026-11-01, and it counts again"
    )
