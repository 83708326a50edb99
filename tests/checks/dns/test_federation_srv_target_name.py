import pytest

from checker.checks.dns.federation_srv_target_name import CHECK
from checker.model.answers import DnsAnswer
from checker.model.facts import NoAnswer
from checker.readings.dns_records import federation_srv
from tests.judging import CONTOSO, NXDOMAIN, SILENT, judged, records


def to(target: str) -> DnsAnswer:
    return records("_sipfederationtls._tcp.contoso.com", "SRV", f"0 0 5061 {target}")


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", to("sip.contoso.com.")),
        ("pass", to("contoso.com.")),
        ("pass", to("SIP.Contoso.COM.")),
        ("fail", to("sip.fabrikam.com.")),
        ("fail", to("sip.evilcontoso.com.")),  # compared label by label
        ("fail", to("sipfed.online.lync.com.")),
        ("not-applicable", NXDOMAIN),
        ("not-applicable", to(".")),
        ("unknown: malformed", records("x", "SRV", "nonsense")),
        ("unknown: timed-out", SILENT),
    ],
)
def test_the_target_bears_the_name_of_the_domain(verdict: str, answer: DnsAnswer | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {federation_srv("contoso.com"): answer}) == verdict
