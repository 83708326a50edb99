import pytest

from checker.checks.tenant.identity_consistent import CHECK, OAUTH_SERVERS
from checker.model.answers import AnyAnswer, HttpAnswer, Objects
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.readings.openid_configuration import openid_configuration
from checker.readings.subjects import SIP_DOMAINS
from checker.readings.tenant import TENANT
from tests.judging import CONTOSO, DENIED, SILENT, finding, http, judged, objects

OURS, OTHER = "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "11111111-2222-3333-4444-555555555555"
LOGIN = openid_configuration("login.microsoftonline.com", "contoso.com")
NO_SERVER = objects(Identity="exchange.contoso.com", Realm="contoso.com")


def discovered(tenant: str) -> HttpAnswer:
    return http(200, f'{{"token_endpoint":"https://login.microsoftonline.com/{tenant}/oauth2/token"}}')


def server(realm: str | None) -> Objects:
    return objects({"Identity": "exchange", "Realm": "x"}, {"Identity": "Microsoft.sts", "Realm": realm})


@pytest.mark.parametrize(
    ("verdict", "live", "tenant", "oauth"),
    [
        ("pass", discovered(OURS), objects(TenantId=OURS.upper()), server(OURS)),
        ("warn", discovered(OTHER), objects(TenantId=OURS), server(OURS)),
        ("warn", discovered(OURS), objects(TenantId=OURS), server(OTHER)),
        ("warn", http(400, '{"error":"invalid_tenant"}'), objects(TenantId=OURS), server(OURS)),
        ("not-applicable", discovered(OURS), objects(TenantId=OURS), NO_SERVER),
        ("not-applicable", discovered(OURS), objects(TenantId=OURS), objects()),
        ("warn", discovered(OTHER), objects(TenantId=OURS), NO_SERVER),
        ("unknown: malformed", discovered(OURS), objects(TenantId=OURS), server(None)),
        ("unknown: malformed", discovered(OURS), objects(TenantId=OURS), objects(Identity="microsoft.sts")),
        ("unknown: malformed", discovered(OURS), objects(DisplayName="Contoso"), server(OURS)),
        ("unknown: malformed", http(503), objects(TenantId=OURS), server(OURS)),
        ("unknown: no-access", discovered(OURS), objects(TenantId=OURS), objects(complete=False)),
        ("unknown: timed-out", SILENT, objects(TenantId=OURS), server(OURS)),
        ("unknown: no-access", discovered(OURS), DENIED, server(OURS)),
        ("unknown: no-access", http(400, '{"error":"invalid_tenant"}'), DENIED, DENIED),
        ("warn", SILENT, objects(TenantId=OURS), server(OTHER)),  # two that differ are enough
        ("warn", discovered(OTHER), DENIED, server(OURS)),
        ("warn", discovered(OTHER), objects(TenantId=OURS), DENIED),
        ("unknown: no-access", discovered(OURS), objects(TenantId=OURS), DENIED),
    ],
)
def test_all_three_name_one_tenant(
    verdict: str, live: HttpAnswer | NoAnswer, tenant: Objects | NoAnswer, oauth: Objects | NoAnswer
) -> None:
    assert judged(CHECK, CONTOSO, {LOGIN: live, TENANT: tenant, OAUTH_SERVERS: oauth, SIP_DOMAINS: DENIED}) == verdict


def test_every_sip_domain_is_looked_up_and_the_finding_shows_who_names_whom() -> None:
    answers: dict[AnyProbe, AnyAnswer] = {
        SIP_DOMAINS: objects({"Name": "contoso.com"}, {"Name": "fabrikam.com"}),
        LOGIN: discovered(OURS),
        openid_configuration("login.microsoftonline.com", "fabrikam.com"): discovered(OTHER),
        TENANT: objects(TenantId=OURS),
        OAUTH_SERVERS: server(OURS),
    }
    verdict = finding(CHECK, CONTOSO, answers).verdict
    assert judged(CHECK, CONTOSO, answers) == "warn"
    assert verdict is not None and f"OpenID configuration of fabrikam.com: {OTHER}" in verdict.observed.splitlines()
