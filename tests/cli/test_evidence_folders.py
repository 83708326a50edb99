"""Every scenario of the lab out of files alone: the same findings and faults as live, in each form."""

from pathlib import Path

import pytest
import tomli_w

from checker.cli.delivering import conclude
from checker.cli.scanning import run_scan
from checker.config import Options, set_up
from checker.lab.evidence_writing import Form, write_evidence
from checker.lab.running import operators_answers
from checker.lab.scenario import Scenario
from checker.lab.scenarios import SCENARIOS
from checker.model.facts import Selection
from checker.model.findings import FaultStatus
from checker.model.report import Report
from checker.model.verdicts import Status
from checker.probers.evidence_files.store import EvidenceFiles
from tests.cli.running import csready, scanned

SAID = {FaultStatus.PREDICTED, FaultStatus.NOT_RULED_OUT}

# No file keeps a TLS handshake, so what was seen of one stays unseen. Nothing else may differ from a live scan.
HANDSHAKE = "network.sipfed-from-here@contoso"


def statuses(report: Report) -> dict[str, str]:
    """Of all findings and all faults."""
    found = {each.id: each.status.value for each in report.findings}
    return found | {each.id: each.status.value for each in report.faults}


def offline(scenario: Scenario, folder: Path, form: Form) -> Report:
    """``folder`` gets the files, and the operator's answers beside them."""
    evidence, config = folder / form.value, folder / "csready.toml"
    config.write_text(tomli_w.dumps(operators_answers(scenario.deployment)), encoding="utf-8")
    write_evidence(scenario.deployment, evidence, form)
    setup = set_up(Options(config=config))
    done = run_scan(
        setup,
        selection=Selection(),
        deadline_s=60,
        progress=lambda line: None,
        files=EvidenceFiles([evidence]),
        offline=True,
    )
    return conclude(done.investigation, done.snapshot, fail_on_warnings=False).report


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=lambda scenario: scenario.name)
def test_files_give_the_findings_and_faults_of_the_live_deployment(scenario: Scenario, tmp_path: Path) -> None:
    reports = {form: offline(scenario, tmp_path, form) for form in Form}
    first = reports[Form.CLIXML]
    quiet = (Status.PASS, Status.NOT_APPLICABLE)
    seen = {each.id: each.status.value for each in first.findings if each.status not in quiet}
    assert seen == {**scenario.findings, HANDSHAKE: "unknown"}
    assert {each.id: each.status.value for each in first.faults if each.status in SAID} == dict(scenario.faults)
    for form, report in reports.items():
        assert statuses(report) == statuses(first), form
        assert report.commands_run == ()


def written(*arguments: str, cwd: Path) -> str:
    """What ``csready lab`` says when it has written the folder ``estate`` and a ``csready.toml``."""
    done = csready("lab", *arguments, "--write-evidence", "estate", "--write", "csready.toml", cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("scenario", "form"),
    [("several-things-wrong", Form.JSON), ("topology-unreadable", Form.ZIP), ("sipfed-filtered", Form.CLIXML)],
)
def test_a_scan_of_files_differs_from_a_live_one_in_the_handshake_alone(
    scenario: str, form: Form, tmp_path: Path
) -> None:
    _, live = scanned("--lab", scenario, cwd=tmp_path)
    written(scenario, "--as", form.value, cwd=tmp_path)
    _, filed = scanned("-c", "csready.toml", "--evidence", "estate", "--offline", cwd=tmp_path)
    assert {**statuses(live), HANDSHAKE: "unknown"} == statuses(filed)
    assert (filed.commands_run, filed.verdict) == ((), live.verdict)


@pytest.mark.parametrize("form", Form)
def test_a_sound_deployment_comes_out_ready_and_nothing_is_sent(form: Form, tmp_path: Path) -> None:
    said = written("ready", "--as", form.value, cwd=tmp_path)
    assert said == "csready scan -c csready.toml --evidence estate --offline\n"
    code, report = scanned("-c", "csready.toml", "--evidence", "estate", "--offline", cwd=tmp_path)
    assert (code, report.verdict.value, report.commands_run) == (0, "ready", ())
    assert report.users.moves == report.users.total == 8


@pytest.mark.parametrize("there", ["estate", "csready.toml"])
def test_what_is_there_is_not_overwritten(there: str, tmp_path: Path) -> None:
    (tmp_path / there).write_bytes(b"mine")
    done = csready("lab", "--write-evidence", "estate", "--write", "csready.toml", cwd=tmp_path)
    assert done.returncode == 2
    assert f"{there}: is there already" in done.stderr
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [(there, b"mine")]


def test_a_folder_without_a_manifest_says_the_same(tmp_path: Path) -> None:
    written("ready", cwd=tmp_path)
    (tmp_path / "estate" / "manifest.json").unlink()
    code, report = scanned("-c", "csready.toml", "--evidence", "estate", "--offline", cwd=tmp_path)
    assert (code, report.verdict.value) == (0, "ready")


def test_the_parts_of_an_estate_may_come_in_several_folders_and_zips(tmp_path: Path) -> None:
    written("ready", cwd=tmp_path)
    write_evidence(SCENARIOS["ready"].deployment, tmp_path / "whole.zip", Form.ZIP)
    places = sorted(place.name for place in (tmp_path / "estate").iterdir() if place.is_dir())
    options = []
    for number, place in enumerate(places):
        (tmp_path / f"part{number}").mkdir()
        (tmp_path / "estate" / place).rename(tmp_path / f"part{number}" / place)
        options += ["--evidence", f"part{number}"]
    code, report = scanned("-c", "csready.toml", *options, "--offline", cwd=tmp_path)
    assert (code, report.verdict.value) == (0, "ready")
    code, report = scanned("-c", "csready.toml", *options, "--evidence", "whole.zip", "--offline", cwd=tmp_path)
    assert (code, report.verdict.value) == (0, "ready"), "the same twice is no contradiction"
