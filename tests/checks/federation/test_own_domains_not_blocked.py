from collections.abc import Sequence

import pytest

from checker.checks.federation.own_domains_not_blocked import CHECK
from checker.model.answers import AnyAnswer, Objects
from checker.model.axes import Phase
from checker.model.facts import NoAnswer
from checker.model.findings import Finding
from checker.model.probes import AnyProbe
from checker.readings.federated_domains import BLOCKED_DOMAINS
from checker.readings.subjects import SIP_DOMAINS
from checker.readings.tenant_federation import TENANT_FEDERATION
from tests.judging import CONTOSO, DENIED, contoso, findings, objects, word


def tenant(*domains: str, subdomains: bool = False) -> Objects:
    return objects(BlockedDomains=[{"Domain": domain} for domain in domains], BlockAllSubdomains=subdomains)


def servers(*domains: str) -> Objects:
    return objects(*({"Domain": domain} for domain in domains))


def of(domain: str, on_premises: Objects | NoAnswer, online: Objects | NoAnswer) -> Finding:
    answers: dict[AnyProbe, AnyAnswer | NoAnswer] = {
        SIP_DOMAINS: objects({"Name": "contoso.com"}, {"Name": "eu.contoso.com"}),
        BLOCKED_DOMAINS: on_premises,
        TENANT_FEDERATION: online,
    }
    return findings(CHECK, CONTOSO, answers)[domain]


@pytest.mark.parametrize(
    ("verdicts", "on_premises", "online"),
    [
        (("pass", "pass"), servers("bad.com", "evilcontoso.com"), tenant("bad.com", subdomains=True)),
        (("warn", "pass"), servers("Contoso.com"), tenant()),
        (("warn", "pass"), servers(), tenant("contoso.com")),
        (("warn", "warn"), servers(), tenant("contoso.com", subdomains=True)),
        (("pass", "pass"), servers("www.contoso.com"), tenant("www.contoso.com", subdomains=True)),
        (("warn", "pass"), servers("contoso.com"), objects(BlockedDomains=[])),
        (("warn", "unknown: no-access"), servers("contoso.com"), DENIED),
        (("warn", "unknown: no-access"), DENIED, tenant("contoso.com")),
        (("warn", "unknown: malformed"), servers(), objects(BlockedDomains=["Domain=contoso.com"])),
        (("unknown: malformed", "unknown: malformed"), servers(), objects(BlockAllSubdomains=True)),
        (("unknown: no-access", "unknown: no-access"), objects(complete=False), tenant()),
        (("unknown: no-access", "unknown: no-access"), DENIED, DENIED),
    ],
)
def test_an_own_domain_is_blocked_on_neither_side(
    verdicts: Sequence[str], on_premises: Objects | NoAnswer, online: Objects | NoAnswer
) -> None:
    assert tuple(word(of(domain, on_premises, online)) for domain in ("contoso.com", "eu.contoso.com")) == verdicts


def test_the_fix_takes_away_the_entry_that_blocks_it() -> None:
    run = of("eu.contoso.com", servers("eu.contoso.com"), tenant("contoso.com", subdomains=True)).remediation.run
    assert "foreach ($d in 'eu.contoso.com') { Remove-CsBlockedDomain -Identity $d }" in run
    assert "foreach ($d in 'contoso.com') { Set-CsTenantFederationConfiguration -BlockedDomains @{Remove=" in run


def test_after_the_last_move_it_is_not_judged() -> None:
    found = findings(CHECK, contoso(phase=Phase.DECOMMISSION), {})
    assert [word(each) for each in found.values()] == ["not-applicable"]
