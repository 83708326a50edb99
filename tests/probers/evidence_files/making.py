"""Makes evidence folders and zips for the tests, and asks them."""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from checker.model.answers import AnyAnswer, Json, Objects
from checker.model.facts import Fact, NoAnswer
from checker.model.probes import AnyProbe, CmdletProbe, Vantage
from checker.probers.evidence_files.store import EvidenceFiles

WRITTEN = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
Content = bytes | str | list[Json] | dict[str, Json]
Files = Mapping[str, Content]
Make = Callable[[Path, Files], Path]


def content(value: Content) -> bytes:
    """Rows as JSON; bytes and text as they are."""
    if isinstance(value, bytes):
        return value
    return (value if isinstance(value, str) else json.dumps(value)).encode()


def folder(at: Path, files: Files, name: str = "evidence") -> Path:
    """All files have the same, known time."""
    for path, value in files.items():
        place = at / name / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content(value))
        os.utime(place, (WRITTEN.timestamp(), WRITTEN.timestamp()))
    return at / name


def zipped(at: Path, files: Files, name: str = "evidence.zip") -> Path:
    with zipfile.ZipFile(at / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, value in files.items():
            archive.writestr(zipfile.ZipInfo(path, (2026, 11, 21, 8, 0, 0)), content(value))
    return at / name


def evidence(at: Path, files: Files) -> EvidenceFiles:
    return EvidenceFiles([folder(at, files)])


def sha256(value: Content) -> str:
    return hashlib.sha256(content(value)).hexdigest()


def cmdlet(vantage: Vantage, name: str, *properties: str, host: str = "", **parameters: str) -> CmdletProbe:
    return CmdletProbe(
        vantage=vantage, host=host, cmdlet=name, parameters=tuple(parameters.items()), properties=properties
    )


def onprem(name: str, *properties: str, host: str = "", **parameters: str) -> CmdletProbe:
    return cmdlet(Vantage.ONPREM, name, *properties, host=host, **parameters)


def fact(files: EvidenceFiles, probe: AnyProbe) -> Fact:
    found = files.lookup(probe)
    assert found is not None and found.probe == probe
    return found


def answer(files: EvidenceFiles, probe: AnyProbe) -> AnyAnswer | NoAnswer:
    return fact(files, probe).answer


def said(files: EvidenceFiles, probe: AnyProbe) -> str | list[dict[str, Json]]:
    """The rows; ``none`` for no file, and a no-answer as ``reason code``."""
    found = files.lookup(probe)
    if found is None:
        return "none"
    if isinstance(found.answer, NoAnswer):
        return f"{found.answer.reason.value} {found.answer.code}"
    assert isinstance(found.answer, Objects)
    return list(found.answer.rows)
