import pytest

from checker.checks.federation.static_routes import CHECK, STATIC_ROUTES
from checker.model.answers import Objects
from checker.model.axes import Phase
from checker.model.facts import NoAnswer
from checker.readings.subjects import SIP_DOMAINS
from tests.judging import CONTOSO, DENIED, contoso, findings, objects, word

TOPOLOGY = objects({"Name": "contoso.com"}, {"Name": "eu.contoso.com"})


def routes(*uris: str) -> Objects:
    return objects(Identity="Global", Route=[{"MatchUri": uri, "Enabled": True} for uri in uris])


def of_both(answer: Objects | NoAnswer) -> tuple[str, ...]:
    found = findings(CHECK, CONTOSO, {SIP_DOMAINS: TOPOLOGY, STATIC_ROUTES: answer})
    return tuple(word(found[domain]) for domain in ("contoso.com", "eu.contoso.com"))


@pytest.mark.parametrize(
    ("verdicts", "answer"),
    [
        (("pass", "pass"), routes()),
        (("pass", "pass"), objects(Identity="Global", Route=None)),
        (("pass", "pass"), routes("fabrikam.com", "evilcontoso.com", "*.fabrikam.com", "www.contoso.com")),
        (("warn", "pass"), routes("fabrikam.com", "Contoso.com")),
        (("warn", "warn"), routes("fabrikam.com", "*")),
        (("pass", "warn"), routes("*.contoso.com")),  # what lies below it, not itself
        (("warn", "pass"), objects(Route={"MatchUri": "contoso.com"})),  # one element, bare
        (("warn", "pass"), objects({"Route": []}, {"Route": [{"MatchUri": "contoso.com"}]})),
        (("warn", "pass"), objects(Route=["MatchUri=contoso.com;MatchOnlyPhoneUri=False;Enabled=True"])),
    ],
)
def test_a_route_for_an_own_domain_is_a_warning(verdicts: tuple[str, str], answer: Objects) -> None:
    assert of_both(answer) == verdicts


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("unknown: no-access", DENIED),
        ("unknown: no-access", objects({"Route": []}, complete=False)),
        ("unknown: malformed", objects()),  # Global is always there
        ("unknown: malformed", objects(Identity="Global")),
        ("unknown: malformed", routes("sip:contoso.com")),
        ("unknown: malformed", objects(Route=["Microsoft.Rtc.Management.WritableConfig.Settings.SipProxy.Route"])),
        ("unknown: malformed", objects(Route=[{"Transport": "TCP"}])),
    ],
)
def test_what_cannot_be_read_is_no_route_and_no_absence_of_one(verdict: str, answer: Objects | NoAnswer) -> None:
    assert of_both(answer) == (verdict, verdict)


def test_the_finding_shows_the_route() -> None:
    found = findings(CHECK, CONTOSO, {SIP_DOMAINS: DENIED, STATIC_ROUTES: routes("contoso.com")})["contoso.com"]
    assert found.verdict is not None and found.verdict.observed == "routes with MatchUri: contoso.com"


def test_after_the_last_move_it_is_not_judged() -> None:
    found = findings(CHECK, contoso(phase=Phase.DECOMMISSION), {})
    assert [word(each) for each in found.values()] == ["not-applicable"]
