import pytest

from checker.model.answers import Objects
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import Fact, NoAnswer
from checker.model.probes import AnyProbe, CmdletProbe
from checker.model.undecided import Unreadable
from checker.readings import rows
from checker.readings.alternatives import first_read
from checker.readings.tenant import ORGANIZATION, TENANT
from tests.judging import DENIED, NOW, objects


def identifier(answer: Objects) -> str:
    return rows.text(answer.rows[0], "Id")


def read(first: Objects | NoAnswer, second: Objects | NoAnswer) -> tuple[CmdletProbe, str]:
    told: list[tuple[AnyProbe, Objects | NoAnswer]] = [(TENANT, first), (ORGANIZATION, second)]
    facts = {probe: Fact(probe=probe, answer=answer, observed_at=NOW) for probe, answer in told}
    return first_read(Evidence(facts), (TENANT, identifier), (ORGANIZATION, identifier))


def test_the_first_that_can_be_read_says_it() -> None:
    assert read(objects(Id="a"), objects(Id="b")) == (TENANT, "a")
    assert read(DENIED, objects(Id="b")) == (ORGANIZATION, "b")
    assert read(objects(Name="x"), objects(Id="b")) == (ORGANIZATION, "b")


def test_where_nobody_could_say_every_way_is_named() -> None:
    with pytest.raises(Unanswered) as unanswered:
        read(DENIED, DENIED)
    assert [probe.id for probe, _ in unanswered.value.missing] == ["tenant/Get-CsTenant", "tenant/Get-MgOrganization"]


def test_an_answer_that_cannot_be_read_is_the_reason_before_one_that_did_not_come() -> None:
    with pytest.raises(Unreadable, match="no property Id"):
        read(DENIED, objects(Name="x"))
