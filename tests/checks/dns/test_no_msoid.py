import pytest

from checker.checks.dns.no_msoid import CHECK
from checker.model.answers import DnsAnswer
from checker.model.axes import Cloud
from checker.model.facts import NoAnswer
from checker.model.probes import Vantage
from checker.readings.dns_records import alias
from tests.judging import CONTOSO, DENIED, NXDOMAIN, SILENT, contoso, finding, judged, records

NAME = "msoid.contoso.com"
PROBE = alias(Vantage.DNS_EXTERNAL, NAME)
LEFT = records(NAME, "CNAME", "clientconfig.microsoftonline-p.net.")


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", NXDOMAIN),
        ("pass", records(NAME, "CNAME")),
        ("warn", LEFT),
        ("unknown: timed-out", SILENT),
        ("unknown: no-access", DENIED),
    ],
)
def test_there_must_be_no_alias(verdict: str, answer: DnsAnswer | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {PROBE: answer}) == verdict


def test_in_china_it_is_in_use() -> None:
    assert judged(CHECK, contoso(cloud=Cloud.CHINA), {PROBE: LEFT}) == "not-applicable"


def test_the_record_and_who_showed_it_are_named() -> None:
    found = finding(CHECK, CONTOSO, {PROBE: LEFT})
    assert found.verdict and found.verdict.observed == "CNAME clientconfig.microsoftonline-p.net. (says 8.8.8.8)"
    assert found.remediation.run == "delete msoid.contoso.com."
