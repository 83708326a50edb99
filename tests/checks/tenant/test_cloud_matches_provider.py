import pytest

from checker.checks.tenant.cloud_matches_provider import CHECK
from checker.model.answers import AnyAnswer, HttpAnswer, Objects
from checker.model.axes import Cloud
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.model.target import Target
from checker.readings.hosting_providers import HOSTING_PROVIDERS
from checker.readings.openid_configuration import openid_configuration
from checker.readings.service_records import service_records
from checker.readings.subjects import SIP_DOMAINS
from checker.readings.tenant import TENANT
from tests.checks.hosting_provider.providers import EXCHANGE, provider
from tests.judging import CONTOSO, DENIED, SILENT, contoso, finding, http, judged, objects

GOV = "sipfed.online.gov.skypeforbusiness.us"
ENDPOINT = "https://login.microsoftonline.com/3f2504e0-4f89-41d3-9a0c-0305e82c3301/oauth2/token"
WORLDWIDE = http(200, f'{{"token_endpoint":"{ENDPOINT}"}}')
GCC = http(200, f'{{"token_endpoint":"{ENDPOINT}","tenant_region_sub_scope":"GCC"}}')
UNTOLD = http(200, f'{{"token_endpoint":"{ENDPOINT}","tenant_region_sub_scope":"USGov"}}')


def records(target: str) -> Objects:
    return objects(Service="_sipfederationtls", Protocol="_tcp", NameTarget=target)


def table(
    providers: Objects | NoAnswer,
    own: Objects | NoAnswer = DENIED,
    instance: Objects | NoAnswer = DENIED,
    live: HttpAnswer | NoAnswer = SILENT,
) -> dict[AnyProbe, AnyAnswer | NoAnswer]:
    return {
        HOSTING_PROVIDERS: providers,
        SIP_DOMAINS: DENIED,
        service_records("contoso.com"): own,
        TENANT: instance,
        openid_configuration("login.microsoftonline.com", "contoso.com"): live,
    }


@pytest.mark.parametrize(
    ("verdict", "own", "instance", "live"),
    [
        ("pass", records("sipfed.online.lync.com"), DENIED, SILENT),
        ("fail", records(GOV), objects(ServiceInstance="MicrosoftCommunicationsOnline/NOAM-4A-S7"), WORLDWIDE),
        ("pass", DENIED, objects(ServiceInstance="microsoftcommunicationsonline/noam-4a-s7"), SILENT),
        ("pass", objects(), objects(ServiceInstance=None), WORLDWIDE),
        ("pass", DENIED, objects(ServiceInstance="MicrosoftCommunicationsOnline/GOV-1B-G6"), GCC),
        ("unknown: no-access", objects(), objects(ServiceInstance="MicrosoftCommunicationsOnline/GOV-1B-G6"), UNTOLD),
        ("unknown: no-access", objects(), objects(TenantId="x"), http(503)),
        ("unknown: no-access", DENIED, objects(TenantId="x"), UNTOLD),
        ("unknown: no-access", DENIED, DENIED, SILENT),
        (
            "unknown: malformed",
            objects({"Service": "_sipfederationtls", "Protocol": "_tcp", "NameTarget": ["a"]}),
            DENIED,
            GCC,
        ),
    ],
)
def test_the_tenants_own_cloud_is_told_by_the_best_that_was_read(
    verdict: str, own: Objects | NoAnswer, instance: Objects | NoAnswer, live: HttpAnswer | NoAnswer
) -> None:
    assert judged(CHECK, CONTOSO, table(objects(provider(), EXCHANGE), own, instance, live)) == verdict


@pytest.mark.parametrize(
    ("verdict", "target", "providers"),
    [
        ("fail", contoso(cloud=Cloud.GCC_HIGH), objects(provider())),
        ("fail", CONTOSO, objects(provider(ProxyFqdn=GOV))),
        ("pass", contoso(cloud=Cloud.GCC), objects(provider(ProxyFqdn="SIPFED.online.lync.com. "))),
        ("warn", CONTOSO, objects(provider(), provider(Identity="Gov", ProxyFqdn=GOV))),
        ("not-applicable", CONTOSO, objects(EXCHANGE)),
        ("not-applicable", CONTOSO, objects(provider(ProxyFqdn="sipfed.online.lync.com.evil.example"))),
        ("not-applicable", CONTOSO, objects()),
        ("unknown: malformed", CONTOSO, objects(Identity="Office365")),
        ("unknown: no-access", CONTOSO, DENIED),
    ],
)
def test_the_provider_leads_to_the_configured_cloud(
    verdict: str, target: Target, providers: Objects | NoAnswer
) -> None:
    assert judged(CHECK, target, table(providers, records("sipfed.online.lync.com"))) == verdict


def test_a_wrong_cloud_needs_no_look_at_the_tenant_and_the_fix_names_the_provider() -> None:
    found = finding(CHECK, CONTOSO, table(objects(provider(Identity="O'365", ProxyFqdn=GOV))))
    assert found.status.value == "fail"
    assert "Remove-CsHostingProvider -Identity 'O''365'" in found.remediation.run


def test_the_finding_says_who_told_the_tenants_cloud() -> None:
    verdict = finding(CHECK, CONTOSO, table(objects(provider()), records(GOV))).verdict
    assert verdict is not None
    assert verdict.observed.endswith(f"the tenant's is {GOV} (the service configuration record of contoso.com)")
