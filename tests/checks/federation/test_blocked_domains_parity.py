from collections.abc import Sequence

import pytest

from checker.checks.federation.blocked_domains_parity import CHECK
from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.readings.federated_domains import BLOCKED_DOMAINS
from checker.readings.tenant_federation import TENANT_FEDERATION
from tests.judging import CONTOSO, DENIED, finding, judged, objects


def tenant(*domains: str, subdomains: bool = False) -> Objects:
    return objects(BlockedDomains=[{"Domain": domain} for domain in domains], BlockAllSubdomains=subdomains)


@pytest.mark.parametrize(
    ("verdict", "online", "on_premises"),
    [
        ("pass", tenant(), ()),
        ("pass", tenant("bad.com"), ("Bad.com",)),
        ("fail", tenant("bad.com"), ()),
        ("fail", tenant(), ("bad.com",)),
        ("fail", tenant("bad.com"), ("bad.com", "a.bad.com")),  # without BlockAllSubdomains each counts
        ("pass", tenant("bad.com", subdomains=True), ("bad.com", "a.bad.com")),
        ("warn", tenant("bad.com", subdomains=True), ("bad.com",)),
        ("fail", tenant("bad.com", subdomains=True), ("a.bad.com",)),
        ("fail", tenant("bad.com", subdomains=True), ("bad.com", "verybad.com")),
        ("pass", tenant(subdomains=True), ()),
        ("unknown: malformed", objects(BlockAllSubdomains=False), ()),
        ("unknown: malformed", objects(BlockedDomains=["Domain=bad.com"]), ("bad.com",)),
        ("unknown: no-access", DENIED, ()),
    ],
)
def test_both_sides_block_the_same_domains(
    verdict: str, online: Objects | NoAnswer, on_premises: Sequence[str]
) -> None:
    servers = objects(*({"Domain": domain} for domain in on_premises))
    assert judged(CHECK, CONTOSO, {TENANT_FEDERATION: online, BLOCKED_DOMAINS: servers}) == verdict


def test_the_fix_names_what_each_side_lacks() -> None:
    servers = objects(Domain="worse.com")
    run = finding(CHECK, CONTOSO, {TENANT_FEDERATION: tenant("bad.com"), BLOCKED_DOMAINS: servers}).remediation.run
    assert "foreach ($d in 'worse.com') { Set-CsTenantFederationConfiguration -BlockedDomains @{Add=(" in run
    assert run.endswith("foreach ($d in 'bad.com') { New-CsBlockedDomain -Identity $d }")
    covering = tenant("worse.com", subdomains=True)
    run = finding(CHECK, CONTOSO, {TENANT_FEDERATION: covering, BLOCKED_DOMAINS: servers}).remediation.run
    assert run.endswith("<each subdomain that is to be blocked>")


def test_the_on_premises_list_is_needed() -> None:
    assert judged(CHECK, CONTOSO, {TENANT_FEDERATION: tenant(), BLOCKED_DOMAINS: DENIED}) == "unknown: no-access"
