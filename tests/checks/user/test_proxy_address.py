import pytest

from checker.checks.user.proxy_address import CHECK
from checker.model.answers import Json
from checker.readings.directory_users import DIRECTORY_USERS
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.cloud_side import ANNA, DN, NO_TENANT, UPN, Answers, graph, judged, on_premises, online, result
from tests.judging import DENIED, contoso, objects


def directory(proxies: Json) -> Answers:
    bob = {"DistinguishedName": "CN=Bob,DC=contoso,DC=com", "proxyAddresses": ["smtp:bob@contoso.com"]}
    anna = {"DistinguishedName": DN, "UserPrincipalName": UPN, "proxyAddresses": proxies}
    return NO_TENANT | {DIRECTORY_USERS: objects(bob, anna)}


@pytest.mark.parametrize(
    ("verdict", "proxies"),
    [
        ("pass", ["SMTP:a@contoso.com", f"sip:{ANNA}"]),
        ("pass", f"SIP:{ANNA.upper()}"),
        ("pass", [f"sip:{ANNA}", f"SIP:{ANNA.upper()}"]),  # the same one twice
        ("warn", ["SMTP:a@contoso.com"]),
        ("warn", ["sip:other@contoso.com"]),
        ("warn", []),
        ("fail", [f"sip:{ANNA}", "sip:other@contoso.com"]),
        ("unknown: malformed", "Microsoft.ActiveDirectory.Management.ADPropertyValueCollection"),
    ],
)
def test_one_entry_is_the_sip_address(verdict: str, proxies: Json) -> None:
    assert judged(CHECK, directory(proxies)) == verdict
    shut: Answers = {DIRECTORY_USERS: DENIED}
    assert judged(CHECK, online(ShadowProxyAddresses=proxies) | shut) == verdict
    assert judged(CHECK, graph(ProxyAddresses=proxies) | shut) == verdict


def test_active_directory_counts_before_what_the_cloud_has_of_it() -> None:
    stale = online(ShadowProxyAddresses=["sip:other@contoso.com"])
    assert judged(CHECK, stale | {DIRECTORY_USERS: directory([f"sip:{ANNA}"])[DIRECTORY_USERS]}) == "pass"
    unasked: Answers = {DIRECTORY_USERS: objects(DistinguishedName=DN)}
    assert judged(CHECK, stale | unasked) == "warn"


def test_the_fix_takes_away_what_is_wrong_and_adds_what_is_missing() -> None:
    verdict = result(CHECK, directory(["sip:b'o@contoso.com"])).verdict
    assert verdict and dict(verdict.fill) == {
        "identity": f"'{DN}'",
        "change": f"-Remove @{{proxyAddresses='sip:b''o@contoso.com'}} -Add @{{proxyAddresses='sip:{ANNA}'}}",
        "undo": f"-Remove @{{proxyAddresses='sip:{ANNA}'}} -Add @{{proxyAddresses='sip:b''o@contoso.com'}}",
    }


def test_unread_and_absent_users() -> None:
    shut: Answers = {DIRECTORY_USERS: DENIED}
    assert judged(CHECK, NO_TENANT | shut) == "unknown: no-access"
    assert judged(CHECK, online() | shut) == "unknown: malformed"
    held = online(ShadowProxyAddresses=[f"sip:{ANNA}"]) | shut
    assert judged(CHECK, held | {ON_PREMISES_USERS: objects()}) == "not-applicable"
    without = held | {ON_PREMISES_USERS: on_premises(SipAddress="")}
    assert judged(CHECK, without, contoso(users=(UPN,))) == "unknown: malformed"
    bob = online(UserPrincipalName="b@c.d", SipAddress="b@c.d", ShadowProxyAddresses=[]) | shut
    assert judged(CHECK, bob) == "not-applicable"
