import pytest

from checker.model.answers import AnyAnswer
from checker.model.checks import Server, ServerRole
from checker.model.evidence import Evidence, Unanswered, Wanted
from checker.model.facts import Fact, NoAnswer
from checker.model.probes import AnyProbe, Vantage
from checker.model.undecided import Unreadable
from checker.readings.builds import patch_version
from checker.readings.pool_builds import Generation, front_end_builds, known, pool_generations
from checker.readings.server_builds import management_file
from checker.readings.topology import POOLS
from tests.checks.topology.pools import NOT_TOLD, SFB_2015, SFB_2019, SFB_SE, patches, pool_row
from tests.judging import DENIED, NOW, objects

TOPOLOGY = objects(
    pool_row("edge.contoso.com", "edge01", service="EdgeServer"), pool_row("fe.contoso.com", "fe01", "fe02")
)


def patch(fqdn: str) -> AnyProbe:
    return patch_version(Server(fqdn=fqdn, role=ServerRole.EDGE if "edge" in fqdn else ServerRole.FRONT_END))


def evidence(topology: AnyAnswer = TOPOLOGY, **said: tuple[str, str] | NoAnswer) -> Evidence:
    answers: dict[AnyProbe, AnyAnswer | NoAnswer] = {POOLS: topology}
    for fqdn in ("edge01", "fe01", "fe02"):
        each = said.get(fqdn, DENIED)
        answers[patch(fqdn)] = each if isinstance(each, NoAnswer) else patches(*each)
        answers[management_file(Vantage.EDGE if "edge" in fqdn else Vantage.ONPREM, fqdn)] = DENIED
    return Evidence({probe: Fact(probe=probe, answer=answer, observed_at=NOW) for probe, answer in answers.items()})


def test_one_server_that_answers_speaks_for_its_pool() -> None:
    found = pool_generations(evidence(edge01=SFB_SE, fe02=SFB_2019))
    lines = {pool: known(each).line.id for pool, each in found.items()}
    products = {pool: [product.id for product in known(each).products] for pool, each in found.items()}
    assert lines == {"edge.contoso.com": "sfb-2019", "fe.contoso.com": "sfb-2019"}
    assert products == {"edge.contoso.com": ["sfb-se"], "fe.contoso.com": ["sfb-2019"]}


def test_a_pool_none_of_whose_servers_answered_is_unknown_by_itself() -> None:
    found = pool_generations(evidence(fe01=SFB_2015, fe02=("6.0.9319.598", SFB_2015[1])))
    front_ends = found["fe.contoso.com"]
    assert isinstance(front_ends, Generation) and front_ends.lowest == (6, 0, 9319, 598)
    for _ in range(2):
        with pytest.raises(Unanswered):
            known(found["edge.contoso.com"])


def test_an_answer_that_cannot_be_read_is_no_generation() -> None:
    assert isinstance(pool_generations(evidence(fe01=("9.0.1.1", "x")))["fe.contoso.com"], Unreadable)
    assert isinstance(pool_generations(evidence(fe01=SFB_2015, fe02=SFB_2019))["fe.contoso.com"], Unreadable)


def test_what_the_name_does_not_tell_stays_open() -> None:
    generation = known(pool_generations(evidence(fe01=NOT_TOLD))["fe.contoso.com"])
    assert [product.id for product in generation.products] == ["sfb-2019", "sfb-se"]


def test_every_front_end_has_its_build_or_its_reason() -> None:
    found = front_end_builds(evidence(fe01=SFB_2019, edge01=SFB_2019))
    assert known(found["fe01"]) == (7, 0, 2046, 385)
    assert isinstance(found["fe02"], Unanswered) and set(found) == {"fe01", "fe02"}


def test_without_pools_nothing_can_be_said() -> None:
    with pytest.raises(Unreadable):
        pool_generations(evidence(objects()))
    with pytest.raises(Unreadable):
        front_end_builds(evidence(objects(pool_row("edge.contoso.com", "edge01", service="EdgeServer"))))


def test_all_servers_are_asked_together() -> None:
    fact = Fact(probe=POOLS, answer=TOPOLOGY, observed_at=NOW)
    with pytest.raises(Wanted) as wanted:
        pool_generations(Evidence({POOLS: fact}))
    assert set(wanted.value.probes) == set(map(patch, ("edge01", "fe01", "fe02")))
