"""Folders and zips of every shape: what is found in them, and that none of them does harm."""

import os
import struct
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from checker.errors import UsageError
from checker.model.answers import Json
from checker.probers.evidence_files.containers import collections
from checker.probers.evidence_files.documents import NotReadable
from checker.probers.evidence_files.store import EvidenceFiles
from tests.probers.evidence_files.making import WRITTEN, Make, fact, folder, onprem, said, zipped

DOMAINS = onprem("Get-CsSipDomain")
ROWS: list[Json] = [{"Identity": "contoso.com"}]
FILE = "onprem/Get-CsSipDomain.json"


def found(path: Path) -> Json:
    return said(EvidenceFiles([path]), DOMAINS)


@pytest.mark.parametrize("name", [FILE, "top/" + FILE, FILE.replace("/", "\\"), "top\\" + FILE, "./" + FILE])
def test_a_zip_is_read_however_its_names_are_written(tmp_path: Path, name: str) -> None:
    assert found(zipped(tmp_path, {name: ROWS, "__MACOSX/._x": b"", "top/.DS_Store": b""})) == ROWS


@pytest.mark.parametrize("name", ["/" + FILE, "../" + FILE, "a/../" + FILE, "C:/" + FILE, "C:\\" + FILE])
def test_a_member_whose_name_leads_out_of_the_zip_is_left_alone(tmp_path: Path, name: str) -> None:
    files = EvidenceFiles([zipped(tmp_path, {name: ROWS})])

    assert files.lookup(DOMAINS) is None
    assert [notice.code for notice in files.notices] == ["evidence-not-read", "evidence-empty"]
    assert os.listdir(tmp_path) == ["evidence.zip"]


def test_names_of_files_cannot_write_on_the_terminal(tmp_path: Path) -> None:
    path = zipped(tmp_path, {"onprem/Get-CsSipDomain--\x1b[2J\n.json": ROWS, "onprem/\x1b[2J.txt": b""})
    files = EvidenceFiles([path])

    shown = [fact(files, DOMAINS).source, *(f"{notice.where} {notice.text}" for notice in files.notices)]
    assert len(shown) == 2 and all(text.isprintable() for text in shown)


def test_several_collections_in_one_folder_are_told_apart(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        {
            "fe01/onprem--fe01/Get-CsSipDomain.json": ROWS,
            "edge01/edge--edge01/Get-CsCertificate.json": ROWS,
            "edge01/manifest.json": {"collected_at": "2026-11-22T19:03:00Z"},
            "photos/cat.jpg": b"",
        },
    )
    read, notices = collections(path)

    assert [each.name for each in read] == ["evidence/edge01", "evidence/fe01"]
    assert [each.manifest is not None for each in read] == [True, False]
    assert notices == ()


@pytest.mark.parametrize("make", [folder, zipped])
def test_thousands_of_foreign_files_bury_nothing(tmp_path: Path, make: Make) -> None:
    foreign: dict[str, bytes] = {f"{name}{number}": b"" for number in range(1500) for name in ("x/f", "onprem/f", "g")}
    files = EvidenceFiles([make(tmp_path, {**foreign, FILE: ROWS})])

    assert said(files, DOMAINS) == ROWS
    assert len(files.notices) == 22
    assert files.notices[-1].text == "no check reads 1,490 more files or folders"


def test_only_so_many_entries_of_one_folder_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.probers.evidence_files.containers._MOST_PER_FOLDER", 3)
    path = zipped(tmp_path, {f"onprem/Get-CsUser--{number}.json": ROWS for number in range(4)})

    (read,), notices = collections(path)

    assert [len(entries) for _, entries in read.folders] == [3]
    assert [notice.code for notice in notices] == ["evidence-folder"]


def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder(tmp_path, {FILE: ROWS, "tenant/Get-CsTenant.json": ROWS})
    scandir = os.scandir

    def refusing(asked: Path) -> "os._ScandirIterator[str]":
        if Path(asked).name == "onprem":
            raise PermissionError(13, "Permission denied", str(asked))  # a mode would not stop root
        return scandir(asked)

    monkeypatch.setattr(os, "scandir", refusing)
    _, notices = collections(path)

    assert [(notice.code, notice.where) for notice in notices] == [("evidence-folder", "evidence: onprem/")]


