import pytest

from checker.checks.tenant.shared_sip_address_space_off import CHECK
from checker.model.answers import Objects
from checker.model.axes import Phase
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.readings.tenant_federation import TENANT_FEDERATION
from checker.readings.users import ON_PREMISES_USERS
from checker.rendering.commands import is_command
from tests.judging import CONTOSO, DENIED, contoso, finding, judged, objects

LEAVING = contoso(phase=Phase.DECOMMISSION)
MOVED = objects(Identity="CN=anna", SipAddress="sip:anna@contoso.com", HostingProvider="sipfed.online.lync.com")
STAYING = objects(Identity="CN=bob", SipAddress="sip:bob@contoso.com", HostingProvider="srv:")


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", objects(SharedSipAddressSpace=False)),
        ("pass", objects(SharedSipAddressSpace="False")),
        ("warn", objects(SharedSipAddressSpace=True)),
        ("unknown: malformed", objects(SharedSipAddressSpace=None)),  # not exactly False
        ("unknown: malformed", objects(AllowFederatedUsers=True)),
        ("unknown: no-access", DENIED),
    ],
)
@pytest.mark.parametrize("users", [MOVED, objects()])
def test_it_is_off_once_nobody_is_left(verdict: str, answer: Objects | NoAnswer, users: Objects | NoAnswer) -> None:
    assert judged(CHECK, LEAVING, {TENANT_FEDERATION: answer, ON_PREMISES_USERS: users}) == verdict


@pytest.mark.parametrize(("shared", "is_runnable"), [(True, False), (False, True)])
def test_users_who_are_left_are_a_warning_of_its_own(shared: bool, is_runnable: bool) -> None:
    federation = objects(SharedSipAddressSpace=shared)
    answers: dict[AnyProbe, Objects] = {TENANT_FEDERATION: federation, ON_PREMISES_USERS: STAYING}
    found = finding(CHECK, LEAVING, answers)
    verdict, run = found.verdict, found.remediation.run
    assert is_command(run) is is_runnable and run.endswith("$true") is is_runnable  # nothing switches it off under them
    assert judged(CHECK, LEAVING, answers) == "warn"
    assert verdict is not None and "not yet" in verdict.summary and verdict.observed.endswith("on-premises: 1")


@pytest.mark.parametrize(
    ("users", "homed"), [(MOVED, "0"), (DENIED, "not read"), (objects(complete=False), "not read")]
)
def test_what_was_not_looked_at_is_not_said_to_be_nobody(users: Objects | NoAnswer, homed: str) -> None:
    answers: dict[AnyProbe, Objects | NoAnswer] = {
        TENANT_FEDERATION: objects(SharedSipAddressSpace=True),
        ON_PREMISES_USERS: users,
    }
    found = finding(CHECK, LEAVING, answers)
    assert found.verdict is not None and found.verdict.observed.endswith(f"users homed on-premises: {homed}")
    assert found.remediation.run.endswith("-SharedSipAddressSpace $false  # when nobody is left on-premises")
    assert found.remediation.rollback.endswith("$true")


@pytest.mark.parametrize("users", [DENIED, objects(*MOVED.rows, complete=False)])
def test_that_it_is_off_is_right_only_where_nobody_is_seen_to_be_left(users: Objects | NoAnswer) -> None:
    answers: dict[AnyProbe, Objects | NoAnswer] = {
        TENANT_FEDERATION: objects(SharedSipAddressSpace=False),
        ON_PREMISES_USERS: users,
    }
    assert judged(CHECK, LEAVING, answers) == "unknown: no-access"


def test_users_who_were_left_out_on_purpose_are_not_looked_for() -> None:
    without = contoso(phase=Phase.DECOMMISSION, no_users=True)
    assert judged(CHECK, without, {TENANT_FEDERATION: objects(SharedSipAddressSpace=False)}) == "pass"


@pytest.mark.parametrize("phase", [Phase.PREPARE, Phase.HYBRID, Phase.CUTOVER])
def test_before_that_the_opposite_is_wanted(phase: Phase) -> None:
    assert judged(CHECK, contoso(phase=phase), {}) == "not-applicable"
    assert judged(CHECK, CONTOSO, {}) == "not-applicable"
