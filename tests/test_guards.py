"""Guards over both catalogues: nothing without a dated source, no check that no test looks at, no made-up code."""

import re
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

import checker
from checker.checks import all_checks
from checker.faults import FAULTS
from checker.model.checks import Check, Confidence, Reference, Worst
from checker.model.faults import Fault, Ground

ROOT = Path(checker.__file__).parent
TESTS = Path(__file__).parent / "checks"
CHECKS = all_checks()
SOURCES = [path for ending in ("py", "ps1") for path in sorted(ROOT.rglob(f"*.{ending}"))]
MODULES = [path for path in sorted((ROOT / "checks").rglob("*.py")) if path.name != "__init__.py"]

each_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
each_fault = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.id)
each_module = pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())

PUBLISHED = {"506", "507", "510"}  # the numbered faults of the hosted migration service; no other is documented
# A number where this project writes those of the service: its own text, our ids, and how people say it.
NUMBERED = re.compile(r"(?:Error ?= ?\(|\bhms-|HostedMigration fault:? ?\(?|\bfault \(?)(\d{3})\b", re.IGNORECASE)


def is_sound(source: Reference) -> bool:
    return bool(source.title and source.read_on and (source.url is None or re.match(r"https?://\S+$", source.url)))


@each_check
def test_a_check_says_where_it_is_from_how_sure_it_is_and_what_to_do(check: Check) -> None:
    assert check.sources and all(map(is_sound, check.sources))
    assert isinstance(check.confidence, Confidence)
    assert check.remediation.where and check.remediation.role and check.remediation.run
    assert check.page.strip()


@each_fault
def test_a_fault_says_where_it_is_from_how_sure_it_is_and_why_it_comes(fault: Fault) -> None:
    assert fault.sources and all(map(is_sound, fault.sources))
    assert isinstance(fault.confidence, Ground)
    assert fault.cause and fault.title and not fault.title.endswith(".")


@each_fault
def test_a_fault_is_foreseen_by_a_check_or_says_why_it_is_not(fault: Fault) -> None:
    assert fault.unpredictable or any(fault.id in check.predicts for check in CHECKS)


@each_module
def test_a_check_that_can_fail_is_tested_for_pass_fail_and_unknown(module: Path) -> None:
    content = vars(import_module(f"checker.{'.'.join(module.relative_to(ROOT).with_suffix('').parts)}"))
    checks = (*([content["CHECK"]] if "CHECK" in content else []), *content.get("CHECKS", ()))
    if any(check.worst is Worst.FAIL for check in checks):
        folder = TESTS / module.parent.relative_to(ROOT / "checks")
        tested = (folder / f"test_{module.name}").read_text(encoding="utf-8").lower()
        assert [word for word in ("pass", "fail", "unknown") if not re.search(rf"\b{word}\b", tested)] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_number_of_a_fault_is_made_up(path: Path) -> None:
    assert set(NUMBERED.findall(path.read_text(encoding="utf-8"))) <= PUBLISHED


def test_the_numbered_faults_are_the_published_ones() -> None:
    assert {fault.code for fault in FAULTS if fault.code} == PUBLISHED


# The whole catalogue. These fail while checks are missing from it, and whenever one is lost.


def test_there_are_as_many_checks_as_the_catalogue_has() -> None:
    assert len(CHECKS) == 119


def test_there_are_as_many_checks_of_each_impact_as_the_catalogue_has() -> None:
    impacts = Counter(check.impact.value for check in CHECKS)
    assert impacts == {"blocks": 45, "degrades": 43, "advises": 27, "loses": 4}


def test_there_are_as_many_checks_of_each_worst_verdict_as_the_catalogue_has() -> None:
    assert Counter(check.worst.value for check in CHECKS) == {"fail": 75, "warn": 44}
