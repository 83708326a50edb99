import pytest

from checker.checks.user.sip_domain import CHECK
from checker.model.answers import AnyAnswer
from checker.model.facts import NoAnswer
from checker.readings.online_sip_domains import ONLINE_SIP_DOMAINS
from checker.readings.subjects import SIP_DOMAINS
from checker.readings.tenant import TENANT
from checker.readings.tenant_domains import GRAPH_DOMAINS
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.cloud_side import ANNA, TARGET, UPN, Answers, judged, observed, on_premises
from tests.judging import DENIED, assessed, contoso, judged_users, objects

SERVERS = objects({"Name": "contoso.com"}, {"Name": "fabrikam.com"})
VERIFIED = objects({"Id": "contoso.com", "IsVerified": True}, {"Id": "fabrikam.com", "IsVerified": False})
ENABLED = objects({"Name": "contoso.com", "Status": "Enabled"}, {"Name": "fabrikam.com", "Status": "Disabled"})
NONE = objects()


def known(
    servers: AnyAnswer | NoAnswer = SERVERS,
    verified: AnyAnswer | NoAnswer = VERIFIED,
    enabled: AnyAnswer | NoAnswer = ENABLED,
) -> Answers:
    return {SIP_DOMAINS: servers, TENANT: DENIED, GRAPH_DOMAINS: verified, ONLINE_SIP_DOMAINS: enabled}


@pytest.mark.parametrize(
    ("verdict", "answers"),
    [
        ("pass", known()),
        ("pass", known(servers=DENIED)),  # the operator named the domain
        ("fail", known(servers=objects(Name="fabrikam.com"))),
        (
            "fail",
            known(verified=objects({"Id": "contoso.com", "IsVerified": False}, {"Id": "a.b", "IsVerified": True})),
        ),
        ("fail", known(enabled=objects(Name="contoso.com", Status="Disabled"))),
        ("fail", known(enabled=NONE)),
        ("unknown: no-access", known(enabled=DENIED)),  # nor does a live signal say it
        ("fail", known(servers=objects(Name="fabrikam.com"), enabled=DENIED)),  # what is certain counts
        ("unknown: malformed", known(servers=objects(Name="no domain"))),
        ("unknown: malformed", known(enabled=objects(Name="contoso.com", Status="Perhaps"))),
    ],
)
def test_the_domain_stands_on_both_sides(verdict: str, answers: Answers) -> None:
    assert judged(CHECK, answers) == verdict


def test_each_domain_of_the_batch_is_judged_by_itself() -> None:
    bob = {"Identity": "CN=Bob", "SipAddress": "sip:bob@fabrikam.com", "HostingProvider": "SRV:"}
    both = objects(*on_premises().rows, bob)
    answers: Answers = known() | {ON_PREMISES_USERS: both}
    target = contoso(users=(ANNA, "bob@fabrikam.com"))
    assert judged_users(CHECK, target, answers) == {ANNA: "pass", "bob@fabrikam.com": "fail"}
    (found,) = assessed(CHECK, target, answers).users[1].results
    assert found.verdict and found.verdict.observed == "fabrikam.com: not among the verified domains of the tenant"


def test_a_domain_that_nobody_named_is_none_only_where_the_servers_were_asked() -> None:
    unnamed = contoso(users=(ANNA,), sip_domains=("fabrikam.com",))
    assert judged(CHECK, known(servers=DENIED), unnamed) == "unknown: no-access"
    assert judged(CHECK, known(), unnamed) == "pass"


def test_unread_and_absent_users() -> None:
    assert judged(CHECK, known() | {ON_PREMISES_USERS: DENIED}) == "unknown: no-access"
    assert judged(CHECK, known() | {ON_PREMISES_USERS: objects()}) == "not-applicable"
    without = known() | {ON_PREMISES_USERS: on_premises(SipAddress=None)}
    assert judged(CHECK, without, contoso(users=(UPN,))) == "unknown: malformed"
    odd = known() | {ON_PREMISES_USERS: on_premises(SipAddress="sip:anna@con toso")}
    assert judged(CHECK, odd, contoso(users=(UPN,))) == "unknown: malformed"
    assert observed(CHECK, known(enabled=NONE), TARGET) == "contoso.com: Status not listed"
