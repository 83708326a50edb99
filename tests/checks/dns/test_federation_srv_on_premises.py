import pytest

from checker.checks.dns.federation_srv_on_premises import CHECK
from checker.model.answers import AnyAnswer, DnsAnswer
from checker.model.axes import Phase
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.readings.dns_records import federation_srv
from tests.judging import CONTOSO, NXDOMAIN, SILENT, contoso, judged, records


def to(target: str) -> DnsAnswer:
    return records("_sipfederationtls._tcp.contoso.com", "SRV", f"100 1 5061 {target}")


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", to("sip.contoso.com.")),
        ("fail", to("sipfed.online.lync.com.")),
        ("fail", to("SipFed.Online.Lync.com.")),
        ("fail", to("sipfed.online.gov.skypeforbusiness.us.")),  # another cloud than the target's
        ("pass", to("sipfed.online.lync.com.contoso.com.")),
        ("not-applicable", NXDOMAIN),
        ("not-applicable", to(".")),  # not offered here: that is no target on-premises
        ("unknown: malformed", records("x", "SRV", "nonsense")),
        ("unknown: timed-out", SILENT),
    ],
)
def test_no_cloud_may_be_the_target(verdict: str, answer: DnsAnswer | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {federation_srv("contoso.com"): answer}) == verdict


def test_after_the_last_move_the_cloud_is_wanted_there() -> None:
    answer: dict[AnyProbe, AnyAnswer | NoAnswer] = {federation_srv("contoso.com"): to("sipfed.online.lync.com.")}
    assert judged(CHECK, contoso(phase=Phase.CUTOVER), answer) == "fail"
    assert judged(CHECK, contoso(phase=Phase.DECOMMISSION), answer) == "not-applicable"
