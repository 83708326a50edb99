import pytest

from checker.checks.hosting_provider.verification_level import CHECK
from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.readings.hosting_providers import HOSTING_PROVIDERS
from tests.checks.hosting_provider.providers import EXCHANGE, provider, providers, without
from tests.judging import CONTOSO, DENIED, finding, judged, objects


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", objects(provider())),
        ("pass", objects(provider(VerificationLevel={"@text": "UseSourceVerification"}))),
        ("fail", objects(provider(VerificationLevel="AlwaysVerifiable"))),  # what New-CsHostingProvider leaves
        ("fail", objects(provider(VerificationLevel="AlwaysUnverifiable"))),
        ("unknown: malformed", objects(provider(VerificationLevel=None))),  # as Select-Object fills what was not there
        ("unknown: malformed", objects(provider(VerificationLevel=2))),  # ConvertTo-Json; no table of the numbers
        ("unknown: malformed", objects(provider(VerificationLevel="2"))),
        ("unknown: malformed", without("VerificationLevel")),
        ("not-applicable", objects(EXCHANGE)),
        ("unknown: no-access", DENIED),
    ],
)
def test_only_source_verification_passes(verdict: str, answer: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {HOSTING_PROVIDERS: answer}) == verdict


def test_the_way_back_names_the_level_that_was_there() -> None:
    answers = providers(provider(VerificationLevel="AlwaysVerifiable"))
    verdict = finding(CHECK, CONTOSO, answers).verdict
    assert verdict is not None and dict(verdict.fill)["old"] == "'AlwaysVerifiable'"
