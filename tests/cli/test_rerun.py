"""``csready scan --rerun`` through the whole program: the same target again, and only what had no answer."""

import shutil
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from checker.compose import VALIDITY
from checker.model.facts import Fact, NoAnswer, Snapshot, decode_snapshot, encode_snapshot
from checker.model.report import Report, decode_report
from checker.model.target import Target
from tests.cli.running import csready

REFUSED = "onprem-login-refused"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a scan for which the Front End refused the login, with a list of users."""
    folder = tmp_path_factory.mktemp("first")
    (folder / "wave1.txt").write_text("anna.berg@contoso.com\n", encoding="utf-8")
    scan("--lab", REFUSED, "--users", "wave1.txt", "--phase", "cutover", cwd=folder)
    return folder / "out"


def scan(*arguments: str, cwd: Path) -> Report:
    done = csready("scan", *arguments, "--json", "--format", "md", "--out", "out", cwd=cwd)
    assert done.stdout, done.stderr
    return decode_report(done.stdout.encode("utf-8"))


def snapshot_in(folder: Path) -> Snapshot:
    return decode_snapshot((folder / "snapshot.json").read_bytes())


def answers(snapshot: Snapshot) -> dict[str, Fact]:
    return {fact.probe.id: fact for fact in snapshot.facts if not isinstance(fact.answer, NoAnswer)}


def notices(report: Report) -> dict[str, str]:
    return {notice.code: notice.text for notice in report.notices}


def test_a_rerun_asks_everything_of_the_same_target(first: Path, tmp_path: Path) -> None:
    report = scan("--lab", "ready", "--rerun", str(first), cwd=tmp_path)
    then, now = snapshot_in(first), snapshot_in(tmp_path / "out")
    assert now.target == then.target
    assert all(fact.observed_at >= now.as_of for fact in now.facts)
    assert notices(report)["rerun"].startswith("everything asked anew about the target of the run of ")
    assert "[deployment].phase is now hybrid, was cutover" in notices(report)["rerun-target"]
    assert report.users.total == 1


def test_with_unknown_only_an_answer_stays_and_what_had_none_is_asked(first: Path, tmp_path: Path) -> None:
    report = scan("--lab", "ready", "--rerun", str(first / "report.json"), "--unknown-only", cwd=tmp_path)
    then, now = snapshot_in(first), snapshot_in(tmp_path / "out")
    kept = {id_: fact for id_, fact in answers(now).items() if fact.observed_at < now.as_of}
    assert kept and all(answers(then)[id_] == fact for id_, fact in kept.items())
    assert "onprem/Get-CsPool" in answers(now).keys() - answers(then).keys()
    assert not answers(then).keys() - {fact.probe.id for fact in now.facts if fact.observed_at < now.as_of}
    assert report.valid_until == min(fact.observed_at for fact in kept.values()) + VALIDITY
    assert notices(report)["rerun"].startswith(f"{len(kept)} answers of the run of ")
    assert {"lab", "rerun-target"} <= notices(report).keys()
    where = {run.where for run in report.commands_run}
    assert {"dns-external"} == {each.partition(" (run of ")[0] for each in where if "dns-external" in each}


def test_what_is_asked_again_in_vain_takes_no_answer_away(first: Path, tmp_path: Path) -> None:
    report = scan("--rerun", str(first), "--unknown-only", "--offline", cwd=tmp_path)
    assert answers(snapshot_in(tmp_path / "out")) == answers(snapshot_in(first))
    assert "0 answered now" in notices(report)["rerun"]
    assert report.deployment.sip_domains == snapshot_in(first).target.sip_domains


def test_an_answer_that_has_outlived_its_validity_is_asked_anew(first: Path, tmp_path: Path) -> None:
    then = snapshot_in(first)
    old = timedelta(days=8)
    some = sorted(answers(then))[:3]
    facts = [
        msgspec.structs.replace(fact, observed_at=fact.observed_at - old) if fact.probe.id in some else fact
        for fact in then.facts
    ]
    (tmp_path / "old").mkdir()
    aged = msgspec.structs.replace(then, facts=tuple(facts))
    (tmp_path / "old" / "snapshot.json").write_bytes(encode_snapshot(aged))
    report = scan("--lab", REFUSED, "--rerun", "old", "--unknown-only", cwd=tmp_path)
    assert "3 answers older than 7 days asked anew" in notices(report)["rerun"]
    assert all(fact.observed_at > then.as_of for fact in snapshot_in(tmp_path / "out").facts)


def test_the_snapshot_of_a_redacted_run_is_found_in_its_private_part(first: Path, tmp_path: Path) -> None:
    private = tmp_path / "redacted" / "private"
    private.mkdir(parents=True)
    shutil.copy(first / "snapshot.json", private)
    shutil.copy(first / "report.json", private.parent)
    report = scan("--rerun", "redacted", "--offline", "--unknown-only", cwd=tmp_path)
    assert report.users.total == 1


def test_a_run_with_fewer_checks_is_rerun_with_as_few_unless_others_are_named(tmp_path: Path) -> None:
    def areas(*arguments: str) -> set[str]:
        report = scan("--lab", "ready", *arguments, cwd=tmp_path)
        return {check.id.partition(".")[0] for check in report.checks if check.passed}

    assert areas("--only", "dns.*") == {"dns"}
    assert areas("--rerun", "out") == {"dns"}
    assert areas("--rerun", "out", "--only", "tenant.*") == {"tenant"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--users", "wave.csv"), "--rerun and --users exclude each other"),
        (("--no-users",), "--rerun and --no-users exclude each other"),
        (("--phase", "hybrid"), "--rerun and --phase exclude each other"),
        (("--direction", "to-onprem"), "--rerun and --direction exclude each other"),
        (("contoso.com",), "--rerun and a SIP domain exclude each other"),
    ],
)
def test_what_says_something_else_about_the_target_is_refused(
    arguments: tuple[str, ...], said: str, first: Path, tmp_path: Path
) -> None:
    done = csready("scan", "--rerun", str(first), *arguments, cwd=tmp_path)
    assert done.returncode == 2 and said in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--unknown-only", "contoso.com"), "--unknown-only needs --rerun"),
        (("--rerun", "nowhere"), "--rerun nowhere: no snapshot is there"),
        (("--rerun", "."), "--rerun .: no snapshot is there"),
    ],
)
def test_without_an_earlier_run_there_is_no_rerun(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = csready("scan", *arguments, cwd=tmp_path)
    assert done.returncode == 2 and said in done.stderr


def test_a_tenant_of_another_cloud_is_not_asked(first: Path, tmp_path: Path) -> None:
    (tmp_path / "csready.toml").write_text(
        '[deployment]\nsip_domains = ["contoso.com"]\ncloud = "gcc-high"\n[tenant]\nid = "contoso.onmicrosoft.us"\n',
        encoding="utf-8",
    )
    done = csready("scan", "--rerun", str(first), "-c", "csready.toml", cwd=tmp_path)
    assert done.returncode == 2
    assert "csready.toml: [tenant] is in the cloud gcc-high, not worldwide as then" in done.stderr


def test_a_configuration_that_names_no_domain_takes_those_of_the_earlier_run(first: Path, tmp_path: Path) -> None:
    (tmp_path / "csready.toml").write_text('[dns]\nexternal = ["127.0.0.1"]\n', encoding="utf-8")
    scan("--rerun", str(first), "-c", "csready.toml", "--offline", cwd=tmp_path)
    target: Target = snapshot_in(tmp_path / "out").target
    assert target == snapshot_in(first).target
