import pytest

from checker.checks.certificate.edge_key_usage import CHECK
from checker.model.answers import AnyAnswer, Json, Objects
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, Vantage
from checker.readings.certificates import assigned_certificates, store
from checker.readings.topology import POOLS
from tests.checks.certificate.edges import EDGE, ONE, TWO, certificate, pool
from tests.judging import CONTOSO, DENIED, judged, objects

SERVER = {"FriendlyName": "Server Authentication", "ObjectId": "1.3.6.1.5.5.7.3.1"}
CLIENT = {"FriendlyName": "Client Authentication", "ObjectId": "1.3.6.1.5.5.7.3.2"}
AS_TEXT = "Serverauthentifizierung (1.3.6.1.5.5.7.3.1)"


def verdict_of(own: Objects | NoAnswer, assigned: Objects | NoAnswer) -> str:
    answers: dict[AnyProbe, AnyAnswer | NoAnswer] = {
        POOLS: objects(pool(EDGE)),
        store(Vantage.EDGE, EDGE, "My"): own,
        assigned_certificates(Vantage.EDGE, EDGE): assigned,
    }
    return judged(CHECK, CONTOSO, answers)


@pytest.mark.parametrize(
    ("verdict", "usages"),
    [
        ("pass", [SERVER, CLIENT]),
        ("pass", [CLIENT, AS_TEXT]),
        ("pass", f"{AS_TEXT} Clientauthentifizierung (1.3.6.1.5.5.7.3.2)"),
        ("pass", [{"@text": AS_TEXT}, CLIENT]),
        ("pass", []),  # no such extension: no restriction
        ("warn", [SERVER]),
        ("warn", SERVER),
        ("warn", AS_TEXT),
        ("warn", [CLIENT]),
        ("warn", ["Server Authentication (1.3.6.1.5.5.7.3.1)", "x (1.3.6.1.5.5.7.3.20)"]),
        ("unknown: malformed", ["Microsoft.PowerShell.Commands.EnhancedKeyUsageRepresentation"]),
        ("unknown: malformed", [{}]),
    ],
)
def test_the_certificate_in_the_store_says_what_it_may_be_used_for(verdict: str, usages: Json) -> None:
    own = objects({"Thumbprint": TWO, "EnhancedKeyUsageList": []}, {"Thumbprint": ONE, "EnhancedKeyUsageList": usages})
    assert verdict_of(own, objects(certificate())) == verdict


@pytest.mark.parametrize(
    ("verdict", "own", "assigned"),
    [
        ("unknown: malformed", objects(Thumbprint=ONE), objects(certificate())),
        ("unknown: malformed", objects(Thumbprint=TWO, EnhancedKeyUsageList=[]), objects(certificate())),
        ("unknown: no-access", DENIED, objects(certificate())),
        ("unknown: no-access", objects(Thumbprint=ONE, EnhancedKeyUsageList=[]), DENIED),
        ("not-applicable", objects(Thumbprint=ONE, EnhancedKeyUsageList=[]), objects()),
    ],
)
def test_both_lists_are_needed(verdict: str, own: Objects | NoAnswer, assigned: Objects | NoAnswer) -> None:
    assert verdict_of(own, assigned) == verdict
