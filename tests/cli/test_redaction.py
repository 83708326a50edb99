"""``--redact pii`` at the command line: what is shared names nobody, what is private everybody, and the key nothing."""

import stat
import sys
from pathlib import Path

import pytest

from checker.model.report import Report, decode_report
from tests.cli.running import csready

SAMPLE = Path(__file__).parents[2] / "reports" / "lab-several-things-wrong"
KEY = "a key of some length, for tests"
CANARIES = ("anna.berg", "o'neill", "fe01.", "edge01", "pool01", "203.0.113.", "svc-readiness")


def assessed(folder: Path, *options: str, **environment: str) -> tuple[str, Report]:
    """What ``assess`` printed, and the report that it wrote to ``out``."""
    done = csready("assess", str(SAMPLE), "--redact", "pii", "--out", "out", *options, cwd=folder, **environment)
    assert done.returncode == 3, done.stderr
    return done.stdout + done.stderr, decode_report((folder / "out" / "report.json").read_bytes())


def test_what_is_shared_names_nobody_and_what_is_private_everybody(tmp_path: Path) -> None:
    printed, report = assessed(tmp_path, "--format", "terminal,md,html,junit,jira", CSREADY_REDACTION_KEY=KEY)
    out = tmp_path / "out"
    shared = {each.name: each.read_text("utf-8") for each in out.iterdir() if each.is_file()}
    assert shared.keys() == {
        *("report.json", "report.md", "report.html", "report.junit.xml", "report.jira.txt", "users.csv", "findings.csv")
    }
    for name, text in {**shared, "terminal": printed}.items():
        assert not [each for each in CANARIES if each in text.lower()], name
        assert KEY not in text
    private = {each.name for each in (out / "private").iterdir()}
    lists = {"move-users.txt", "move-users-after-fixes.txt"}
    assert private == {"snapshot.json", "fix.ps1", "pseudonyms.csv", *lists}
    for name in ("move-users-after-fixes.txt", "pseudonyms.csv", "snapshot.json"):
        text = (out / "private" / name).read_text("utf-8-sig")
        assert "anna.berg@contoso.com" in text
        assert KEY not in text
    assert report.redacted and report.redaction == "pii"


def test_json_on_stdout_is_redacted_too(tmp_path: Path) -> None:
    done = csready("assess", str(SAMPLE), "--redact", "pii", "--json", cwd=tmp_path, CSREADY_REDACTION_KEY=KEY)
    assert decode_report(done.stdout.encode()).redaction == "pii"
    assert not [each for each in CANARIES if each in done.stdout.lower()]


@pytest.mark.skipif(sys.platform == "win32", reason="there the folder for settings comes from no environment")
def test_without_a_key_one_is_made_and_used_again(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path / "home"), "XDG_CONFIG_HOME": str(tmp_path / "home" / ".config")}
    _, first = assessed(tmp_path, **home)
    _, second = assessed(tmp_path, **home)
    assert first == second
    (key,) = (each for each in (tmp_path / "home").rglob("*") if each.is_file())
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_short_key_is_an_error_that_does_not_show_it(tmp_path: Path) -> None:
    done = csready("assess", str(SAMPLE), "--redact", "pii", "--out", "out", cwd=tmp_path, CSREADY_REDACTION_KEY="pw1")
    assert done.returncode == 2
    assert "CSREADY_REDACTION_KEY" in done.stderr
    assert "pw1" not in done.stdout + done.stderr
    assert not (tmp_path / "out").exists()


def test_the_verdict_and_the_exit_code_are_those_without_redaction(tmp_path: Path) -> None:
    _, report = assessed(tmp_path, CSREADY_REDACTION_KEY=KEY)
    plain = csready("assess", str(SAMPLE), "--json", cwd=tmp_path)
    before = decode_report(plain.stdout.encode())
    assert (plain.returncode, before.verdict, before.checks) == (report.exit_code, report.verdict, report.checks)
