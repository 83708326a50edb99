"""``csready waive`` and ``--waivers`` through the real command line."""

from pathlib import Path

import pytest

from checker.model.report import RunVerdict, WaiverState
from tests.cli.running import csready, scanned

SHARED = "tenant.shared-sip-address-space"
WHO = ("--reason", "decided", "--owner", "J. Doe", "--ticket", "CHG-881")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("before")
    assert csready("scan", "--lab", "--out", "out", "--format", "md", cwd=folder).returncode == 3
    return folder / "out"


def added(before: Path, folder: Path, *more: str, finding: str = f"{SHARED}@contoso") -> int:
    return csready("waive", "add", str(before), finding, *WHO, *more, cwd=folder).returncode


def test_an_accepted_risk_changes_the_verdict_of_the_next_run(before: Path, tmp_path: Path) -> None:
    assert added(before, tmp_path, "--expires", "2099-12-31") == 0
    code, report = scanned("--lab", "--waivers", "waivers.toml", cwd=tmp_path)
    assert (code, report.verdict) == (0, RunVerdict.READY_WITH_WARNINGS)
    assert [entry.state for entry in report.waivers] == [WaiverState.APPLIED]
    assert report.users.blocked == report.users.total


def test_list_and_lint_say_what_each_is_worth(before: Path, tmp_path: Path) -> None:
    assert added(before, tmp_path, "--expires", "2099-12-31", "--any-value") == 0
    listed = csready("waive", "list", "--report", str(before), cwd=tmp_path).stdout
    assert "applied" in listed and SHARED in listed
    assert "has no fingerprint" in csready("waive", "lint", cwd=tmp_path).stdout


@pytest.mark.parametrize(
    ("more", "finding", "said"),
    [
        (("--expires", "2001-01-01"), f"{SHARED}@contoso", "is over"),
        (("--expires", "soon"), f"{SHARED}@contoso", "is no date"),
        (("--expires", "2099-12-31"), "tenant.shared-sip@contoso", "is no finding of this report"),
        (("--expires", "2099-12-31"), "hosting-provider.enabled@contoso", "passes or does not apply"),
    ],
)
def test_what_cannot_be_accepted_is_refused(
    before: Path, tmp_path: Path, more: tuple[str, ...], finding: str, said: str
) -> None:
    ended = csready("waive", "add", str(before), finding, *WHO, *more, cwd=tmp_path)
    assert (ended.returncode, said in ended.stderr) == (2, True), ended.stderr
    assert not (tmp_path / "waivers.toml").exists()


def test_a_broken_waiver_file_stops_before_anything_is_sent(tmp_path: Path) -> None:
    (tmp_path / "waivers.toml").write_text('[[waiver]]\ncheck = "no.such"\n', encoding="utf-8")
    for command in (("scan", "--lab", "--waivers", "waivers.toml"), ("waive", "lint")):
        ended = csready(*command, cwd=tmp_path)
        assert ended.returncode == 2
        assert "waivers.toml: waiver 1" in ended.stderr
