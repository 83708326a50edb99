import pytest

from checker.checks.user.licence_phone_system import CHECK
from checker.model.answers import Json
from checker.model.target import Runbook
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.cloud_side import ANNA, NO_TENANT, Answers, judged, on_premises, online, result
from tests.judging import NOW, contoso, objects

UNSAID = contoso(users=(ANNA,))
PLAIN = contoso(users=(ANNA,), runbook=Runbook(bypass_enterprise_voice_check=False))
BYPASS = contoso(users=(ANNA,), runbook=Runbook(bypass_enterprise_voice_check=True))
PHONE = {"Capability": "MCOEV", "CapabilityStatus": "Enabled", "AssignedTimestamp": "/Date(1700000000000)/"}


def licensed(*plans: Json, voice: Json = True, line: str = "") -> Answers:
    user = on_premises(EnterpriseVoiceEnabled=voice, LineURI=line)
    return online(AssignedPlan=list(plans)) | {ON_PREMISES_USERS: user}


@pytest.mark.parametrize(
    ("verdict", "plans"),
    [
        ("pass", [PHONE]),
        ("fail", []),
        ("fail", [PHONE | {"CapabilityStatus": "Deleted"}]),
        ("warn", [PHONE | {"CapabilityStatus": "PendingActivation"}]),
        ("warn", [PHONE | {"AssignedTimestamp": NOW.isoformat()}]),
        ("warn", [PHONE | {"Capability": "MCOEV_GOV"}]),
        ("fail", [PHONE | {"Capability": "MCOEV_VIRTUALUSER"}]),  # of resource accounts
        ("unknown: malformed", ["System.Object"]),
    ],
)
def test_a_voice_user_needs_the_plan(verdict: str, plans: list[Json]) -> None:
    assert judged(CHECK, licensed(*plans), PLAIN) == verdict


def test_a_number_alone_counts_as_voice_for_a_script_only() -> None:
    assert judged(CHECK, licensed(voice=False), UNSAID) == "not-applicable"
    assert judged(CHECK, licensed(PHONE, voice=False, line="tel:+1"), UNSAID) == "pass"
    found = result(CHECK, licensed(voice=False, line="tel:+1"), UNSAID)
    assert found.status.value == "warn" and found.verdict and "script" in found.verdict.summary


def test_the_bypass_makes_a_missing_plan_a_doubt_and_has_to_be_said() -> None:
    assert judged(CHECK, licensed(), BYPASS) == "warn"
    assert judged(CHECK, licensed(), UNSAID) == "unknown: not-asked"
    assert judged(CHECK, licensed(PHONE), UNSAID) == "pass"


def test_unread_and_absent_users() -> None:
    assert judged(CHECK, NO_TENANT | {ON_PREMISES_USERS: on_premises()}) == "unknown: no-access"
    assert judged(CHECK, licensed(PHONE, voice=None), PLAIN) == "unknown: malformed"
    assert judged(CHECK, licensed(PHONE) | {ON_PREMISES_USERS: objects()}) == "not-applicable"
    bob = online(UserPrincipalName="b@c.d", SipAddress="", AssignedPlan=[PHONE])
    assert judged(CHECK, bob | {ON_PREMISES_USERS: on_premises(EnterpriseVoiceEnabled=True)}) == "not-applicable"
