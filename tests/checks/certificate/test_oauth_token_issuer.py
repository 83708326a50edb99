import pytest

from checker.checks.certificate.oauth_token_issuer import CHECK
from checker.model.answers import AnyAnswer, Json, Objects
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, Vantage
from checker.readings.certificates import assigned_certificates
from checker.readings.topology import POOLS
from tests.checks.certificate.edges import TWO, certificate
from tests.judging import CONTOSO, DENIED, findings, judged, objects, word

FRONT_END, OTHER = "fe01.contoso.com", "fe02.contoso.com"
POOL = {"Fqdn": "fe.contoso.com", "Computers": [FRONT_END, OTHER], "Services": ["Registrar:fe.contoso.com"]}


def issuer(**changes: Json) -> dict[str, Json]:
    return certificate(Use="OAuthTokenIssuer") | changes


def known(own: Objects | NoAnswer, other: Objects | NoAnswer) -> dict[AnyProbe, AnyAnswer | NoAnswer]:
    return {
        POOLS: objects(POOL),
        assigned_certificates(Vantage.ONPREM, FRONT_END): own,
        assigned_certificates(Vantage.ONPREM, OTHER): other,
    }


GOOD = objects(certificate(Use="Default", NotAfter="2020-01-01T00:00:00Z"), issuer())


@pytest.mark.parametrize(
    ("verdict", "own", "other"),
    [
        ("pass", GOOD, GOOD),
        ("pass", GOOD, DENIED),  # the other's finding says so
        ("warn", GOOD, objects(issuer(Thumbprint=TWO))),
        ("warn", objects(issuer(NotAfter="2026-11-22T19:02:59Z")), GOOD),
        ("warn", objects(issuer(), issuer(Thumbprint=TWO)), GOOD),
        ("warn", objects(certificate(Use="Default")), GOOD),
        ("warn", objects(), GOOD),
        ("unknown: no-access", DENIED, GOOD),
        ("unknown: malformed", objects(issuer(NotAfter=None)), GOOD),
        ("unknown: malformed", objects({"Thumbprint": TWO}), GOOD),
    ],
)
def test_each_front_end_has_the_one_certificate(
    verdict: str, own: Objects | NoAnswer, other: Objects | NoAnswer
) -> None:
    assert word(findings(CHECK, CONTOSO, known(own, other))[FRONT_END]) == verdict


def test_the_finding_says_how_many_front_ends_were_compared() -> None:
    verdict = findings(CHECK, CONTOSO, known(GOOD, DENIED))[FRONT_END].verdict
    assert verdict is not None and "on the 1 of 2 Front Ends read" in verdict.observed


def test_a_topology_that_was_not_read_is_unknown() -> None:
    assert judged(CHECK, CONTOSO, known(GOOD, GOOD) | {POOLS: DENIED}) == "unknown: no-access"
