import pytest

from checker.checks.hosting_provider.name_free import CHECK
from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.readings.hosting_providers import HOSTING_PROVIDERS, PUBLIC_PROVIDERS
from tests.checks.hosting_provider.providers import EXCHANGE, provider
from tests.judging import CONTOSO, DENIED, finding, judged, objects

NONE = objects(EXCHANGE)
STALE = objects(provider(ProxyFqdn="sipfed.online.dod.skypeforbusiness.us"))


@pytest.mark.parametrize(
    ("verdict", "hosting", "public"),
    [
        ("pass", NONE, objects()),
        ("pass", objects(), objects(Identity="Skype", ProxyFqdn="federation.messenger.msn.com")),
        ("warn", STALE, objects()),
        ("warn", NONE, objects(Identity="OFFICE365", ProxyFqdn="sip.example.com")),
        ("not-applicable", objects(provider()), DENIED),  # nothing has to be created
        ("unknown: no-access", NONE, DENIED),
        ("unknown: no-access", DENIED, objects()),
        ("unknown: malformed", NONE, objects(ProxyFqdn="sip.example.com")),
    ],
)
def test_the_documented_name_is_free(verdict: str, hosting: Objects | NoAnswer, public: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {HOSTING_PROVIDERS: hosting, PUBLIC_PROVIDERS: public}) == verdict


def test_another_name_is_offered() -> None:
    public = objects(Identity="Office365-2", ProxyFqdn="sip.example.com")
    verdict = finding(CHECK, CONTOSO, {HOSTING_PROVIDERS: STALE, PUBLIC_PROVIDERS: public}).verdict
    assert verdict is not None and verdict.fill == (("identity", "'Office365-3'"),)
