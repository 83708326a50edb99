"""``csready verify`` through the whole program: a folder as it was written, and with each of its files changed."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from checker.model.facts import Snapshot, decode_snapshot, encode_snapshot
from checker.model.report import Report, decode_report, encode_report, sealed
from checker.tickets.receipt import Receipt, Receipts
from tests.cli.running import csready


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scanned")
    done = csready(
        *("scan", "--lab", "tenant-not-shared", "--wave-size", "2", "--format", "html,md,jira,junit", "--out", "out"),
        cwd=folder,
    )
    assert done.returncode == 3, done.stderr
    return folder / "out"


@pytest.fixture
def folder(scanned: Path, tmp_path: Path) -> Path:
    return shutil.copytree(scanned, tmp_path / "copy")


def verify(path: Path, code: int) -> dict[str, Any]:
    done = csready("verify", str(path), "--json", cwd=path.parent)
    assert done.returncode == code, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def states(found: dict[str, Any]) -> dict[str, str]:
    return {file["name"]: file["state"] for file in found["files"]}


def rewritten(path: Path, change: Callable[[Report], Report], *, anew: bool = False) -> None:
    changed = change(decode_report(path.read_bytes()))
    path.write_bytes(encode_report(sealed(changed) if anew else changed))


def test_a_folder_as_a_scan_left_it_is_fresh(folder: Path) -> None:
    found = verify(folder, 0)
    assert (found["state"], found["seal"]) == ("fresh", "holds")
    written = {path.name for path in folder.iterdir()} - {"report.json"}
    assert states(found) == dict.fromkeys(written, "as-written")
    assert {
        "report.html",
        "report.jira.txt",
        "users.csv",
        "fix.ps1",
        "snapshot.json",
        "move-users-after-fixes-01.txt",
    } <= written


def test_the_report_alone_is_fresh_too(folder: Path) -> None:
    found = verify(folder / "report.json", 0)
    assert (found["state"], found["files"]) == ("fresh", [])


@pytest.mark.parametrize(
    "name",
    (
        *("report.md", "report.html", "report.jira.txt", "report.junit.xml", "findings.csv", "users.csv", "fix.ps1"),
        *("move-users.txt", "move-users-after-fixes-02.txt"),
    ),
)
def test_a_file_that_somebody_edited_is_named(name: str, folder: Path) -> None:
    (folder / name).write_bytes((folder / name).read_bytes() + b",sip:mallory@contoso.com")
    found = verify(folder, 3)
    assert found["state"] == "altered" and found["seal"] == "holds"
    assert states(found)[name] == "altered"
    if "-02" not in name:  # a longer wave may cut the others differently
        assert list(states(found).values()).count("altered") == 1


def test_a_wave_that_was_taken_out_or_put_in_is_named(folder: Path) -> None:
    (folder / "move-users-after-fixes-01.txt").unlink()
    (folder / "move-users-77.txt").write_text("sip:mallory@contoso.com", encoding="utf-8")
    found = verify(folder, 3)
    altered = {file["name"]: file["why"] for file in found["files"] if file["state"] == "altered"}
    assert altered == {
        "move-users-after-fixes-01.txt": "is gone, and the other waves are here",
        "move-users-77.txt": "a wave that csready did not cut",
    }


def test_a_report_that_somebody_edited_is_altered(folder: Path) -> None:
    rewritten(folder / "report.json", lambda report: msgspec.structs.replace(report, exit_code=0))
    assert verify(folder / "report.json", 3)["seal"] == "broken"
    done = csready("verify", str(folder), cwd=folder)
    assert done.returncode == 3
    assert "this is not what csready wrote" in done.stdout
    assert "broken: report.json was changed after it was written" in done.stdout


def test_a_report_that_was_sealed_anew_is_told_by_its_snapshot(folder: Path) -> None:
    rewritten(folder / "report.json", lambda report: msgspec.structs.replace(report, findings=()), anew=True)
    assert verify(folder / "report.json", 0)["seal"] == "holds"  # which is all that a seal can say
    found = verify(folder, 3)
    assert found["seal"] == "holds"
    assert states(found)["snapshot.json"] == "altered"
    assert states(found)["users.csv"] == "not-compared"


def changed_snapshot(folder: Path, **changes: Any) -> None:
    path = folder / "snapshot.json"
    snapshot: Snapshot = decode_snapshot(path.read_bytes())
    path.write_bytes(encode_snapshot(msgspec.structs.replace(snapshot, **changes)))


def test_a_snapshot_of_another_run_or_cut_off_is_named(folder: Path) -> None:
    changed_snapshot(folder, as_of=datetime(2026, 1, 1, tzinfo=UTC))
    (told,) = (file for file in verify(folder, 3)["files"] if file["name"] == "snapshot.json")
    assert told["why"] == "is of another run, of 2026-01-01 00:00 UTC"
    (folder / "snapshot.json").write_bytes((folder / "snapshot.json").read_bytes()[:1000])
    (told,) = (file for file in verify(folder, 3)["files"] if file["name"] == "snapshot.json")
    assert told["why"] == "is cut off"


def test_without_its_snapshot_only_what_the_report_gives_is_compared(folder: Path) -> None:
    (folder / "snapshot.json").unlink()
    found = states(verify(folder, 0))
    same = {name for name, state in found.items() if state == "as-written"}
    assert same == {"report.md", "report.jira.txt", "report.junit.xml", "findings.csv", "fix.ps1"}
    assert found["users.csv"] == found["report.html"] == found["move-users.txt"] == "not-compared"


def test_of_a_redacted_run_both_parts_are_compared_as_far_as_they_can_be(tmp_path: Path) -> None:
    csready(
        *("scan", "--lab", "tenant-not-shared", "--redact", "pii", "--format", "md", "--out", "out"),
        cwd=tmp_path,
        CSREADY_REDACTION_KEY="a key that only this test has",
    )
    found = states(verify(tmp_path / "out", 0))
    assert found == {
        **dict.fromkeys(["findings.csv", "report.md", "private/fix.ps1"], "as-written"),
        **dict.fromkeys(["private/move-users.txt", "private/move-users-after-fixes.txt"], "as-written"),
        **dict.fromkeys(["private/snapshot.json", "users.csv"], "not-compared"),
    }
    (tmp_path / "out" / "private" / "move-users.txt").write_text("sip:mallory@contoso.com", encoding="utf-8")
    assert states(verify(tmp_path / "out", 3))["private/move-users.txt"] == "altered"


def test_what_another_version_wrote_is_not_compared(folder: Path) -> None:
    rewritten(
        folder / "report.json",
        lambda report: msgspec.structs.replace(report, tool=msgspec.structs.replace(report.tool, version="9.9.9")),
        anew=True,
    )
    assert set(states(verify(folder, 0)).values()) == {"not-compared"}


def test_a_report_is_stale_when_its_time_is_over(folder: Path) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=1)
    rewritten(folder / "report.json", lambda report: msgspec.structs.replace(report, valid_until=long_ago), anew=True)
    assert verify(folder / "report.json", 5)["state"] == "stale"
    assert "stale for 1 day" in csready("verify", "report.json", cwd=folder).stdout


def test_of_a_report_without_a_seal_nothing_is_claimed(folder: Path) -> None:
    rewritten(folder / "report.json", lambda report: msgspec.structs.replace(report, schema_version="1.0", seal=""))
    assert verify(folder / "report.json", 5)["state"] == "cannot-be-told"


def test_the_receipt_of_a_delivery_tells_another_report(folder: Path) -> None:
    def note(sha256: str) -> None:
        sent = Receipt(
            system="jira", site="https://jira.test", ticket="MIG-42", url="https://jira.test/MIG-42",
            at=datetime.now(UTC), report=sha256, failure="", attachments=(), comment=None, left_out=(),
        )  # fmt: skip
        (folder / "attach.json").write_bytes(msgspec.json.encode(Receipts(deliveries=(sent,))))

    note(verify(folder, 0)["sha256"])
    (sent,) = verify(folder, 0)["delivered"]
    assert (sent["ticket"], sent["is_this_one"]) == ("MIG-42", True)
    note("0" * 64)
    (sent,) = verify(folder, 0)["delivered"]
    assert not sent["is_this_one"]
    (folder / "attach.json").write_text("{", encoding="utf-8")
    assert csready("verify", str(folder), cwd=folder).returncode == 2


def test_what_is_no_report_is_a_wrong_input(tmp_path: Path) -> None:
    assert csready("verify", "nowhere", cwd=tmp_path).returncode == 2
    (tmp_path / "report.json").write_text("{}", encoding="utf-8")
    assert csready("verify", ".", cwd=tmp_path).returncode == 2
