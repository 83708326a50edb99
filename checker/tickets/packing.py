"""The files that go onto a ticket: their names, and the smaller forms that each may take before it is left out."""

import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from checker.errors import UsageError
from checker.model.report import Report
from checker.tickets.system import File

_TEXT = "as text"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can write; any fixed one makes the same bytes
_MIME = {
    "html": "text/html",
    "json": "application/json",
    "csv": "text/csv",
    "md": "text/markdown",
    "txt": "text/plain",
    "zip": "application/zip",
}


@dataclass(frozen=True)
class Form:
    """One way to send a file. ``shrunk`` says what was done to it, empty for the file as it is."""

    ending: str
    content: Callable[[], bytes]
    shrunk: str = ""


@dataclass(frozen=True)
class Piece:
    """A file of the report, with its forms, the largest first. ``as_text``: a form for a system that takes no other."""

    name: str
    forms: tuple[Form, ...]
    as_text: Form


@dataclass(frozen=True)
class Package:
    """A report to deliver; ``sha256`` of its report.json."""

    report: Report
    sha256: str
    pieces: tuple[Piece, ...]


def packed(report: Report, file: Path) -> Package:
    """The report in ``file``, and what its scan wrote beside it, but nothing of the private part. A file of another
    name than report.json goes alone: what is beside it may be of another run. The HTML is first, since people open it.

    Raises ``UsageError`` for a file that is there and cannot be read.
    """
    names = ("report.html", "report.md", "users.csv")
    html, markdown, users = (_read(file.with_name(name)) if file.name == "report.json" else None for name in names)
    found = []
    if html is not None:
        brief = Form("html", lambda: _brief(report, users or b""), "without the passed checks")
        found.append(Piece("report.html", (_as_it_is(html, "html"), brief), Form("txt", lambda: _text(report), _TEXT)))
    elif markdown is not None:
        found.append(Piece("report.md", (_as_it_is(markdown, "md"),), _as_text(markdown)))
    json = _read(file) or b""
    found.append(Piece(file.name, (_as_it_is(json, "json"),), _as_text(json)))
    if users is not None:
        zipped = Form("zip", lambda: _zip("users.csv", users), "zipped")
        found.append(Piece("users.csv", (_as_it_is(users, "csv"), zipped), _as_text(users)))
    return Package(report, hashlib.sha256(json).hexdigest(), tuple(found))


def file_of(report: Report, form: Form) -> File:
    """The form with its name, which tells deployment, phase, time and content."""
    content = form.content()
    return File(f"{_stem(report)}_{hashlib.sha256(content).hexdigest()[:8]}.{form.ending}", content, _MIME[form.ending])


def _stem(report: Report) -> str:
    """Without spaces, and nothing but ASCII: some systems take no other names."""
    deployment = re.sub(r"[^A-Za-z0-9.-]+", "-", report.deployment.name).strip("-.") or "deployment"
    return f"readiness_{deployment}_{report.deployment.phase.value}_{report.as_of:%Y%m%dT%H%M%SZ}"


def _as_it_is(content: bytes, ending: str) -> Form:
    return Form(ending, lambda: content)


def _as_text(content: bytes) -> Form:
    return Form("txt", lambda: content, _TEXT)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as exc:
        raise UsageError(f"{path}: {exc.strerror or exc}", "Every file of the report has to be readable.") from exc


def _brief(report: Report, users: bytes) -> bytes:
    """The HTML drawn anew: passed checks and raw evidence take most of its room."""
    import csv

    from checker.rendering.html import render_html
    from checker.rendering.user_lines import user_lines_of_csv

    rows = csv.DictReader(io.StringIO(users.decode("utf-8-sig", errors="replace"), newline=""))
    try:
        lines = user_lines_of_csv(rows) if users else ()
    except (KeyError, ValueError, csv.Error) as exc:
        raise UsageError("users.csv: is no users.csv of csready", "Name the folder of a scan.") from exc
    return render_html(report, lines, brief=True).encode("utf-8")


def _text(report: Report) -> bytes:
    """The report for people as plain text, since the HTML's own source is none."""
    from checker.rendering.markdown import render_markdown

    return render_markdown(report).encode("utf-8")


def _zip(name: str, content: bytes) -> bytes:
    """The same content gives the same bytes, so that its hash is the same tomorrow."""
    archived = io.BytesIO()
    with zipfile.ZipFile(archived, "w") as archive:
        entry = zipfile.ZipInfo(name, _EARLIEST)
        entry.create_system = 3  # which the hash must not depend on
        archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return archived.getvalue()
