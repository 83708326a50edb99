import pytest

from checker.checks.hosting_provider.autodiscover_url import CHECK
from checker.model.answers import Json
from checker.model.axes import Cloud
from checker.model.target import Runbook
from checker.readings.cloud_names import CLOUD_NAMES
from checker.readings.hosting_providers import HOSTING_PROVIDERS
from tests.checks.hosting_provider.providers import EXCHANGE, WEBDIR, provider, providers, without
from tests.judging import CONTOSO, DENIED, contoso, finding, judged

NO_OVERRIDE = contoso(runbook=Runbook(hosted_migration_override_url=""))
OVERRIDE = contoso(runbook=Runbook(hosted_migration_override_url="https://admin1e.online.lync.com/HostedMigration"))
ROOT = "/Autodiscover/AutodiscoverService.svc/root"


@pytest.mark.parametrize(
    ("verdict", "url"),
    [
        ("pass", WEBDIR),
        ("pass", WEBDIR.upper()),
        ("pass", f"https://webdir1E.online.lync.com{ROOT}"),  # one forest's own host
        ("pass", f"https://webdir.online.lync.com:443{ROOT}"),
        ("warn", f"{WEBDIR}/"),
        ("fail", f"{WEBDIR}//"),
        ("fail", ""),
        ("fail", None),
        ("fail", WEBDIR.replace("https", "http")),
        ("fail", f"https://lyncdiscover.contoso.com{ROOT}"),
        ("fail", f"https://webdir.online.lync.com.evil.example{ROOT}"),
        ("fail", f"https://webdir.evilonline.lync.com{ROOT}"),
        ("fail", f"https://evil.webdir.online.lync.com{ROOT}"),
        ("fail", f"https://webdir.online.lync.com@evil.example{ROOT}"),
        ("fail", f"https://webdir.online.lync.com:8443{ROOT}"),
        ("fail", f"https://webdir.online.lync.com:x{ROOT}"),
        ("fail", f"https://[webdir.online.lync.com{ROOT}"),
        ("fail", f"https://webdir.online.gov.skypeforbusiness.us{ROOT}"),  # another cloud's
        ("fail", "https://webdir.online.lync.com/"),
        ("fail", f"{WEBDIR}?sipuri=a@contoso.com"),
    ],
)
def test_host_and_path_are_the_clouds(verdict: str, url: Json) -> None:
    assert judged(CHECK, NO_OVERRIDE, providers(provider(AutodiscoverUrl=url))) == verdict


def test_an_override_in_the_runbook_makes_a_wrong_one_a_warning() -> None:
    wrong = providers(provider(AutodiscoverUrl=""))
    assert judged(CHECK, OVERRIDE, wrong) == "warn"
    unknown = finding(CHECK, CONTOSO, wrong).unknown  # whether it is passed only the operator knows
    assert unknown is not None and unknown.needs == "[move].hosted_migration_override_url in csready.toml"
    assert "AutodiscoverUrl (empty) is wrong, unless" in unknown.detail


def test_nobody_is_asked_about_the_override_where_the_address_is_right() -> None:
    assert judged(CHECK, CONTOSO, providers(provider())) == "pass"


@pytest.mark.parametrize("cloud", [Cloud.GCC_HIGH, Cloud.DOD, Cloud.CHINA])
def test_where_the_expected_address_is_inferred_a_deviation_only_warns(cloud: Cloud) -> None:
    names = CLOUD_NAMES[cloud]
    for verdict, url in (("pass", names.autodiscover_url), ("warn", WEBDIR), ("warn", "")):
        answers = providers(provider(ProxyFqdn=names.sipfed, AutodiscoverUrl=url))
        assert judged(CHECK, contoso(cloud=cloud), answers) == verdict


def test_an_address_that_nobody_showed_is_not_judged() -> None:
    assert judged(CHECK, NO_OVERRIDE, {HOSTING_PROVIDERS: without("AutodiscoverUrl")}) == "unknown: malformed"
    assert judged(CHECK, NO_OVERRIDE, {HOSTING_PROVIDERS: DENIED}) == "unknown: no-access"
    assert judged(CHECK, NO_OVERRIDE, providers(EXCHANGE)) == "not-applicable"


def test_the_fix_and_the_way_back_hold_the_addresses_as_data() -> None:
    answers = providers(provider(AutodiscoverUrl="https://x/'; Stop-Computer"))
    verdict = finding(CHECK, NO_OVERRIDE, answers).verdict
    assert verdict is not None
    assert dict(verdict.fill)["wanted"] == f"'{WEBDIR}'"
    assert dict(verdict.fill)["old"] == "'https://x/''; Stop-Computer'"
