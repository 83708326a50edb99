"""The sentences that every rendering shares."""

import msgspec
import pytest

from checker.model.checks import Scope, Worst
from checker.model.findings import FaultStatus
from checker.model.report import FindingEntry, OutcomeCounts
from checker.model.undecided import Reason
from checker.model.verdicts import Status
from checker.rendering.words import coverage_sentence, enumerated, first_few, users_sentence
from tests.rendering.samples import INDETERMINATE, NOT_READY, READY, faults, finding, unknown

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
