import pytest

from checker.checks.tenant.sip_domain_enabled import CHECK
from checker.model.answers import HttpAnswer, Objects
from checker.model.axes import Phase
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, HttpProbe, Vantage
from checker.readings.online_sip_domains import ONLINE_SIP_DOMAINS
from checker.readings.subjects import SIP_DOMAINS
from tests.judging import CONTOSO, DENIED, SILENT, contoso, findings, http, objects, word

ROOT = "https://webdir.online.lync.com/Autodiscover/AutodiscoverService.svc/root?originalDomain=contoso.com"
LIVE = HttpProbe(vantage=Vantage.HERE, url=ROOT)
SELF = f'{{"_links":{{"self":{{"href":"{ROOT}"}}}}}}'
REDIRECT = SELF.replace("self", "redirect")
DOMAINS: dict[AnyProbe, Objects] = {SIP_DOMAINS: objects(Name="contoso.com")}


def of_contoso(cmdlet: Objects | NoAnswer, live: HttpAnswer | NoAnswer = SILENT) -> str:
    found = findings(CHECK, CONTOSO, {**DOMAINS, ONLINE_SIP_DOMAINS: cmdlet, LIVE: live})
    return word(found["contoso.com"])


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", objects(Name="Contoso.com", Status="Enabled")),
        ("pass", objects({"Name": "fabrikam.com", "Status": "Disabled"}, {"Name": "contoso.com", "Status": "enabled"})),
        ("fail", objects(Name="contoso.com", Status="Disabled")),
        ("fail", objects(Name="evilcontoso.com", Status="Enabled")),  # not listed: not on both sides
        ("fail", objects(Name="sub.contoso.com", Status="Enabled")),
        ("fail", objects()),
        ("unknown: no-access", objects(Name="fabrikam.com", Status="Enabled", complete=False)),
        ("unknown: malformed", objects(Name="contoso.com")),
        ("unknown: malformed", objects(Name="contoso.com", Status=None)),
        ("unknown: malformed", objects(Name="contoso.com", Status=0)),
    ],
)
def test_the_cmdlet_decides_where_it_was_read(verdict: str, answer: Objects) -> None:
    assert of_contoso(answer, http(404)) == verdict


@pytest.mark.parametrize(
    ("verdict", "live"),
    [
        ("pass", http(200, REDIRECT)),
        ("fail", http(404)),
        ("unknown: no-access", http(200, SELF)),  # the right forest already, or nobody's domain
        ("unknown: no-access", http(200, "<html>redirect</html>")),
        ("unknown: no-access", http(403)),
        ("unknown: no-access", http(503, REDIRECT)),
        ("unknown: no-access", http(0, tls_error="expired")),
        ("unknown: no-access", SILENT),
    ],
)
def test_without_the_cmdlet_a_live_signal_may_tell(verdict: str, live: HttpAnswer | NoAnswer) -> None:
    assert of_contoso(DENIED, live) == verdict


def test_a_verdict_by_the_signal_says_so_and_an_ambiguous_one_says_what_would_decide() -> None:
    by_signal = findings(CHECK, CONTOSO, {**DOMAINS, ONLINE_SIP_DOMAINS: DENIED, LIVE: http(404)})["contoso.com"]
    assert by_signal.verdict is not None
    assert by_signal.verdict.observed == "Autodiscover, seen from here: not-enabled"
    assert "(medium)" in by_signal.verdict.summary
    ambiguous = findings(CHECK, CONTOSO, {**DOMAINS, ONLINE_SIP_DOMAINS: DENIED, LIVE: http(200, SELF)})["contoso.com"]
    assert ambiguous.unknown is not None
    assert ambiguous.unknown.detail == "access denied; the live reply was ambiguous"
    assert ambiguous.unknown.needs == "a role"


def test_a_domain_that_is_not_listed_is_told_from_one_that_is_disabled() -> None:
    found = findings(CHECK, CONTOSO, {**DOMAINS, ONLINE_SIP_DOMAINS: objects()})["contoso.com"]
    assert found.verdict is not None
    assert (found.verdict.observed, found.verdict.fill) == ("Status not listed", (("domain", "'contoso.com'"),))
    assert "verify it there first" in found.verdict.summary


def test_every_domain_has_a_finding_of_its_own() -> None:
    listed = objects({"Name": "contoso.com", "Status": "Enabled"}, {"Name": "fabrikam.com", "Status": "Disabled"})
    both = objects({"Name": "contoso.com"}, {"Name": "fabrikam.com"})
    found = findings(CHECK, CONTOSO, {SIP_DOMAINS: both, ONLINE_SIP_DOMAINS: listed})
    assert {name: word(each) for name, each in found.items()} == {"contoso.com": "pass", "fabrikam.com": "fail"}


def test_after_the_last_move_it_is_not_judged() -> None:
    found = findings(CHECK, contoso(phase=Phase.DECOMMISSION), {})
    assert [word(each) for each in found.values()] == ["not-applicable"]
