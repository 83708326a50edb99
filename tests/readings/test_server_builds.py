"""The build of a server: by the cmdlet, and where that is unknown by the version of a file."""

from collections.abc import Mapping

import pytest

from checker.model.answers import AnyAnswer, Objects
from checker.model.checks import Server, ServerRole
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import Fact, NoAnswer
from checker.model.probes import AnyProbe, Vantage
from checker.model.undecided import Unreadable
from checker.readings.builds import patch_version
from checker.readings.server_builds import management_file, server_build
from tests.checks.topology.pools import SFB_2019, patches
from tests.judging import DENIED, NOW, SILENT, objects

FRONT_END = Server(fqdn="fe01.contoso.com", role=ServerRole.FRONT_END)
CMDLET, FILE = patch_version(FRONT_END), management_file(Vantage.ONPREM, FRONT_END.fqdn)
HF7 = objects(Name="Microsoft.Rtc.Management.dll", FileVersion="5.0.8308.1182")


def evidence(cmdlet: AnyAnswer | NoAnswer, file: AnyAnswer | NoAnswer) -> Evidence:
    return told({CMDLET: cmdlet, FILE: file})


def told(answers: Mapping[AnyProbe, AnyAnswer | NoAnswer]) -> Evidence:
    return Evidence({probe: Fact(probe=probe, answer=answer, observed_at=NOW) for probe, answer in answers.items()})


def test_the_cmdlet_comes_before_the_file() -> None:
    found = server_build(evidence(patches(*SFB_2019), HF7), FRONT_END)
    assert (found.build, found.is_of_file) == ((7, 0, 2046, 385), False)


def test_where_the_cmdlet_is_not_known_a_file_stands_in_for_it() -> None:
    found = server_build(evidence(DENIED, HF7), FRONT_END)
    assert (found.build, found.is_of_file, found.patches) == ((5, 0, 8308, 1182), True, Objects(rows=()))


def test_an_edge_is_asked_for_its_own_file() -> None:
    edge = Server(fqdn="edge01.contoso.com", role=ServerRole.EDGE)
    found = server_build(told({patch_version(edge): DENIED, management_file(Vantage.EDGE, edge.fqdn): HF7}), edge)
    assert found.is_of_file


@pytest.mark.parametrize(("cmdlet", "file"), [(DENIED, DENIED), (SILENT, HF7)])
def test_a_server_that_says_neither_stays_unknown(cmdlet: NoAnswer, file: AnyAnswer | NoAnswer) -> None:
    with pytest.raises(Unanswered) as missing:
        server_build(evidence(cmdlet, file), FRONT_END)
    assert [probe for probe, _ in missing.value.missing] == [CMDLET]


@pytest.mark.parametrize("file", [objects(), objects(Name="x", FileVersion="15.0"), objects(Name="x")])
def test_a_file_that_shows_no_build_says_nothing(file: Objects) -> None:
    with pytest.raises(Unreadable):
        server_build(evidence(DENIED, file), FRONT_END)
