import pytest

from checker.checks.topology.hybrid_application_endpoints import CHECK
from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.readings.other_accounts import APPLICATION_ENDPOINTS
from tests.judging import CONTOSO, DENIED, finding, judged, objects

ENDPOINT = {"Identity": "CN=reception,DC=contoso,DC=com", "SipAddress": "sip:reception@contoso.com"}


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", objects()),
        ("warn", objects(ENDPOINT)),
        ("warn", objects({"Something": "else"})),
        ("unknown: no-access", objects(complete=False)),
        ("unknown: malformed", objects(SipAddress=["a", "b"])),
        ("unknown: no-access", DENIED),
    ],
)
def test_there_is_none(verdict: str, answer: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {APPLICATION_ENDPOINTS: answer}) == verdict


def test_many_are_named_in_part_and_all_kept() -> None:
    many = objects(*({"Identity": f"CN={number}"} for number in range(7)))
    found = finding(CHECK, CONTOSO, {APPLICATION_ENDPOINTS: many})
    assert found.verdict and found.verdict.observed == "CN=0, CN=1, CN=2, CN=3, CN=4 and 2 more"
    assert isinstance(found.value, list) and len(found.value) == 7
