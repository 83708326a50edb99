"""A scan's folder to attach: the sample of the lab, with dates of the test's own."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

import checker
from checker.model.report import Report, decode_report, encode_report, sealed

SAMPLE = Path(checker.__file__).parents[1] / "reports" / "lab-tenant-not-shared"
FAR = datetime(9999, 1, 1, tzinfo=UTC)
HTML = "<!DOCTYPE html><html><body>readiness</body></html>"


def sample_report(**changes: Any) -> Report:
    """Sealed; valid for ever, and no lab's, unless said otherwise."""
    sample = decode_report((SAMPLE / "report.json").read_bytes())
    return sealed(msgspec.structs.replace(sample, **{"valid_until": FAR, "notices": (), **changes}))


def scan_folder(path: Path, report: Report | None = None, *, html: str | None = HTML) -> Path:
    path.mkdir(exist_ok=True)
    (path / "report.json").write_bytes(encode_report(report or sample_report()))
    (path / "users.csv").write_bytes((SAMPLE / "users.csv").read_bytes())
    (path / "report.md").write_text("# readiness\n", encoding="utf-8")
    if html is not None:
        (path / "report.html").write_text(html, encoding="utf-8")
    (path / "private").mkdir(exist_ok=True)
    (path / "private" / "pseudonyms.csv").write_text("never to leave\n", encoding="utf-8")
    return path
