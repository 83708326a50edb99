import pytest

from checker.checks.hosting_provider.unique import CHECK
from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.readings.hosting_providers import HOSTING_PROVIDERS, PUBLIC_PROVIDERS
from tests.checks.hosting_provider.providers import EXCHANGE, provider
from tests.judging import CONTOSO, DENIED, SILENT, finding, judged, objects

ONE = objects(provider(), EXCHANGE)
TWO = objects(provider(), provider(Identity="LyncOnline", ProxyFqdn="SIPFED.online.lync.com"))
SKYPE = {"Identity": "Skype", "ProxyFqdn": "federation.messenger.msn.com"}


@pytest.mark.parametrize(
    ("verdict", "hosting", "public"),
    [
        ("pass", ONE, objects()),
        ("pass", ONE, objects(SKYPE)),
        ("fail", TWO, objects()),
        ("fail", TWO, DENIED),  # two hosting providers are enough
        ("fail", ONE, objects(Identity="Old", ProxyFqdn="sipfed.online.lync.com")),
        ("fail", ONE, objects(Identity="office365", ProxyFqdn="sip.example.com")),
        ("unknown: no-access", ONE, DENIED),
        ("unknown: malformed", ONE, objects(Identity="Skype")),
        ("unknown: timed-out", SILENT, objects()),
        ("not-applicable", objects(), objects()),  # none is not one
        ("not-applicable", objects(EXCHANGE), objects()),
    ],
)
def test_one_provider_has_the_proxy_fqdn(verdict: str, hosting: Objects | NoAnswer, public: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {HOSTING_PROVIDERS: hosting, PUBLIC_PROVIDERS: public}) == verdict


def test_both_are_named() -> None:
    verdict = finding(CHECK, CONTOSO, {HOSTING_PROVIDERS: TWO, PUBLIC_PROVIDERS: objects()}).verdict
    assert verdict is not None
    assert verdict.observed == "Office365 (sipfed.online.lync.com), LyncOnline (sipfed.online.lync.com)"
