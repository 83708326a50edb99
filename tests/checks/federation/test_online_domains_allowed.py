import pytest

from checker.checks.federation.online_domains_allowed import CHECK
from checker.model.answers import AnyAnswer, Json, Objects
from checker.model.facts import NoAnswer
from checker.model.findings import Finding
from checker.model.probes import AnyProbe
from checker.readings.federated_domains import ALLOWED_DOMAINS
from checker.readings.online_sip_domains import ONLINE_SIP_DOMAINS
from checker.readings.subjects import SIP_DOMAINS
from checker.readings.tenant_federation import TENANT_FEDERATION
from tests.judging import CONTOSO, DENIED, findings, objects, word

ONLINE = objects(
    {"Name": "contoso.com", "Status": "Enabled"},
    {"Name": "Cloud.example", "Status": "Enabled"},
    {"Name": "old.example", "Status": "Disabled"},
    {"Name": "contoso.onmicrosoft.com", "Status": "Enabled"},
)
TOPOLOGY = objects(Name="contoso.com")


def closed(*domains: str) -> Objects:
    listed: Json = {"AllowedDomain": [{"Domain": domain} for domain in domains]} if domains else None
    return objects(AllowFederatedUsers=True, AllowedDomains=listed, BlockedDomains=[])


def servers(*domains: str) -> Objects:
    return objects(*({"Domain": domain} for domain in domains))


def of_contoso(
    tenant: Objects | NoAnswer,
    allowed: Objects | NoAnswer,
    online: Objects | NoAnswer = ONLINE,
    topology: Objects | NoAnswer = TOPOLOGY,
) -> Finding:
    answers: dict[AnyProbe, AnyAnswer | NoAnswer] = {
        TENANT_FEDERATION: tenant,
        ALLOWED_DOMAINS: allowed,
        ONLINE_SIP_DOMAINS: online,
        SIP_DOMAINS: topology,
    }
    return findings(CHECK, CONTOSO, answers)["contoso.com"]


@pytest.mark.parametrize(
    ("verdict", "tenant", "allowed"),
    [
        ("pass", closed("cloud.example", "partner.example"), servers("CLOUD.example")),
        ("warn", closed("partner.example"), servers("cloud.example")),
        ("warn", closed("cloud.example"), servers("sub.cloud.example")),
        ("warn", closed(), servers("cloud.example")),  # closed with nothing allowed
        ("not-applicable", objects(AllowFederatedUsers=True, AllowedDomains={}), servers()),
        ("not-applicable", objects(AllowFederatedUsers=True, BlockedDomains=[]), servers()),
        ("not-applicable", objects(AllowFederatedUsers=False, AllowedDomains=None), servers()),
        ("unknown: malformed", objects(AllowFederatedUsers=True, AllowedDomains="System.Object"), servers()),
        ("unknown: malformed", objects(AllowFederatedUsers=True), servers()),
        ("unknown: malformed", closed("cloud.example"), objects(PoolFqdn="cloud.example")),
        ("unknown: no-access", closed("cloud.example"), DENIED),
        ("warn", closed("partner.example"), DENIED),  # the tenant's list is enough
        ("unknown: no-access", DENIED, servers("cloud.example")),
    ],
)
def test_what_is_online_only_is_in_both_lists_of_a_closed_tenant(
    verdict: str, tenant: Objects | NoAnswer, allowed: Objects | NoAnswer
) -> None:
    assert word(of_contoso(tenant, allowed)) == verdict


def test_the_domains_of_both_sides_are_needed() -> None:
    assert word(of_contoso(closed(), servers(), online=DENIED)) == "unknown: no-access"
    assert word(of_contoso(closed(), servers(), topology=DENIED)) == "unknown: no-access"


def test_without_a_domain_that_is_online_only_nothing_is_missing() -> None:
    assert word(of_contoso(closed(), servers(), online=objects(Name="contoso.com", Status="Enabled"))) == "pass"


def test_the_fix_adds_it_where_it_is_missing() -> None:
    run = of_contoso(closed("cloud.example"), servers()).remediation.run
    assert "foreach ($d in 'cloud.example') { New-CsAllowedDomain -Identity $d }" in run
    assert "in the MicrosoftTeams module: nothing." in run


def test_a_list_that_was_not_read_is_not_said_to_lack_nothing() -> None:
    found = of_contoso(closed(), DENIED)
    assert found.verdict is not None and found.verdict.observed.endswith("on-premises: not read")
    assert "Get-CsAllowedDomain was not read" in found.remediation.run
