import msgspec
import pytest

from checker.checks.dns.ttl_before_cutover import CHECK
from checker.model.answers import AnyAnswer, DnsAnswer, DnsRecord
from checker.model.axes import Phase
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.readings.public_records import public_records
from tests.judging import NXDOMAIN, SILENT, contoso, finding, judged, records

CUTOVER = contoso(phase=Phase.CUTOVER)
FEDERATION, CLIENT, SIP, DISCOVER = public_records("contoso.com")


def answer(name: str, kind: str, data: str, ttl: int, authoritative: bool | None = True) -> DnsAnswer:
    return msgspec.structs.replace(records(name, kind, data, ttl=ttl), authoritative=authoritative)


def four(ttl: int, authoritative: bool | None = True) -> dict[AnyProbe, AnyAnswer | NoAnswer]:
    return {
        FEDERATION: answer(FEDERATION.name, "SRV", "0 0 5061 sip.contoso.com.", ttl, authoritative),
        CLIENT: answer(CLIENT.name, "SRV", "0 0 443 sip.contoso.com.", ttl, authoritative),
        SIP: answer(SIP.name, "A", "203.0.113.9", ttl, authoritative),
        DISCOVER: answer(DISCOVER.name, "A", "203.0.113.10", ttl, authoritative),
    }


@pytest.mark.parametrize(
    ("verdict", "ttl", "authoritative"),
    [
        ("pass", 3600, True),
        ("warn", 3601, True),
        ("warn", 86400, False),  # a cache counts down: it was no shorter
        ("warn", 86400, None),
        ("unknown: no-access", 300, False),  # and so a short one proves nothing
        ("unknown: no-access", 300, None),
    ],
)
def test_the_authoritative_server_decides(verdict: str, ttl: int, authoritative: bool | None) -> None:
    assert judged(CHECK, CUTOVER, four(ttl, authoritative)) == verdict


@pytest.mark.parametrize(
    ("verdict", "ttl", "one"),
    [
        ("pass", 300, NXDOMAIN),
        ("unknown: timed-out", 300, SILENT),
        ("warn", 7200, SILENT),  # what was seen is not hidden
    ],
)
def test_one_record_may_be_missing_but_not_unseen(verdict: str, ttl: int, one: DnsAnswer | NoAnswer) -> None:
    assert judged(CHECK, CUTOVER, {**four(ttl), SIP: one}) == verdict


def test_without_any_of_them_there_is_nothing_to_lower() -> None:
    assert judged(CHECK, CUTOVER, dict.fromkeys(four(0), NXDOMAIN)) == "not-applicable"


def test_what_an_alias_leads_to_has_a_ttl_of_its_own() -> None:
    chain = (
        DnsRecord(DISCOVER.name, "CNAME", 300, "proxy.fabrikam.com."),
        DnsRecord("proxy.fabrikam.com", "A", 86400, "203.0.113.10"),
    )
    led = DnsAnswer(rcode="NOERROR", records=chain, authoritative=True)
    assert judged(CHECK, CUTOVER, {**four(300), DISCOVER: led}) == "pass"


@pytest.mark.parametrize("phase", [Phase.PREPARE, Phase.HYBRID, Phase.DECOMMISSION])
def test_it_is_a_matter_of_the_cut_over(phase: Phase) -> None:
    assert judged(CHECK, contoso(phase=phase), four(86400)) == "not-applicable"


def test_it_says_which_server_was_asked_and_what_it_is() -> None:
    found = finding(CHECK, CUTOVER, four(86400, None))
    assert found.verdict
    assert "sip.contoso.com: 86400 s, a cache, as far as it shows (says 8.8.8.8)" in found.verdict.observed
    assert finding(CHECK, CUTOVER, four(300, None)).unknown is not None
