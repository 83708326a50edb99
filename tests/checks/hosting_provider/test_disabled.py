import pytest

from checker.checks.hosting_provider.disabled import CHECK
from checker.model.answers import Objects
from checker.model.axes import Phase
from checker.model.facts import NoAnswer
from checker.readings.hosting_providers import HOSTING_PROVIDERS
from tests.checks.hosting_provider.providers import EXCHANGE, provider, without
from tests.judging import CONTOSO, DENIED, contoso, finding, judged, objects

LEAVING = contoso(phase=Phase.DECOMMISSION)


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", objects(provider(Enabled=False))),
        ("pass", objects(provider(Enabled="False"), EXCHANGE)),  # of another kind: shown, not judged
        ("pass", objects()),
        ("warn", objects(provider())),
        ("warn", objects(provider(Enabled=False), provider(Identity="LyncOnline"))),
        ("unknown: malformed", without("Enabled")),
        ("unknown: no-access", DENIED),
    ],
)
def test_a_provider_that_leads_to_the_cloud_has_to_be_off(verdict: str, answer: Objects | NoAnswer) -> None:
    assert judged(CHECK, LEAVING, {HOSTING_PROVIDERS: answer}) == verdict


def test_before_that_it_has_to_be_on() -> None:
    for phase in (Phase.PREPARE, Phase.HYBRID, Phase.CUTOVER):
        assert judged(CHECK, contoso(phase=phase), {}) == "not-applicable"
    assert judged(CHECK, CONTOSO, {}) == "not-applicable"


def test_that_none_is_left_is_said() -> None:
    verdict = finding(CHECK, LEAVING, {HOSTING_PROVIDERS: objects(EXCHANGE)}).verdict
    assert verdict is not None
    assert verdict.summary == "No hosting provider has the ProxyFqdn sipfed.online.lync.com any more."
    assert verdict.observed == "enabled: none; of another kind, not judged: Exchange Online (exap.um.outlook.com)"
