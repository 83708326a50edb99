"""``csready diff`` through the real command line, over reports of the lab."""

import json
from pathlib import Path

import pytest

from tests.cli.running import csready

SAMPLES = Path(__file__).parents[2] / "reports"
SOUND, WRONG, BLIND = (SAMPLES / f"lab-{name}" for name in ("ready", "several-things-wrong", "tenant-unreadable"))


@pytest.mark.parametrize(
    ("old", "new", "code", "classes"),
    [
        (SOUND, SOUND, 0, {"same"}),
        (SOUND, WRONG, 3, {"regressed", "gone", "same"}),
        (WRONG, SOUND, 0, {"fixed", "new", "same"}),
        (SOUND, BLIND, 0, {"not-comparable", "same"}),
    ],
)
def test_the_classes_and_the_exit_code(old: Path, new: Path, code: int, classes: set[str], tmp_path: Path) -> None:
    ended = csready("diff", str(old), str(new / "report.json"), "--json", cwd=tmp_path)
    assert ended.returncode == code, ended.stderr
    summary = json.loads(ended.stdout)["summary"]
    assert classes <= {name for name, number in summary.items() if number}
    assert (summary["regressed"] > 0) == (code == 3)


def test_what_is_not_seen_any_more_is_not_the_same(tmp_path: Path) -> None:
    page = csready("diff", str(SOUND), str(BLIND), cwd=tmp_path).stdout
    assert "not comparable" in page
    assert "could not be looked at now: no-access" in " ".join(page.split())
    assert [line for line in page.splitlines() if len(line) > 80 and "https://" not in line] == []


def test_markdown_goes_into_a_ticket(tmp_path: Path) -> None:
    text = csready("diff", str(SOUND), str(WRONG), "--format", "md", cwd=tmp_path).stdout
    assert text.startswith("# csready diff: contoso")
    assert "## Regressed" in text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{}", "cannot be read as a report"),
        (b'{"schema_version": "9.0"}', "has schema version 9.0"),
        (b"not json", "cannot be read as a report"),
    ],
)
def test_what_is_no_report_is_refused_in_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "report.json").write_bytes(content)
    ended = csready("diff", str(SOUND), "report.json", cwd=tmp_path)
    assert (ended.returncode, said in ended.stderr) == (2, True), ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
