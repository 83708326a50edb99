import pytest

from checker.checks.hosting_provider.present import CHECK
from checker.model.answers import Objects
from checker.model.axes import Cloud, Phase
from checker.model.facts import NoAnswer
from checker.readings.hosting_providers import HOSTING_PROVIDERS, PUBLIC_PROVIDERS
from tests.checks.hosting_provider.providers import EXCHANGE, provider, without
from tests.judging import CONTOSO, DENIED, contoso, finding, judged, objects


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", objects(provider())),
        ("pass", objects(EXCHANGE, provider(Identity="LyncOnline"))),  # the name means nothing
        ("pass", objects(provider(ProxyFqdn=" SipFed.Online.Lync.com. "))),
        ("pass", objects(provider(ProxyFqdn={"@type": "Fqdn", "@text": "sipfed.online.lync.com"}))),
        ("fail", objects()),
        ("fail", objects(EXCHANGE)),
        ("fail", objects(provider(ProxyFqdn=None))),
        ("fail", objects(provider(ProxyFqdn="evilsipfed.online.lync.com"))),
        ("fail", objects(provider(ProxyFqdn="sipfed.online.gov.skypeforbusiness.us"))),
        ("unknown: malformed", without("ProxyFqdn")),
        ("unknown: no-access", objects(EXCHANGE, complete=False)),  # it could be among the rest
        ("unknown: no-access", DENIED),
    ],
)
def test_a_provider_is_found_by_its_proxy_fqdn(verdict: str, answer: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {HOSTING_PROVIDERS: answer}) == verdict


@pytest.mark.parametrize("cloud", [Cloud.GCC_HIGH, Cloud.DOD, Cloud.CHINA])
def test_each_cloud_has_its_own_name(cloud: Cloud) -> None:
    assert judged(CHECK, contoso(cloud=cloud), {HOSTING_PROVIDERS: objects(provider())}) == "fail"
    assert judged(CHECK, contoso(cloud=Cloud.GCC), {HOSTING_PROVIDERS: objects(provider())}) == "pass"


def test_a_provider_of_another_cloud_is_named_with_the_way_to_remove_it() -> None:
    astray = objects(provider(ProxyFqdn="sipfed.online.dod.skypeforbusiness.us"))
    verdict = finding(CHECK, CONTOSO, {HOSTING_PROVIDERS: astray}).verdict
    assert verdict is not None
    assert verdict.observed == "hosting providers: Office365 (sipfed.online.dod.skypeforbusiness.us)"
    assert "'sipfed.online.dod.skypeforbusiness.us' | Remove-CsHostingProvider" in verdict.summary


def test_the_fix_takes_a_name_that_no_hosting_provider_has() -> None:
    taken = objects({**EXCHANGE, "Identity": "OFFICE365"}, {**EXCHANGE, "Identity": "Office365-2"})
    verdict = finding(CHECK, CONTOSO, {HOSTING_PROVIDERS: taken}).verdict
    assert verdict is not None and dict(verdict.fill) == {
        "identity": "'Office365-3'",
        "proxy_fqdn": "'sipfed.online.lync.com'",
        "autodiscover_url": "'https://webdir.online.lync.com/Autodiscover/AutodiscoverService.svc/root'",
    }


def test_nor_a_public_provider_where_those_were_read() -> None:
    public = objects({"Name": "Office365", "ProxyFqdn": "sip.example.net"}, {"ProxyFqdn": "sip.example.org"})
    found = finding(CHECK, CONTOSO, {HOSTING_PROVIDERS: objects(EXCHANGE), PUBLIC_PROVIDERS: public})
    assert found.remediation.run.startswith("New-CsHostingProvider -Identity 'Office365-2' ")


def test_after_the_last_move_nothing_has_to_be_there() -> None:
    assert judged(CHECK, contoso(phase=Phase.DECOMMISSION), {}) == "not-applicable"
