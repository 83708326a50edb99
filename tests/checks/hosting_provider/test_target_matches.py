import pytest

from checker.checks.hosting_provider.target_matches import CHECK
from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.readings.hosting_providers import HOSTING_PROVIDERS
from tests.checks.hosting_provider.providers import EXCHANGE, provider, without
from tests.judging import CONTOSO, DENIED, contoso, finding, judged, objects


@pytest.mark.parametrize(
    ("verdict", "target", "answer"),
    [
        ("pass", "sipfed.online.lync.com", objects(provider())),
        ("pass", "SIPFED.online.lync.com.", objects(provider())),
        ("pass", "sipfed.online.lync.com", objects(provider(Enabled=False), provider(Identity="LyncOnline"))),
        ("warn", "exap.um.outlook.com", objects(provider(), EXCHANGE)),  # enabled, and no way to the cloud
        ("fail", "sipfed.online.lync.com", objects(provider(Enabled="False"))),
        ("fail", "sipfed.online.lync.co", objects(provider())),
        ("fail", "online.lync.com", objects(provider())),
        ("fail", "exap.um.outlook.com", objects(provider(), {**EXCHANGE, "Enabled": False})),
        ("unknown: malformed", "sipfed.online.lync.com", without("Enabled")),
        ("fail", "sipfed.online.lync.com", objects(EXCHANGE)),
        ("fail", "sipfed.online.lync.com", objects()),
        ("unknown: no-access", "sipfed.online.lync.com", DENIED),
    ],
)
def test_the_target_is_an_enabled_providers(verdict: str, target: str, answer: Objects | NoAnswer) -> None:
    assert judged(CHECK, contoso(proxy_fqdn=target), {HOSTING_PROVIDERS: answer}) == verdict


def test_what_is_wrong_with_the_target_is_said() -> None:
    verdict = finding(CHECK, CONTOSO, {HOSTING_PROVIDERS: objects(provider(Enabled=False))}).verdict
    assert verdict is not None and verdict.observed == "-Target sipfed.online.lync.com: Office365, not enabled"
    assert "hosting-provider.enabled" in verdict.summary
    mistyped = contoso(proxy_fqdn="sipfed.lync.com")
    verdict = finding(CHECK, mistyped, {HOSTING_PROVIDERS: objects(provider())}).verdict
    assert verdict is not None and verdict.observed == "-Target sipfed.lync.com: of no hosting provider"
    assert verdict.summary == ""
    verdict = finding(CHECK, CONTOSO, {HOSTING_PROVIDERS: objects(EXCHANGE)}).verdict
    assert verdict is not None and "hosting-provider.present" in verdict.summary
