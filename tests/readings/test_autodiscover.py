import pytest

from checker.model.axes import Cloud
from checker.readings.autodiscover import Online, is_autodiscover, original_domain, said_of_domain
from tests.judging import http


@pytest.mark.parametrize(
    ("shaped", "body"),
    [
        (True, '{"_links":{"self":{"href":"https://webdir.online.lync.com/"}}}'),
        (True, '<?xml version="1.0"?><AutodiscoverResponse AccessLocation="External"/>'),
        (False, '{"_links":{}}'),
        (False, '{"_links":"self"}'),
        (False, '{"links":{"self":1}}'),
        (False, "<html>_links</html>"),
        (False, ""),
        (False, '{"_links":' * 50_000),
        (False, "\ud800"),
    ],
)
def test_the_shape_of_a_reply(shaped: bool, body: str) -> None:
    assert is_autodiscover(body) is shaped


def test_a_redirect_counts_as_a_link_and_not_as_a_word() -> None:
    redirect, other = '{"_links":{"redirect":{"href":"https://webdir1E/"}}}', '{"_links":{"self":{"href":"redirect"}}}'
    assert said_of_domain(Cloud.WORLDWIDE, http(200, redirect)) is Online.ENABLED
    assert said_of_domain(Cloud.WORLDWIDE, http(200, other)) is Online.AMBIGUOUS


def test_a_page_not_found_at_the_end_of_redirects_says_nothing_of_the_domain() -> None:
    assert said_of_domain(Cloud.WORLDWIDE, http(404)) is Online.NOT_ENABLED
    led = http(404, redirects=("https://webdir.online.lync.com/",))
    assert said_of_domain(Cloud.WORLDWIDE, led) is Online.AMBIGUOUS


@pytest.mark.parametrize("cloud", [Cloud.GCC_HIGH, Cloud.DOD, Cloud.CHINA])
def test_at_an_inferred_address_not_found_may_be_said_of_the_address(cloud: Cloud) -> None:
    assert said_of_domain(cloud, http(404)) is Online.AMBIGUOUS


def test_the_question_is_put_to_the_clouds_own_host() -> None:
    assert original_domain(Cloud.DOD, "contoso.com").url == (
        "https://webdir.online.dod.skypeforbusiness.us/Autodiscover/AutodiscoverService.svc/root"
        "?originalDomain=contoso.com"
    )
    assert original_domain(Cloud.GCC, "a&b=c").url.endswith("?originalDomain=a%26b%3Dc")
