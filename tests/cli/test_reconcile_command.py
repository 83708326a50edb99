"""``csready reconcile`` through the real command line: made-up outcomes against a report of the lab."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import csready

WRONG = Path(__file__).parents[2] / "reports" / "lab-several-things-wrong"
SHARED = (
    "Move-CsUser : HostedMigration fault: Error=(510), Description=(This user's tenant is not enabled for shared sip "
    "address space.)"
)
ROWS = (
    ("sip:anna.berg@contoso.com", "Failed", SHARED),
    ("sip:ben.okafor@contoso.com", "Failed", "HostedMigration fault: Error=(507), Description=(x)"),
    ("sip:chloe.martin@contoso.com", "Success", ""),
    ("sip:hiro.tanaka@fabrikam.com", "Failed", "an error that nobody documents"),
    ("sip:somebody.else@contoso.com", "Success", ""),
)


def table(header: tuple[str, ...], delimiter: str = ",", rows: tuple[tuple[str, ...], ...] = ROWS) -> str:
    return "".join(delimiter.join(f'"{cell}"' for cell in row) + "\r\n" for row in (header, *rows))


def reconciled(folder: Path, content: str | bytes, *more: str, name: str = "moves.csv") -> Any:
    raw = content if isinstance(content, bytes) else content.encode("utf-8-sig")
    (folder / name).write_bytes(raw)
    ended = csready("reconcile", str(WRONG), "--outcome", name, "--json", *more, cwd=folder)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def by_fault(found: Any) -> dict[str, tuple[int, int, int]]:
    return {each["id"]: (each["hits"], each["misses"], each["false_alarms"]) for each in found["faults"]}


@pytest.mark.parametrize(
    ("header", "delimiter", "encoding"),
    [
        (("UserName", "Result", "Info"), ",", "utf-8-sig"),
        (("Spalte1", "Status", "Fehlertext"), ";", "utf-16"),
        (("a", "Outcome", "b"), "\t", "cp1252"),
    ],
)
def test_the_columns_are_told_by_what_they_hold(
    header: tuple[str, str, str], delimiter: str, encoding: str, tmp_path: Path
) -> None:
    found = reconciled(tmp_path, table(header, delimiter).encode(encoding), "--moved", "Success")
    columns = {each["role"]: each["name"] for each in found["files"][0]["columns"]}
    assert columns["sip"] == header[0]
    assert header[2] in {each["name"] for each in found["files"][0]["columns"]}
    faults = by_fault(found)
    assert faults["hms-510"] == (1, 0, 1)  # met by anna; predicted for chloe, who was moved
    assert faults["hms-507"] == (1, 0, 1)
    assert [each["text"].rpartition("| ")[2] for each in found["surprises"]] == ["an error that nobody documents"]
    assert found["strangers"]["total"] == 1


def test_an_error_that_was_not_predicted_is_a_miss(tmp_path: Path) -> None:
    rows = (("sip:anna.berg@contoso.com", "HostedMigration fault: Error=(507), Description=(x)"),)
    found = reconciled(tmp_path, table(("user", "error"), rows=rows))
    assert by_fault(found)["hms-507"] == (0, 1, 0)


def test_a_row_that_says_nothing_known_is_not_moved(tmp_path: Path) -> None:
    rows = (("sip:anna.berg@contoso.com", "Scheduled"), ("sip:ben.okafor@contoso.com", "Scheduled"))
    found = reconciled(tmp_path, table(("user", "status"), rows=rows))
    assert found["track_record"]["moved"] == found["track_record"]["users"] == 0
    assert {user["became"] for user in found["users"]} == {"not-known"}


def test_a_log_names_who_failed_and_nobody_else_was_moved(tmp_path: Path) -> None:
    log = f"PS C:\\> Move-CsUser -Identity sip:anna.berg@contoso.com\r\n{SHARED}\r\n    + CategoryInfo : x\r\n"
    found = reconciled(tmp_path, log, name="transcript.txt")
    assert found["files"][0]["kind"] == "log"
    assert found["track_record"]["moved"] == 0


def test_the_block_goes_into_the_next_report(tmp_path: Path) -> None:
    reconciled(tmp_path, table(("u", "r", "i")), "--moved", "Success", "--column", "text=i", "--out", "record.json")
    ended = csready("scan", "--lab", "--track-record", "record.json", "--out", "out", cwd=tmp_path)
    assert ended.returncode == 3
    assert "Earlier predictions" in (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "sip:" not in (tmp_path / "record.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "more", "said"),
    [
        ("a,b\n1,2\n3,4\n", (), "no column names a user of the report; it has the columns a, b"),
        (table(("u", "r", "i")), ("--column", "sip=nobody"), "has no column nobody"),
        (table(("u", "r", "i")), ("--column", "who=u"), "is not sip=NAME or text=NAME"),
    ],
)
def test_a_foreign_csv_is_refused_in_one_sentence(
    content: str, more: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    (tmp_path / "moves.csv").write_text(content, encoding="utf-8")
    ended = csready("reconcile", str(WRONG), "--outcome", "moves.csv", *more, cwd=tmp_path)
    assert (ended.returncode, said in ended.stderr) == (2, True), ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


def test_the_page_fits_a_terminal_and_a_ticket(tmp_path: Path) -> None:
    (tmp_path / "moves.csv").write_text(table(("u", "r", "i")), encoding="utf-8")
    command = ("reconcile", str(WRONG), "--outcome", "moves.csv", "--moved", "Success")
    page = csready(*command, cwd=tmp_path).stdout
    assert max(map(len, page.splitlines())) <= 80
    assert "hms-510" in csready(*command, "--format", "md", cwd=tmp_path).stdout