def test_the_same_name_twice_in_a_zip_is_two_files(tmp_path: Path) -> None:
    path = zipped(tmp_path, {FILE: ROWS})
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(FILE, '[{"Identity": "fabrikam.com"}]')

    assert found(path) == [*ROWS, {"Identity": "fabrikam.com"}]


def test_an_encrypted_member_costs_its_own_facts(tmp_path: Path) -> None:
    path = zipped(tmp_path, {FILE: ROWS, "onprem/Get-CsUser.json": ROWS})
    raw = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(signature) + flags] |= 1  # of the first member, in both places where it stands
    path.write_bytes(raw)

    assert found(path) == "malformed unreadable-file"
    assert said(EvidenceFiles([path]), onprem("Get-CsUser")) == ROWS


def test_a_damaged_member_costs_its_own_facts(tmp_path: Path) -> None:
    path = zipped(tmp_path, {FILE: [{"Identity": str(number)} for number in range(500)]})
    raw = bytearray(path.read_bytes())
    start = raw.index(FILE.encode()) + len(FILE)
    raw[start + 20 : start + 60] = bytes(40)
    path.write_bytes(raw)

    assert found(path) == "malformed unreadable-file"


def test_a_member_that_claims_to_be_small_is_cut_there(tmp_path: Path) -> None:
    path = zipped(tmp_path, {FILE: b"[" + b" " * 5_000_000 + b"]"})
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 24 : raw.index(b"PK\x01\x02") + 28] = struct.pack("<I", 10)
    path.write_bytes(raw)

    assert found(path) == "malformed unreadable-file"


@pytest.mark.parametrize("raw", [b"", b"text", b"PK\x03\x04" + bytes(500)])
def test_what_is_no_zip_is_refused_before_anything_is_asked(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "evidence.zip"
    path.write_bytes(raw)

    with pytest.raises(UsageError, match="neither a folder nor a zip"):
        collections(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are POSIX")
def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    path = folder(tmp_path, {"onprem/Get-CsUser.json": ROWS})
    os.mkfifo(path / FILE)

    assert found(path) == "none"


def test_a_loop_of_links_is_harmless(tmp_path: Path) -> None:
    path = folder(tmp_path, {FILE: ROWS})
    try:
        (path / "edge").symlink_to(path, target_is_directory=True)
        (path / "onprem" / "Get-CsUser.json").symlink_to(path / "nowhere")
    except OSError:
        pytest.skip("links need a right here")

    assert found(path) == ROWS


def test_times_are_those_of_the_files_in_utc(tmp_path: Path) -> None:
    local = datetime(2026, 11, 21, 8, 0).astimezone(UTC)
    for path, written in ((folder(tmp_path, {FILE: ROWS}), WRITTEN), (zipped(tmp_path, {FILE: ROWS}), local)):
        (read,), _ = collections(path)
        ((_, (entry,)),) = read.folders
        assert (entry.path, entry.size, entry.modified) == (FILE, 29, written)


def test_a_member_with_an_impossible_date_has_that_of_the_zip(tmp_path: Path) -> None:
    path = zipped(tmp_path, {FILE: ROWS})
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 14 : raw.index(b"PK\x01\x02") + 16] = bytes(2)  # month 0, day 0
    path.write_bytes(raw)
    os.utime(path, (WRITTEN.timestamp(), WRITTEN.timestamp()))
    (read,), _ = collections(path)

    assert read.folders[0][1][0].modified == WRITTEN


def test_an_error_of_the_system_is_told_without_its_path(tmp_path: Path) -> None:
    path = folder(tmp_path, {FILE: ROWS})
    (read,), _ = collections(path)
    (path / FILE).unlink()

    with pytest.raises(NotReadable) as raised, read.folders[0][1][0].open():
        pass
    assert str(tmp_path) not in str(raised.value)
