import pytest

from checker.checks.hosting_provider.switches import CHECKS
from checker.model.axes import Phase
from checker.model.checks import DeploymentCheck
from checker.model.facts import NoAnswer
from checker.readings.hosting_providers import HOSTING_PROVIDERS
from tests.checks.hosting_provider.providers import EXCHANGE, SOUND, provider, providers, without
from tests.judging import CONTOSO, DENIED, SILENT, contoso, finding, judged, objects

PROPERTY = {
    "hosting-provider.enabled": "Enabled",
    "hosting-provider.shared-address-space": "EnabledSharedAddressSpace",
    "hosting-provider.hosts-ocs-users": "HostsOCSUsers",
    "hosting-provider.not-local": "IsLocal",
}
EACH = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)


def test_each_switch_has_its_check() -> None:
    assert [check.id for check in CHECKS] == list(PROPERTY)


@EACH
def test_a_sound_provider_passes_in_any_spelling(check: DeploymentCheck) -> None:
    spelled = {name.upper(): str(value) if isinstance(value, bool) else value for name, value in SOUND.items()}
    for answer in (objects(SOUND), objects(EXCHANGE, SOUND), objects(spelled)):
        assert judged(check, CONTOSO, {HOSTING_PROVIDERS: answer}) == "pass"


@EACH
def test_the_opposite_fails_and_no_other_check_with_it(check: DeploymentCheck) -> None:
    name = PROPERTY[check.id]
    answers = providers(provider(Identity="O'Neill", **{name: not SOUND[name]}))
    assert [each.id for each in CHECKS if judged(each, CONTOSO, answers) == "fail"] == [check.id]
    verdict = finding(check, CONTOSO, answers).verdict
    assert verdict is not None
    assert (verdict.expected, verdict.observed) == (f"{name} {SOUND[name]}", f"{name} {not SOUND[name]}")
    assert verdict.fill == (("identity", "'O''Neill'"),)


@EACH
def test_a_switch_that_is_absent_or_null_is_not_false(check: DeploymentCheck) -> None:
    name = PROPERTY[check.id]
    for answer in (without(name), objects(provider(**{name: None}))):
        assert judged(check, CONTOSO, {HOSTING_PROVIDERS: answer}) == "unknown: malformed"


@EACH
@pytest.mark.parametrize(("word", "answer"), [("unknown: no-access", DENIED), ("unknown: timed-out", SILENT)])
def test_without_an_answer_nothing_is_said(check: DeploymentCheck, word: str, answer: NoAnswer) -> None:
    assert judged(check, CONTOSO, {HOSTING_PROVIDERS: answer}) == word


@EACH
def test_without_a_provider_for_the_cloud_there_is_nothing_to_look_at(check: DeploymentCheck) -> None:
    for answer in (objects(), objects(EXCHANGE)):
        assert judged(check, CONTOSO, {HOSTING_PROVIDERS: answer}) == "not-applicable"
    assert judged(check, contoso(phase=Phase.DECOMMISSION), {}) == "not-applicable"


@EACH
def test_two_providers_that_differ_are_a_warning_and_both_are_shown(check: DeploymentCheck) -> None:
    name = PROPERTY[check.id]
    wrong = provider(Identity="LyncOnline", **{name: not SOUND[name]})
    answers = providers(SOUND, wrong)
    assert judged(check, CONTOSO, answers) == "warn"
    verdict = finding(check, CONTOSO, answers).verdict
    assert verdict is not None and verdict.fill == (("identity", "'LyncOnline'"),)
    assert verdict.observed == f"Office365: {name} {SOUND[name]}\nLyncOnline: {name} {not SOUND[name]}"
    assert judged(check, CONTOSO, providers(wrong, wrong)) == "fail"
    assert judged(check, CONTOSO, providers(SOUND, SOUND)) == "pass"
