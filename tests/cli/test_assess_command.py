"""A saved snapshot judged again: offline, and to the same bytes as the scan that wrote it."""

from pathlib import Path

import msgspec
import pytest

from checker.model.facts import decode_snapshot, encode_snapshot
from checker.model.report import decode_report
from tests.cli.running import csready

WRITTEN = ("fix.ps1", "findings.csv", "move-users-after-fixes.txt", "move-users.txt", "report.json", "report.md")


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a scan that found all kinds of things."""
    folder = tmp_path_factory.mktemp("scanned")
    done = csready("scan", "--lab", "several-things-wrong", "--out", "scan", cwd=folder)
    assert done.returncode == 3, done.stderr
    return folder / "scan"


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_the_same_snapshot_gives_the_same_bytes_in_every_process(seed: str, scan: Path, tmp_path: Path) -> None:
    done = csready("assess", str(scan / "snapshot.json"), "--out", "again", cwd=tmp_path, PYTHONHASHSEED=seed)
    assert (done.returncode, done.stderr) == (3, "")
    for name in (*WRITTEN, "users.csv", "snapshot.json"):
        assert (tmp_path / "again" / name).read_bytes() == (scan / name).read_bytes(), name


def test_with_json_it_prints_the_report_and_writes_nothing(scan: Path, tmp_path: Path) -> None:
    done = csready("assess", str(scan / "snapshot.json"), "--json", cwd=tmp_path)
    assert done.stdout.encode("utf-8") == (scan / "report.json").read_bytes()
    assert list(tmp_path.iterdir()) == []


def test_what_the_scan_left_out_stays_left_out_unless_said_otherwise(tmp_path: Path) -> None:
    csready("scan", "--lab", "ready", "--only", "tenant.*", "--out", "scan", cwd=tmp_path)
    again = csready("assess", "scan/snapshot.json", "--json", cwd=tmp_path)
    assert again.stdout.encode("utf-8") == (tmp_path / "scan" / "report.json").read_bytes()
    narrower = decode_report(
        csready("assess", "scan/snapshot.json", "--only", "tenant.sh*", "--json", cwd=tmp_path).stdout.encode()
    )
    assert [check.id for check in narrower.checks if check.passed] == ["tenant.shared-sip-address-space"]


def test_a_question_that_the_snapshot_does_not_answer_is_not_asked_again(scan: Path, tmp_path: Path) -> None:
    saved = decode_snapshot((scan / "snapshot.json").read_bytes())
    kept = tuple(fact for fact in saved.facts if fact.probe.place != "tenant")
    (tmp_path / "older.json").write_bytes(encode_snapshot(msgspec.structs.replace(saved, facts=kept)))
    report = decode_report(csready("assess", "older.json", "--json", cwd=tmp_path).stdout.encode("utf-8"))
    (shared,) = (each for each in report.findings if each.check == "tenant.shared-sip-address-space")
    assert shared.reason and (shared.status.value, shared.reason.code.value) == ("unknown", "not-asked")
    assert {fault.id: fault.status.value for fault in report.faults}["hms-510"] == "not-ruled-out"


def test_an_interrupted_scan_is_still_one_when_judged_again(scan: Path, tmp_path: Path) -> None:
    saved = decode_snapshot((scan / "snapshot.json").read_bytes())
    cut_short = msgspec.structs.replace(saved, interrupted=True)
    (tmp_path / "partial.json").write_bytes(encode_snapshot(cut_short))
    assert csready("assess", "partial.json", cwd=tmp_path).returncode == 130
