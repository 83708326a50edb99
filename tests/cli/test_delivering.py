"""The files of a run over many users: a snapshot too long for people is packed, and read back all the same."""

import gzip
from pathlib import Path

import pytest

from checker.assess import Investigation, ask_snapshot, investigate
from checker.checks import all_checks
from checker.cli.delivering import conclude, write_files
from checker.cli.report_files import read_snapshot
from checker.errors import UsageError
from checker.model.facts import Fact, Snapshot
from checker.readings.users import ON_PREMISES_USERS
from tests.cli.running import csready
from tests.judging import NOW, contoso, objects

MANY = 9000
FILLER = "OU=Staff," * 120  # for a long snapshot of not so many users


def snapshot(users: int) -> Snapshot:
    rows = (
        {
            "Identity": f"CN={n},{FILLER}",
            "SipAddress": f"sip:{n}@contoso.com",
            "HostingProvider": "SRV:",
            "Enabled": True,
        }
        for n in range(users)
    )
    fact = Fact(probe=ON_PREMISES_USERS, answer=objects(*rows), observed_at=NOW)
    return Snapshot(
        tool_version="1", target=contoso(), as_of=NOW, started_at=NOW, finished_at=NOW, facts=(fact,), commands_run=()
    )


def write(saved: Snapshot, folder: Path) -> tuple[str, ...]:
    investigation = Investigation(saved.target, all_checks(), facts=saved.facts)
    investigate(investigation, ask_snapshot(saved))
    return write_files(conclude(investigation.assessment(), saved), folder, ())


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    assert write(snapshot(MANY), folder)[:2] == ("report.json", "snapshot.json.gz")
    return folder


def test_a_long_snapshot_is_packed_and_a_short_one_is_text(many: Path, tmp_path: Path) -> None:
    assert not (many / "snapshot.json").exists()
    assert "snapshot.json" in write(snapshot(3), tmp_path)
    assert not (tmp_path / "snapshot.json.gz").exists()


def test_only_the_form_that_was_written_last_stays(many: Path, tmp_path: Path) -> None:
    (tmp_path / "snapshot.json.gz").write_bytes(b"of an earlier scan")
    write(snapshot(3), tmp_path)
    assert not (tmp_path / "snapshot.json.gz").exists()


def test_a_packed_snapshot_holds_what_was_seen(many: Path) -> None:
    read = read_snapshot(many / "snapshot.json.gz")
    assert read.facts == snapshot(MANY).facts


def test_the_same_snapshot_is_packed_to_the_same_bytes_with_no_name_or_time_in_them(many: Path) -> None:
    packed = (many / "snapshot.json.gz").read_bytes()
    assert packed[3:8] == b"\0\0\0\0\0"  # RFC 1952 2.3: no flags, so no name; no time
    write(snapshot(MANY), many)
    assert (many / "snapshot.json.gz").read_bytes() == packed


def test_assess_judges_a_packed_snapshot_to_the_same_report(many: Path, tmp_path: Path) -> None:
    done = csready("assess", str(many / "snapshot.json.gz"), "--json", cwd=tmp_path)
    assert done.stdout.encode("utf-8") == (many / "report.json").read_bytes()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (gzip.compress(b"{}")[:-9], "is cut off"),
        (gzip.compress(b'{"snapshot_version": '), "is cut off"),
        (b"\x1f\x8b" + b"\xff" * 40, "cannot be read as a snapshot"),
        (gzip.compress(b"[]"), "cannot be read as a snapshot"),
    ],
)
def test_a_packed_snapshot_that_is_damaged_is_refused(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "snapshot.json.gz"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=said):
        read_snapshot(path)


def test_a_list_of_an_earlier_wave_is_not_left_behind(tmp_path: Path) -> None:
    kept = ("move-users-of-berlin.txt", "move-users-1.txt")
    for name in ("move-users-07.txt", "move-users-after-fixes-112.txt", *kept):
        (tmp_path / name).write_bytes(b"sip:somebody@contoso.com")
    write(snapshot(3), tmp_path)
    assert sorted(path.name for path in tmp_path.glob("move-users-*")) == sorted(("move-users-after-fixes.txt", *kept))
