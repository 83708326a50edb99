"""Every scenario of the lab, through the real command line: its findings, its faults, and no others."""

import re

import pytest

from checker.checks import all_checks
from checker.lab.scenario import Scenario
from checker.lab.scenarios import DEFAULT, SCENARIOS
from checker.model.checks import Remediation
from checker.model.findings import FaultStatus
from checker.model.report import Report
from checker.model.verdicts import Status
from tests.cli.expectations import seen_live, without_subject
from tests.cli.running import scanned

NOT_SAID_BY_A_SCENARIO = {FaultStatus.RULED_OUT, FaultStatus.NOT_APPLICABLE, FaultStatus.NOT_PREDICTABLE}


@pytest.fixture(scope="module", params=SCENARIOS.values(), ids=lambda scenario: scenario.name)
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Scenario, int, Report]:
    scenario: Scenario = request.param
    code, report = scanned("--lab", scenario.name, cwd=tmp_path_factory.mktemp(scenario.name))
    return scenario, code, report


def test_a_scenario_gives_its_findings_and_no_others(run: tuple[Scenario, int, Report]) -> None:
    scenario, _, report = run
    seen = {
        finding.id: finding.status.value
        for finding in report.findings
        if finding.status not in (Status.PASS, Status.NOT_APPLICABLE)
    }
    assert seen == seen_live(scenario)


def test_a_scenario_gives_its_faults_and_no_others(run: tuple[Scenario, int, Report]) -> None:
    scenario, _, report = run
    seen = {fault.id: fault.status.value for fault in report.faults if fault.status not in NOT_SAID_BY_A_SCENARIO}
    assert seen == dict(scenario.faults)


def test_a_scenario_ends_with_its_verdict_and_exit_code(run: tuple[Scenario, int, Report]) -> None:
    scenario, code, report = run
    assert (report.verdict, code, report.exit_code) == (scenario.verdict, scenario.exit_code, scenario.exit_code)


def test_a_scenario_leaves_no_more_without_a_subject_than_it_says(run: tuple[Scenario, int, Report]) -> None:
    scenario, _, report = run
    seen = {finding.check for finding in report.findings if finding.status is Status.NOT_APPLICABLE}
    assert seen == without_subject(scenario, report)


def texts(remedy: Remediation) -> list[str]:
    return [getattr(remedy, name) for name in remedy.__struct_fields__]


def test_every_fix_is_filled_in_with_what_the_evidence_knows(run: tuple[Scenario, int, Report]) -> None:
    written = [text for check in all_checks() for text in texts(check.remediation)]
    blanks = {blank for text in written for blank in re.findall(r"(?<!@)\{[a-z_]+\}", text)}
    for fix in run[2].fixes:
        assert not [text for text in texts(fix.remediation) if any(blank in text for blank in blanks)]


def test_undoing_every_mutation_gives_ready() -> None:
    assert all(s.deployment != SCENARIOS["ready"].deployment for s in SCENARIOS.values() if s.name != "ready")
    assert SCENARIOS["ready"].exit_code == 0


def test_the_default_is_the_fault_that_everybody_meets() -> None:
    assert dict(SCENARIOS[DEFAULT].faults) == {"hms-510": "predicted"}


def test_a_scenario_names_only_checks_and_faults_that_exist() -> None:
    from checker.faults import FAULTS

    ids = {check.id for check in all_checks()}
    for scenario in SCENARIOS.values():
        assert {finding.partition("@")[0] for finding in scenario.findings} | scenario.not_applicable <= ids
        assert set(scenario.faults) <= {fault.id for fault in FAULTS}
        assert scenario.sources


def test_every_fault_that_can_be_foreseen_has_a_scenario() -> None:
    from checker.faults import FAULTS

    foreseen = {fault for check in all_checks() for fault in check.predicts}
    shown = {fault for scenario in SCENARIOS.values() for fault in scenario.faults}
    assert (shown, {fault.id for fault in FAULTS} - shown) == (foreseen, {"throttled"})


def test_what_only_looks_wrong_stays_quiet() -> None:
    near_misses = [s.name for s in SCENARIOS.values() if s.exit_code == 0 and not s.findings and s.name != "ready"]
    assert len(near_misses) >= 8
