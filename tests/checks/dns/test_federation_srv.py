import pytest

from checker.checks.dns.federation_srv import CHECK
from checker.model.answers import AnyAnswer, DnsAnswer
from checker.model.axes import Phase
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.readings.dns_records import federation_srv
from checker.readings.subjects import SIP_DOMAINS
from tests.judging import CONTOSO, NXDOMAIN, SILENT, contoso, finding, findings, judged, objects, records

NAME = "_sipfederationtls._tcp.contoso.com"
ASKED = federation_srv("contoso.com")


def srv(*data: str) -> DnsAnswer:
    return records(NAME, "SRV", *data)


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", srv("0 0 5061 sip.contoso.com.")),
        ("pass", srv("10 0 5061 sip2.contoso.com.", "0 0 5061 sip.contoso.com.")),  # one of best priority
        ("warn", srv("0 0 5061 sip.contoso.com.", "0 5 5061 sip2.contoso.com.")),
        ("pass", srv("0 0 5061 sip.contoso.com.", "0 5 5061 SIP.contoso.com.")),
        ("fail", srv("0 0 5060 sip.contoso.com.")),
        ("fail", srv("0 0 5061 sip.contoso.com.", "0 0 443 sip2.contoso.com.")),
        ("fail", srv("0 0 0 .")),  # not offered here
        ("fail", srv()),  # the name exists, this record does not
        ("fail", NXDOMAIN),
        ("unknown: malformed", srv("5061 sip.contoso.com.")),
        ("unknown: timed-out", SILENT),
    ],
)
def test_one_best_target_on_port_5061_is_wanted(verdict: str, answer: DnsAnswer | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {ASKED: answer}) == verdict


def test_every_sip_domain_needs_its_own() -> None:
    domains = objects({"Name": "contoso.com"}, {"Name": "Fabrikam.com"})
    answers: dict[AnyProbe, AnyAnswer | NoAnswer] = {
        ASKED: srv("0 0 5061 sip.contoso.com."),
        federation_srv("fabrikam.com"): NXDOMAIN,
        SIP_DOMAINS: domains,
    }
    found = findings(CHECK, CONTOSO, answers)
    assert {name: each.status.value for name, each in found.items()} == {"contoso.com": "pass", "fabrikam.com": "fail"}


def test_it_shows_the_record_and_who_said_so() -> None:
    found = finding(CHECK, CONTOSO, {ASKED: srv("0 0 5060 sip.contoso.com.")})
    assert found.verdict and found.verdict.observed == "SRV 0 0 5060 sip.contoso.com (says 8.8.8.8)"
    assert found.remediation.run.startswith(f"publish {NAME}. SRV 0 0 5061 sip.contoso.com. ")
    assert found.remediation.verify == f"Resolve-DnsName -Name '{NAME}' -Type SRV -Server 8.8.8.8"


def test_the_same_answer_is_not_judged_after_the_last_move() -> None:
    assert judged(CHECK, contoso(phase=Phase.DECOMMISSION), {}) == "not-applicable"
