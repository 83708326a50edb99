"""Every scenario of the lab out of files alone: the same findings and faults as live, in each form."""

from pathlib import Path

import pytest

from checker.cli.delivering import conclude
from checker.cli.scanning import run_scan
from checker.config import Options, set_up
from checker.lab.evidence_writing import Form, write_evidence
from checker.lab.scenario import Scenario
from checker.lab.scenarios import SCENARIOS
from checker.model.facts import Selection
from checker.model.findings import FaultStatus
from checker.model.report import Report
from checker.model.verdicts import Status
from checker.probers.evidence_files.store import EvidenceFiles
from tests.cli.running import csready, scanned

SAID = {FaultStatus.PREDICTED, FaultStatus.NOT_RULED_OUT}

# No file keeps a TLS handshake, so what was seen of one stays unseen.
HANDSHAKE = "network.sipfed-from-here@contoso"


def findings(report: Report) -> dict[str, str]:
    quiet = (Status.PASS, Status.NOT_APPLICABLE)
    return {each.id: each.status.value for each in report.findings if each.status not in quiet}


def faults(report: Report) -> dict[str, str]:
    return {each.id: each.status.value for each in report.faults if each.status in SAID}


def offline(scenario: Scenario, folder: Path, form: Form) -> Report:
    evidence = folder / form.value
    write_evidence(scenario.deployment, evidence, form)
    setup = set_up(Options(config=folder / "csready.toml"))
    done = run_scan(
        setup,
        selection=Selection(),
        deadline_s=60,
        progress=lambda line: None,
        files=EvidenceFiles([evidence]),
        offline=True,
    )
    return conclude(done.investigation, done.snapshot, fail_on_warnings=False).report


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With the operator's answers in it, and nothing else."""
    done = csready("lab", "--write-evidence", "unused", "--write", "csready.toml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=lambda scenario: scenario.name)
def test_files_give_the_findings_and_faults_of_the_live_deployment(scenario: Scenario, folder: Path) -> None:
    reports = {form: offline(scenario, folder, form) for form in Form}
    expected = {**scenario.findings, HANDSHAKE: "unknown"}
    for form, report in reports.items():
        assert findings(report) == expected, form
        assert faults(report) == dict(scenario.faults), form
        assert report.commands_run == ()


@pytest.mark.parametrize("form", Form)
def test_a_sound_deployment_comes_out_ready_and_nothing_is_sent(form: Form, folder: Path) -> None:
    written = csready("lab", "ready", "--write-evidence", "estate", "--as", form.value, cwd=folder)
    assert written.stdout == "csready scan contoso.com --evidence estate --offline\n"
    code, report = scanned("-c", "csready.toml", "--evidence", "estate", "--offline", cwd=folder)
    assert (code, report.verdict.value, report.commands_run) == (0, "ready", ())
    assert report.users.moves == report.users.total == 8


def test_a_folder_without_a_manifest_says_the_same(folder: Path) -> None:
    write_evidence(SCENARIOS["ready"].deployment, folder / "estate", Form.CLIXML)
    (folder / "estate" / "manifest.json").unlink()
    code, report = scanned("-c", "csready.toml", "--evidence", "estate", "--offline", cwd=folder)
    assert (code, report.verdict.value) == (0, "ready")


def test_the_parts_of_an_estate_may_come_in_several_folders_and_zips(folder: Path) -> None:
    write_evidence(SCENARIOS["ready"].deployment, folder / "estate", Form.CLIXML)
    write_evidence(SCENARIOS["ready"].deployment, folder / "whole.zip", Form.ZIP)
    places = sorted(place.name for place in (folder / "estate").iterdir() if place.is_dir())
    options = []
    for number, place in enumerate(places):
        (folder / f"part{number}").mkdir()
        (folder / "estate" / place).rename(folder / f"part{number}" / place)
        options += ["--evidence", f"part{number}"]
    code, report = scanned("-c", "csready.toml", *options, "--offline", cwd=folder)
    assert (code, report.verdict.value) == (0, "ready")
    code, report = scanned("-c", "csready.toml", *options, "--evidence", "whole.zip", "--offline", cwd=folder)
    assert (code, report.verdict.value) == (0, "ready"), "the same twice is no contradiction"
