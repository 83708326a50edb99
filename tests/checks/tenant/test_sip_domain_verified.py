import pytest

from checker.checks.tenant.sip_domain_verified import CHECK
from checker.model.answers import AnyAnswer, HttpAnswer, Objects
from checker.model.axes import Cloud
from checker.model.facts import NoAnswer
from checker.model.findings import Finding
from checker.model.probes import AnyProbe
from checker.model.target import Target
from checker.readings.openid_configuration import openid_configuration
from checker.readings.subjects import SIP_DOMAINS
from checker.readings.tenant import TENANT
from checker.readings.tenant_domains import GRAPH_DOMAINS
from checker.readings.users import ON_PREMISES_USERS
from tests.judging import CONTOSO, DENIED, SILENT, contoso, findings, http, objects, word

LOGIN = openid_configuration("login.microsoftonline.com", "contoso.com")
ENDPOINT = "https://login.microsoftonline.com/3f2504e0-4f89-41d3-9a0c-0305e82c3301/oauth2/token"
SOMEBODYS = http(200, f'{{"token_endpoint":"{ENDPOINT}"}}')
NOBODYS = http(400, '{"error":"invalid_tenant"}')
ANNA = {"Identity": "CN=anna", "SipAddress": "sip:anna@contoso.com", "HostingProvider": "SRV:"}
FREDA = {"Identity": "CN=freda", "SipAddress": "sip:freda@fabrikam.com", "HostingProvider": "SRV:"}
BOTH_USERS = objects(ANNA, FREDA)


def verified(*domains: str) -> Objects:
    return objects(VerifiedDomains=[{"Name": domain} for domain in (*domains, "contoso.onmicrosoft.com")])


def of_contoso(
    tenant: Objects | NoAnswer,
    graph: Objects | NoAnswer = DENIED,
    live: HttpAnswer | NoAnswer = SILENT,
    users: Objects | NoAnswer = BOTH_USERS,
    target: Target = CONTOSO,
) -> Finding:
    answers: dict[AnyProbe, AnyAnswer | NoAnswer] = {
        SIP_DOMAINS: objects(Name="contoso.com"),
        TENANT: tenant,
        GRAPH_DOMAINS: graph,
        LOGIN: live,
        ON_PREMISES_USERS: users,
    }
    return findings(CHECK, target, answers)["contoso.com"]


@pytest.mark.parametrize(
    ("verdict", "tenant", "graph"),
    [
        ("pass", verified("Contoso.com"), DENIED),
        ("pass", DENIED, objects(Id="contoso.com", IsVerified=True)),
        ("fail", verified(), DENIED),
        ("fail", verified("sub.contoso.com", "evilcontoso.com"), DENIED),  # the whole name
        ("fail", DENIED, objects({"Id": "contoso.com", "IsVerified": False}, {"Id": "x.com", "IsVerified": True})),
        ("unknown: malformed", objects(TenantId="x"), DENIED),
        ("unknown: malformed", objects(VerifiedDomains=None), DENIED),
        ("unknown: malformed", DENIED, objects(Id="contoso.com")),
        ("unknown: no-access", DENIED, DENIED),
    ],
)
def test_the_tenants_list_decides(verdict: str, tenant: Objects | NoAnswer, graph: Objects | NoAnswer) -> None:
    assert word(of_contoso(tenant, graph)) == verdict


@pytest.mark.parametrize(
    ("verdict", "users", "target"),
    [
        ("warn", objects(FREDA), CONTOSO),
        ("warn", BOTH_USERS, contoso(users=("freda@fabrikam.com",))),
        ("fail", BOTH_USERS, contoso(users=("anna@contoso.com", "freda@fabrikam.com"))),
        ("fail", DENIED, CONTOSO),  # nobody could say who has the domain
        ("fail", DENIED, contoso(users=("freda@fabrikam.com",))),
        ("fail", objects(FREDA, complete=False), CONTOSO),
        ("fail", objects(), CONTOSO),  # no batch at all
        ("fail", objects(FREDA), contoso(no_users=True)),
    ],
)
def test_a_domain_that_certainly_nobody_of_the_batch_has_only_warns(
    verdict: str, users: Objects | NoAnswer, target: Target
) -> None:
    assert word(of_contoso(verified(), users=users, target=target)) == verdict


@pytest.mark.parametrize(
    ("verdict", "live"),
    [
        ("fail", NOBODYS),
        ("unknown: no-access", SOMEBODYS),  # that some tenant has it is no pass
        ("unknown: malformed", http(503)),
        ("unknown: no-access", SILENT),
    ],
)
def test_without_the_list_a_sign_in_host_can_only_tell_against_it(verdict: str, live: HttpAnswer | NoAnswer) -> None:
    assert word(of_contoso(DENIED, DENIED, live)) == verdict


def test_a_verdict_by_the_signal_says_so_and_an_unknown_says_what_would_decide() -> None:
    by_signal = of_contoso(DENIED, DENIED, NOBODYS)
    assert by_signal.verdict is not None and "(medium)" in by_signal.verdict.summary
    assert by_signal.remediation.run.startswith("add the domain 'contoso.com'")
    unknown = of_contoso(DENIED, DENIED, SOMEBODYS).unknown
    assert unknown is not None and unknown.needs == "a role"


def test_a_national_clouds_own_sign_in_host_is_asked() -> None:
    china = openid_configuration("login.partner.microsoftonline.cn", "contoso.com")
    answers: dict[AnyProbe, AnyAnswer | NoAnswer] = {TENANT: DENIED, GRAPH_DOMAINS: DENIED, china: NOBODYS}
    assert word(findings(CHECK, contoso(cloud=Cloud.CHINA), answers)["contoso.com"]) == "fail"
