import pytest

from checker.checks.certificate.edge_trusts_cloud_roots import CHECK
from checker.model.answers import AnyAnswer, Objects
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, Vantage
from checker.readings.certificates import store
from checker.readings.cloud_roots import FEDERATION_ROOT, FURTHER_ROOTS
from checker.readings.topology import POOLS
from tests.checks.certificate.edges import EDGE, pool
from tests.judging import CONTOSO, DENIED, finding, judged, objects

ROOTS = tuple({"Subject": f"CN={name}", "Thumbprint": each} for each, name in (FEDERATION_ROOT, *FURTHER_ROOTS.items()))
BALTIMORE = {"Subject": "CN=Baltimore CyberTrust Root", "Thumbprint": "D4DE20D05E66FC53FE1A50882C78DB2852CAE474"}
NAMESAKE = {"Subject": "CN=DigiCert Global Root G2", "Thumbprint": "C" * 40}


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", objects(*ROOTS)),
        ("pass", objects(*({**root, "Thumbprint": root["Thumbprint"].lower()} for root in ROOTS))),
        ("warn", objects(ROOTS[0])),
        ("warn", objects(*ROOTS[:-1], BALTIMORE)),
        ("fail", objects(*ROOTS[1:])),
        ("fail", objects(BALTIMORE)),
        ("fail", objects(*ROOTS[1:], NAMESAKE)),
        ("unknown: no-access", objects(*ROOTS, complete=False)),
        ("unknown: malformed", objects()),
        ("unknown: malformed", objects({"Subject": "CN=DigiCert Global Root G2"})),
        ("unknown: no-access", DENIED),
    ],
)
def test_the_roots_are_known_by_their_thumbprints(verdict: str, answer: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {POOLS: objects(pool(EDGE)), store(Vantage.EDGE, EDGE, "Root"): answer}) == verdict


def test_it_names_what_to_import() -> None:
    answers: dict[AnyProbe, AnyAnswer | NoAnswer] = {
        POOLS: objects(pool(EDGE)),
        store(Vantage.EDGE, EDGE, "Root"): objects(*ROOTS[2:]),
    }
    assert finding(CHECK, CONTOSO, answers).remediation.run.endswith("DigiCert Global Root G2, DigiCert Global Root CA")
