"""Every scenario of the lab out of files alone: the same findings and faults as live, in each form."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from checker.checks import all_checks
from checker.cli.delivering import conclude
from checker.cli.scanning import run_scan
from checker.config import Options, set_up
from checker.lab.deployment import Deployment
from checker.lab.evidence_writing import Form, write_evidence
from checker.lab.management_objects import directory_account, rows, thing
from checker.lab.naming import CHINA, SIPFED
from checker.lab.running import operators_answers, write_configuration
from checker.lab.scenario import Scenario
from checker.lab.scenarios import SCENARIOS
from checker.lab.scenarios_of_profiles import DECOMMISSIONED, RETURNING, built
from checker.lab.sound_deployment import MOVED, PEOPLE, SOUND, sound_deployment
from checker.model.checks import Worst
from checker.model.facts import Selection
from checker.model.findings import FaultStatus
from checker.model.report import Report
from checker.model.verdicts import Status
from checker.probers.evidence_files.store import EvidenceFiles
from tests.cli.expectations import FILES_ALONE, HANDSHAKE, seen_in_files
from tests.cli.running import csready, scanned

SAID = {FaultStatus.PREDICTED, FaultStatus.NOT_RULED_OUT}


def each_form() -> Iterator[tuple[Scenario, Form]]:
    """Each scenario in one of the forms, and those with most in them in all."""
    for place, scenario in enumerate(SCENARIOS.values()):
        forms = tuple(Form)
        whole = ("several-things-wrong", "lync-2013", "return-move")
        yield from ((scenario, form) for form in (forms if scenario.name in whole else (forms[place % 3],)))


def statuses(report: Report) -> dict[str, str]:
    """Of all findings and all faults."""
    found = {each.id: each.status.value for each in report.findings}
    return found | {each.id: each.status.value for each in report.faults}


def offline(scenario: Scenario, folder: Path, form: Form) -> Report:
    """``folder`` gets the files, and the operator's answers beside them."""
    evidence = folder / form.value
    config = folder / "csready.toml"
    write_configuration(operators_answers(scenario.deployment), scenario.deployment, config)
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
    return conclude(done.investigation.assessment(), done.snapshot).report


@pytest.mark.parametrize(("scenario", "form"), list(each_form()), ids=lambda one: getattr(one, "name", "").lower())
def test_files_give_the_findings_and_faults_of_the_live_deployment(
    scenario: Scenario, form: Form, tmp_path: Path
) -> None:
    report = offline(scenario, tmp_path, form)
    quiet = (Status.PASS, Status.NOT_APPLICABLE)
    seen = {each.id: each.status.value for each in report.findings if each.status not in quiet}
    assert seen == seen_in_files(scenario)
    assert {each.id: each.status.value for each in report.faults if each.status in SAID} == dict(scenario.faults)
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
def test_a_scan_of_files_differs_from_a_live_one_only_in_what_one_of_them_cannot_show(
    scenario: str, form: Form, tmp_path: Path
) -> None:
    _, live = scanned("--lab", scenario, cwd=tmp_path)
    written(scenario, "--as", form.value, cwd=tmp_path)
    _, filed = scanned("-c", "csready.toml", "--evidence", "estate", "--offline", cwd=tmp_path)
    one_sided = {id_ for id_ in statuses(live) if id_.partition("@")[0] in (HANDSHAKE, *FILES_ALONE)}
    assert {id_ for id_, said in statuses(filed).items() if statuses(live).get(id_) != said} <= one_sided
    assert statuses(filed)[f"{HANDSHAKE}@contoso"] == "unknown"
    assert statuses(live).keys() == statuses(filed).keys()
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
    collected = json.loads((tmp_path / "estate" / "manifest.json").read_bytes())["collected_at"]
    moment = datetime.fromisoformat(collected)
    write_evidence(SCENARIOS["ready"].deployment, tmp_path / "whole.zip", Form.ZIP, now=moment)
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


def test_every_check_that_can_fail_can_be_answered_by_files_and_by_keys(tmp_path: Path) -> None:
    """Nothing is sent; each of these is sound, and has a subject for what the others have none for."""
    sound = {
        "hybrid": SOUND,
        "of two forests": SOUND.saying("deployment", forests=2),
        "china": sound_deployment(CHINA).saying("workstation", teams_environment="TeamsChina"),
        "decommission": DECOMMISSIONED,
        "return": RETURNING,
        "return to 2015": built("6.0.9319.281", "2015", RETURNING),
        "resource forest": _in_a_resource_forest(),
        "voice": SCENARIOS["voice-with-phone-system"].deployment,
    }
    passed: set[str] = set()
    for name, deployment in sound.items():
        folder = tmp_path / name
        folder.mkdir()
        report = offline(replace(SCENARIOS["ready"], deployment=deployment), folder, Form.JSON)
        passed |= {count.id for count in report.checks if count.passed and not count.unknown}
    assert {check.id for check in all_checks() if check.worst is Worst.FAIL} - passed == set()


def _in_a_resource_forest() -> Deployment:
    """Disabled accounts, each linked to one of the other forest."""
    linked = {name: f"S-1-5-21-3623811015-3361044348-30300820-{place}" for place, (name, _) in enumerate(PEOPLE, 1001)}
    accounts = rows(
        *(
            directory_account(name, domain, **{"Enabled": False, "msRTCSIP-OriginatorSID": linked[name]})
            for name, domain in PEOPLE
        ),
        directory_account(*MOVED, **{"msRTCSIP-DeploymentLocator": SIPFED}),
    )
    others = rows(*(thing("Account", SID=sid) for sid in linked.values()))
    deployment = SOUND.with_cmdlet("Get-ADUser", accounts).with_cmdlet("Get-ADUser--accounts", others)
    return deployment.saying("deployment", resource_forest=True)
