"""Rows of Test-NetConnection, and which attempt they are about."""

import pytest

from checker.model.evidence import Evidence
from checker.model.facts import Fact
from checker.model.probes import Vantage
from checker.model.undecided import Unreadable
from checker.readings.connections import connection, opened_by_name, shown, succeeded, tried
from tests.judging import DENIED, NOW, objects

PROBE = connection(Vantage.EDGE, "edge01.contoso.com", "FE01.contoso.com.", 5061)
ROW = {"ComputerName": "fe01.contoso.com", "RemotePort": 5061, "TcpTestSucceeded": True}


def test_a_question_is_spelt_in_one_way() -> None:
    assert connection(Vantage.EDGE, "edge01.contoso.com", "fe01.contoso.com", 5061) == PROBE
    assert shown(PROBE) == "edge01.contoso.com to fe01.contoso.com:5061"


def test_an_attempt_that_failed_once_failed() -> None:
    assert succeeded(PROBE, objects(ROW))
    assert not succeeded(PROBE, objects(ROW, {**ROW, "ComputerName": "FE01.contoso.com.", "TcpTestSucceeded": False}))


@pytest.mark.parametrize("other", [{"RemotePort": 443}, {"ComputerName": "fe02.contoso.com"}, {"TcpTestSucceeded": ""}])
def test_rows_about_something_else_say_nothing(other: dict[str, object]) -> None:
    with pytest.raises(Unreadable):
        succeeded(PROBE, objects({**ROW, **other}))


def test_names_are_told_apart_for_one_port() -> None:
    rows = objects(
        ROW, {**ROW, "ComputerName": "fe02.contoso.com", "TcpTestSucceeded": False}, {**ROW, "RemotePort": 80}
    )
    assert opened_by_name(rows, 5061) == {"fe01.contoso.com": True, "fe02.contoso.com": False}


def test_attempts_fall_into_those_that_opened_failed_and_were_not_seen() -> None:
    second = connection(Vantage.ONPREM, "", "edge01.contoso.com", 5061)
    facts = [
        Fact(probe=PROBE, answer=objects(ROW), observed_at=NOW),
        Fact(probe=second, answer=DENIED, observed_at=NOW),
    ]
    found = tried(Evidence({fact.probe: fact for fact in facts}), (PROBE, second))
    assert (found.opened, found.failed) == ((shown(PROBE),), ())
    assert found.unseen == ((second, DENIED),)
    assert shown(second) == "onprem to edge01.contoso.com:5061"
