import pytest

from checker.checks.tenant.shared_sip_address_space_off import CHECK
from checker.model.answers import Objects
from checker.model.axes import Phase
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.readings.tenant_federation import TENANT_FEDERATION
from checker.readings.users import ON_PREMISES_USERS
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
@pytest.mark.parametrize("users", [MOVED, objects(), DENIED])
def test_it_is_off_once_nobody_is_left(verdict: str, answer: Objects | NoAnswer, users: Objects | NoAnswer) -> None:
    assert judged(CHECK, LEAVING, {TENANT_FEDERATION: answer, ON_PREMISES_USERS: users}) == verdict


@pytest.mark.parametrize("shared", [True, False])
def test_users_who_are_left_are_a_warning_of_its_own(shared: bool) -> None:
    federation = objects(SharedSipAddressSpace=shared)
    answers: dict[AnyProbe, Objects] = {TENANT_FEDERATION: federation, ON_PREMISES_USERS: STAYING}
    verdict = finding(CHECK, LEAVING, answers).verdict
    assert judged(CHECK, LEAVING, answers) == "warn"
    assert verdict is not None and "not yet" in verdict.summary and verdict.observed.endswith("on-premises: 1")


def test_users_who_were_left_out_on_purpose_are_not_looked_for() -> None:
    without = contoso(phase=Phase.DECOMMISSION, no_users=True)
    assert judged(CHECK, without, {TENANT_FEDERATION: objects(SharedSipAddressSpace=False)}) == "pass"


@pytest.mark.parametrize("phase", [Phase.PREPARE, Phase.HYBRID, Phase.CUTOVER])
def test_before_that_the_opposite_is_wanted(phase: Phase) -> None:
    assert judged(CHECK, contoso(phase=phase), {}) == "not-applicable"
    assert judged(CHECK, CONTOSO, {}) == "not-applicable"
