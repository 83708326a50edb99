import pytest

from checker.checks.federation.proxy_fqdn_conflict import CHECK
from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.readings.federated_domains import ALLOWED_DOMAINS
from checker.readings.hosting_providers import HOSTING_PROVIDERS
from checker.rendering.commands import is_command
from tests.judging import CONTOSO, DENIED, finding, judged, objects

PROVIDERS = objects(
    {"Identity": "Office365", "ProxyFqdn": "sipfed.online.lync.com"}, {"Identity": "X", "ProxyFqdn": ""}
)


def allowed(proxy: str | None) -> Objects:
    return objects({"Identity": "fabrikam.com", "Domain": "fabrikam.com", "ProxyFqdn": proxy})


@pytest.mark.parametrize(
    ("verdict", "domains", "providers"),
    [
        ("pass", objects(), PROVIDERS),
        ("pass", allowed(None), PROVIDERS),  # an empty name is not the empty name of another provider
        ("pass", allowed("edge.fabrikam.com"), PROVIDERS),
        ("pass", allowed("sipfed.notonline.lync.com"), PROVIDERS),
        ("fail", allowed("SIPFED.online.lync.com "), PROVIDERS),
        ("fail", allowed("sipfed2a.online.lync.com"), PROVIDERS),
        ("fail", allowed("sipfed.online.lync.com"), objects()),
        ("fail", allowed("proxy.hoster.com"), objects({"Identity": "h", "ProxyFqdn": "proxy.hoster.com"})),
        ("unknown: malformed", objects(Identity="fabrikam.com"), PROVIDERS),
        ("unknown: no-access", DENIED, PROVIDERS),
        ("unknown: no-access", objects(complete=False), PROVIDERS),
        ("unknown: no-access", allowed(None), DENIED),
    ],
)
def test_no_partner_is_routed_through_the_providers_name(
    verdict: str, domains: Objects | NoAnswer, providers: Objects | NoAnswer
) -> None:
    assert judged(CHECK, CONTOSO, {ALLOWED_DOMAINS: domains, HOSTING_PROVIDERS: providers}) == verdict


def test_the_fix_names_the_entries() -> None:
    conflict = allowed("sipfed.online.lync.com")
    found = finding(CHECK, CONTOSO, {ALLOWED_DOMAINS: conflict, HOSTING_PROVIDERS: PROVIDERS})
    assert found.verdict and found.verdict.observed == "fabrikam.com -> sipfed.online.lync.com"
    assert found.remediation.run.startswith("$domains = 'fabrikam.com'; ")
    assert is_command(found.remediation.run)
