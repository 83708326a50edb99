import pytest

from checker.checks.dns.sip_tls_srv import CHECK
from checker.model.answers import DnsAnswer
from checker.model.facts import NoAnswer
from checker.model.probes import Vantage
from checker.readings.dns_records import srv
from tests.judging import CONTOSO, NXDOMAIN, SILENT, judged, records

NAME = "_sip._tls.contoso.com"


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", records(NAME, "SRV", "0 0 443 sip.contoso.com.")),
        ("fail", records(NAME, "SRV", "100 1 443 sipdir.online.lync.com.")),
        ("fail", records(NAME, "SRV", "0 0 5061 sip.contoso.com.")),
        ("fail", records(NAME, "SRV", "0 0 443 .")),
        ("warn", NXDOMAIN),
        ("warn", records(NAME, "SRV")),
        ("unknown: malformed", records(NAME, "SRV", "nonsense")),
        ("unknown: timed-out", SILENT),
    ],
)
def test_clients_are_led_to_the_access_edge(verdict: str, answer: DnsAnswer | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {srv(Vantage.DNS_EXTERNAL, NAME): answer}) == verdict
