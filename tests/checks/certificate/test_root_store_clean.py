import pytest

from checker.checks.certificate.root_store_clean import CHECK
from checker.model.answers import AnyAnswer, Json, Objects
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, Vantage
from checker.readings.certificates import store
from checker.readings.tls_registry import SCHANNEL, Machine
from checker.readings.topology import POOLS
from tests.checks.certificate.edges import EDGE, pool
from tests.judging import CONTOSO, DENIED, findings, objects, word

FRONT_END = {"Fqdn": "fe.contoso.com", "Computers": ["fe01.contoso.com"], "Services": ["Registrar:fe.contoso.com"]}


def root(number: int = 1, **changes: Json) -> dict[str, Json]:
    return {"Subject": f"CN={number}", "Issuer": f"CN={number}", "Thumbprint": f"{number:040X}"} | changes


def value(found: Json) -> Objects:
    return objects(Path=SCHANNEL, Name="x", Value=found)


def known(
    roots: Objects | NoAnswer, trust: Objects | NoAnswer, ticket: Objects | NoAnswer
) -> dict[AnyProbe, AnyAnswer | NoAnswer]:
    machine = Machine(Vantage.EDGE, EDGE)
    return {
        POOLS: objects(pool(EDGE), FRONT_END),
        store(Vantage.EDGE, EDGE, "Root"): roots,
        machine.value(SCHANNEL, "ClientAuthTrustMode"): trust,
        machine.value(SCHANNEL, "EnableSessionTicket"): ticket,
    }


CLEAN, TWO = objects(root(), root(2)), value(2)
INTERMEDIATE = root(3, Issuer="CN=1")


@pytest.mark.parametrize(
    ("verdict", "roots", "trust", "ticket"),
    [
        ("pass", CLEAN, TWO, TWO),
        ("pass", CLEAN, value("2"), TWO),
        ("pass", objects(*map(root, range(100))), TWO, TWO),
        ("warn", objects(*map(root, range(101))), TWO, TWO),
        ("warn", objects(root(), INTERMEDIATE), TWO, TWO),
        ("warn", objects(root(), root()), TWO, TWO),
        ("warn", CLEAN, value(None), TWO),
        ("warn", CLEAN, TWO, value(0)),
        ("warn", objects(INTERMEDIATE), DENIED, DENIED),  # what is seen is seen
        ("warn", DENIED, value(0), TWO),
        ("unknown: no-access", CLEAN, TWO, DENIED),
        ("unknown: no-access", DENIED, TWO, TWO),
        ("unknown: malformed", objects(), TWO, TWO),
        ("unknown: malformed", objects({"Subject": "CN=1", "Thumbprint": "1" * 40}), TWO, TWO),
        ("unknown: malformed", CLEAN, value("two"), TWO),
        ("unknown: malformed", CLEAN, TWO, objects(Path=SCHANNEL, Name="x")),
    ],
)
def test_roots_and_the_two_values(
    verdict: str, roots: Objects | NoAnswer, trust: Objects | NoAnswer, ticket: Objects | NoAnswer
) -> None:
    assert word(findings(CHECK, CONTOSO, known(roots, trust, ticket))[EDGE]) == verdict


def test_front_ends_are_asked_too() -> None:
    answers = known(CLEAN, TWO, TWO)
    answers[store(Vantage.ONPREM, "fe01.contoso.com", "Root")] = objects(INTERMEDIATE)
    found = findings(CHECK, CONTOSO, answers)["fe01.contoso.com"]
    assert found.verdict and found.verdict.observed == "not self-signed: CN=3"


def test_everything_strange_is_named() -> None:
    answers = known(objects(root(), root(), INTERMEDIATE), value(None), TWO) | {POOLS: objects(pool(EDGE))}
    found = findings(CHECK, CONTOSO, answers)[EDGE]
    assert found.verdict and found.verdict.observed == (
        f"not self-signed: CN=3, more than once: {1:040X}, ClientAuthTrustMode not set"
    )
