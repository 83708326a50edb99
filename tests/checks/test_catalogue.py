"""Guards over the whole set of checks: what each one must have, whoever wrote it."""

import inspect
import re
from pathlib import Path

import pytest

import checker.checks
from checker.assess import Investigation
from checker.checks import all_checks
from checker.faults import FAULTS
from checker.model.checks import Check, Impact, Worst
from checker.model.facts import Fact, NoAnswer
from checker.model.probes import CmdletProbe
from checker.model.undecided import Reason
from checker.model.verdicts import Status
from tests.judging import CONTOSO, NOW, contoso

CHECKS = all_checks()
PACKAGE = Path(checker.checks.__file__).parent
each_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
NOBODY = NoAnswer(reason=Reason.NO_ACCESS, code="no-endpoint", detail="nobody could be asked", needs="an account")


@each_check
def test_a_check_has_an_id_a_page_a_remedy_and_a_dated_source(check: Check) -> None:
    assert re.fullmatch(r"[a-z-]+\.[a-z0-9-]+", check.id)
    assert check.title and not check.title.endswith(".")
    assert len(inspect.cleandoc(check.page).splitlines()) >= 3
    assert check.remediation.run and check.remediation.where and check.remediation.role
    assert check.sources and all(source.title and source.read_on for source in check.sources)


@each_check
def test_only_what_blocks_predicts_a_fault_and_every_fault_it_names_exists(check: Check) -> None:
    known = {fault.id for fault in FAULTS}
    assert set(check.predicts) <= known
    assert bool(check.predicts) is (check.impact is Impact.BLOCKS)


@each_check
def test_what_only_advises_or_loses_never_fails(check: Check) -> None:
    if check.impact in (Impact.ADVISES, Impact.LOSES):
        assert check.worst is Worst.WARN


@each_check
def test_a_check_that_could_look_at_nothing_never_passes(check: Check) -> None:
    """The promise of the program, for every check: no answer anywhere is unknown, or has nothing to apply to."""
    target = contoso(users=("anna@contoso.com",), edges=("edge01.contoso.com",))
    investigation = Investigation(target, (check,))
    while wanted := investigation.wanted():
        for probe in wanted:
            investigation.tell(Fact(probe=probe, answer=NOBODY, observed_at=NOW))
    assessment = investigation.assessment()
    statuses = {finding.status for finding in assessment.findings}
    statuses |= {result.status for user in assessment.users for result in user.results}
    assert statuses <= {Status.UNKNOWN, Status.NOT_APPLICABLE} and statuses
    assert assessment.tallies[check.id].passed == 0


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_check_has_a_test_file_of_its_own_name(path: Path) -> None:
    test = Path(__file__).parent / path.parent.relative_to(PACKAGE) / f"test_{path.name}"
    assert test.is_file(), f"{test} is missing"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_check_can_be_read_in_a_minute(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 110  # a table of siblings holds their pages too


def test_no_two_checks_ask_the_same_with_other_properties() -> None:
    """It would go over the wire twice, for the properties are not part of what is asked."""
    asked: dict[str, tuple[str, ...]] = {}
    for probe in Investigation(CONTOSO, CHECKS).wanted():
        if isinstance(probe, CmdletProbe):
            assert asked.setdefault(probe.id, probe.properties) == probe.properties, probe.id


def test_ids_are_areas_in_the_order_of_the_report() -> None:
    areas = [check.area for check in CHECKS]
    assert areas == sorted(areas, key=checker.checks.AREAS.index)
