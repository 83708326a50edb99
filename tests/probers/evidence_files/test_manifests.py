"""Manifests: what is believed of them, and that a bad one costs itself only."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from checker.model.answers import Json
from checker.probers.evidence_files.containers import collections
from checker.probers.evidence_files.manifests import UNSAID, FileNote, Manifest, read_manifest
from checker.probers.evidence_files.store import EvidenceFiles
from tests.probers.evidence_files.making import WRITTEN, fact, folder, onprem, said

USERS = onprem("Get-CsUser")
ROWS: list[Json] = [{"Identity": "CN=Alice"}]


def manifest(at: Path, value: bytes | str | dict[str, Json]) -> Manifest:
    (collection,), _ = collections(folder(at, {"manifest.json": value, "onprem/Get-CsUser.json": ROWS}))
    return read_manifest(collection)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22T19:03:00Z", datetime(2026, 11, 22, 19, 3, tzinfo=UTC)),
        ("2026-11-22T20:03:00.1234567+01:00", datetime(2026, 11, 22, 19, 3, 0, 123456, tzinfo=UTC)),
        ("2026-11-22 19:03:00", datetime(2026, 11, 22, 19, 3, tzinfo=UTC)),
        ("20261122T190300Z", datetime(2026, 11, 22, 19, 3, tzinfo=UTC)),
        ("11/22/2026 7:03:00 PM", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
    ],
)
def test_the_time_of_collection_is_iso_8601_or_that_of_the_files(
    tmp_path: Path, text: str, moment: datetime | None
) -> None:
    read = manifest(tmp_path, {"collected_at": text})

    assert read.collected_at == moment
    assert len(read.notices) == (moment is None)
    assert fact(EvidenceFiles([tmp_path / "evidence"]), USERS).observed_at == (moment or WRITTEN)


@pytest.mark.parametrize("path", ["onprem/Get-CsUser.json", "ONPREM\\get-csuser.JSON", "./onprem/Get-CsUser.json"])
def test_paths_are_compared_without_case_and_with_either_slash(tmp_path: Path, path: str) -> None:
    note = {"sha256": "00", "cmdlet": "Get-CsUser", "parameters": {"Port": 5061}, "complete": "true", "new_key": 1}

    assert manifest(tmp_path, {"files": {path: note}}).note("onprem/Get-CsUser.json") == FileNote(
        sha256="00", cmdlet="Get-CsUser", parameters={"Port": 5061}, complete=True
    )


@pytest.mark.parametrize(
    "value", [b"", b"{", b"[]", b"[{}, {}]", b'"text"', {"files": []}, {"collected_at": [1]}, b"\x00" * 10]
)
def test_a_manifest_that_cannot_be_read_costs_itself(tmp_path: Path, value: bytes | dict[str, Json]) -> None:
    read = manifest(tmp_path, value)

    assert (read.collected_at, dict(read.notes)) == (None, {})
    assert [notice.code for notice in read.notices] == ["evidence-manifest"]
    assert said(EvidenceFiles([tmp_path / "evidence"]), USERS) == ROWS


def test_an_entry_that_cannot_be_read_costs_itself(tmp_path: Path) -> None:
    good = {"complete": False}
    read = manifest(tmp_path, {"files": {"a.json": {"complete": "perhaps"}, "b.json": 1, "c.json": good}})

    assert read.note("c.json") == FileNote(complete=False)
    assert read.note("a.json") is UNSAID
    assert len(read.notices) == 2


def test_no_manifest_is_no_trouble(tmp_path: Path) -> None:
    (collection,), notices = collections(folder(tmp_path, {"onprem/Get-CsUser.json": ROWS}))

    assert (read_manifest(collection).notices, notices) == ((), ())


def test_a_manifest_as_windows_powershell_redirects_it(tmp_path: Path) -> None:
    text = '{"collected_at": "2026-11-22T19:03:00Z", "files": null}'

    assert manifest(tmp_path, b"\xff\xfe" + text.encode("utf-16-le")).collected_at is not None
