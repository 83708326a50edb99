import pytest

from checker.checks.federation.allowed_domains_parity import CHECK
from checker.model.answers import Json, Objects
from checker.model.facts import NoAnswer
from checker.readings.access_edge import ACCESS_EDGE
from checker.readings.federated_domains import ALLOWED_DOMAINS
from checker.readings.tenant_federation import TENANT_FEDERATION
from checker.rendering.commands import is_command
from tests.judging import CONTOSO, DENIED, finding, judged, objects

DISCOVERS, ASKS_NOBODY = objects(EnablePartnerDiscovery=True), objects(EnablePartnerDiscovery=False)


def tenant(**changes: Json) -> Objects:
    return objects({"AllowFederatedUsers": True, "BlockedDomains": [], **changes})


def servers(*domains: str) -> Objects:
    return objects(*({"Identity": domain, "Domain": domain} for domain in domains))


def closed(*domains: str) -> Objects:
    return tenant(AllowedDomains={"AllowedDomain": [{"Domain": domain} for domain in domains]})


OPEN = tenant(AllowedDomains={})


@pytest.mark.parametrize(
    ("verdict", "online", "on_premises", "edge"),
    [
        ("pass", closed("a.com", "b.com"), servers("B.com.", "a.com"), DENIED),
        ("pass", closed("a.com", "outlook.com", "hotmail.fr"), servers("a.com", "push.lync.com"), DENIED),
        ("fail", closed("a.com", "live.contoso.com"), servers("a.com"), DENIED),  # a partner that only looks like one
        ("fail", closed("a.com"), servers("a.com", "b.com"), DENIED),
        ("fail", closed("a.com", "b.com"), servers("a.com"), DENIED),  # something in common is not enough
        ("fail", closed("contoso.com"), servers("evilcontoso.com"), DENIED),
        ("fail", tenant(AllowedDomains=None), servers("a.com"), DISCOVERS),  # closed with nothing
        ("pass", OPEN, servers("push.lync.com"), DISCOVERS),
        ("warn", OPEN, servers("a.com"), DISCOVERS),  # the list only adds trust
        ("fail", OPEN, servers("a.com"), ASKS_NOBODY),
        ("unknown: no-access", OPEN, servers("a.com"), DENIED),
        ("pass", OPEN, servers(), objects(DefaultRouteFqdn="edge.contoso.com")),  # a type without discovery
        ("unknown: malformed", OPEN, servers(), objects(AllowFederatedUsers=True)),
        ("unknown: malformed", tenant(AllowedDomains=["Microsoft.Rtc.AllowedDomain"]), servers("a.com"), DISCOVERS),
        ("unknown: malformed", closed("a.com"), objects(Comment="x"), DISCOVERS),
        ("unknown: no-access", DENIED, servers("a.com"), DISCOVERS),
        ("unknown: no-access", closed("a.com"), objects({"Domain": "a.com"}, complete=False), DISCOVERS),
        ("unknown: no-access", closed("a.com"), DENIED, DISCOVERS),
    ],
)
def test_both_sides_allow_the_same_partners(
    verdict: str, online: Objects | NoAnswer, on_premises: Objects | NoAnswer, edge: Objects | NoAnswer
) -> None:
    word = judged(CHECK, CONTOSO, {TENANT_FEDERATION: online, ALLOWED_DOMAINS: on_premises, ACCESS_EDGE: edge})
    assert word == verdict


def test_the_fix_names_what_each_side_lacks() -> None:
    partners = [f"p{number}.com" for number in range(7)]
    found = finding(CHECK, CONTOSO, {TENANT_FEDERATION: closed("oneil.com"), ALLOWED_DOMAINS: servers(*partners)})
    assert found.verdict and "p4.com and 2 more; only in the tenant: oneil.com" in found.verdict.observed
    assert found.value == [partners, ["oneil.com"]]
    assert "foreach ($d in 'oneil.com') { New-CsAllowedDomain -Identity $d }" in found.remediation.run
    assert "foreach ($d in 'p0.com','p1.com'," in found.remediation.run
    assert not is_command(found.remediation.run)  # two shells
    assert found.verdict.summary == ""
    shut = tenant(AllowFederatedUsers=False, AllowedDomains={})
    found = finding(CHECK, CONTOSO, {TENANT_FEDERATION: shut, ALLOWED_DOMAINS: servers("a.com")})
    assert found.verdict and "tenant.federated-users-allowed" in found.verdict.summary


@pytest.mark.parametrize(
    ("edge", "to_servers"), [(DISCOVERS, "nothing"), (ASKS_NOBODY, "Set-CsAccessEdgeConfiguration")]
)
def test_beside_an_open_tenant_no_list_is_filled(edge: Objects, to_servers: str) -> None:
    found = finding(CHECK, CONTOSO, {TENANT_FEDERATION: OPEN, ALLOWED_DOMAINS: servers("a.com"), ACCESS_EDGE: edge})
    assert "MicrosoftTeams module: nothing." in found.remediation.run  # a first entry would close the tenant
    assert f"Server Management Shell: {to_servers}" in found.remediation.run
