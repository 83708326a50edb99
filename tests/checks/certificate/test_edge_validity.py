import pytest

from checker.checks.certificate.edge_validity import CHECK
from checker.model.answers import AnyAnswer, Json, Objects
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, Vantage
from checker.readings.certificates import assigned_certificates
from checker.readings.topology import POOLS
from tests.checks.certificate.edges import EDGE, certificate, pool, without
from tests.judging import CONTOSO, SILENT, finding, judged, objects


def verdict_of(answer: Objects | NoAnswer) -> str:
    return judged(CHECK, CONTOSO, {POOLS: objects(pool(EDGE)), assigned_certificates(Vantage.EDGE, EDGE): answer})


@pytest.mark.parametrize(
    ("verdict", "ends"),
    [
        ("pass", "2027-01-01T00:00:00Z"),
        ("pass", "/Date(1798761600000)/"),
        ("pass", "01/01/2027 00:00:00"),
        ("pass", "1/1/2027 12:00:00 AM"),
        ("pass", "2026-12-22T19:03:00+00:00"),  # 30 days to the minute
        ("warn", "2026-12-22T19:02:59+00:00"),
        ("warn", "2026-11-22T19:03:00Z"),
        ("fail", "2026-11-22T19:02:59Z"),
        ("warn", "2026-11-22T19:02:59-01:00"),
        ("fail", "/Date(1763800000000)/"),
        ("unknown: malformed", "soon"),
        ("unknown: malformed", "22/11/2027 00:00:00"),
        ("unknown: malformed", None),
    ],
)
def test_it_ends_after_the_observation(verdict: str, ends: Json) -> None:
    assert verdict_of(objects(certificate(NotAfter=ends))) == verdict


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("fail", objects(certificate(NotBefore="2026-11-22T19:03:01Z"))),
        ("pass", objects(certificate(), certificate(Use="Internal", NotAfter="2020-01-01T00:00:00Z"))),
        ("fail", objects()),
        ("unknown: malformed", objects(without("NotAfter"))),
        ("unknown: malformed", objects(without("NotBefore"))),
        ("unknown: malformed", objects(without("Thumbprint"))),
        ("unknown: timed-out", SILENT),
    ],
)
def test_it_has_begun_and_is_the_one_outside(verdict: str, answer: Objects | NoAnswer) -> None:
    assert verdict_of(answer) == verdict


def test_it_shows_days_and_the_way_back() -> None:
    answers: dict[AnyProbe, AnyAnswer | NoAnswer] = {
        POOLS: objects(pool(EDGE)),
        assigned_certificates(Vantage.EDGE, EDGE): objects(certificate()),
    }
    found = finding(CHECK, CONTOSO, answers)
    assert found.verdict and found.verdict.observed == "valid from 2026-01-01 to 2027-01-01"
    assert f"-Thumbprint '{'A' * 40}'" in found.remediation.rollback
