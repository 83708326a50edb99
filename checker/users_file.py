"""The operator's list of users: text or CSV, in the encodings that Windows writes."""

import csv
import re
from pathlib import Path

from checker.errors import UsageError

# Any case; the first one of these that a header holds names the column.
_COLUMNS = ("sipaddress", "userprincipalname", "identity", "samaccountname")

_ONE_A_LINE = "One SIP address a line, or a CSV with a column SipAddress."
_ADDRESS_OR_ACCOUNT = re.compile(r"[^\s,;\"<>|]+")
_DISTINGUISHED_NAME = re.compile(r"(cn|ou|dc)=", re.IGNORECASE)


def read_users_file(path: Path) -> tuple[str, ...]:
    """Names in the order of the file, as they stand there, duplicates included.

    One address a line; or ``sip:a@x,sip:b@x``; or a header (``,`` or ``;``) that names a column. UTF-8 with or without
    BOM, UTF-16 with BOM, else Windows-1252. Raises ``UsageError`` for a file that is missing or names nobody.
    """
    try:
        raw = path.read_bytes()
    except OSError as exc:
        raise UsageError(f"{path}: {exc.strerror or exc}", "Name an existing users file.") from exc
    text = _decode(raw, path)
    lines = [line for line in text.splitlines() if line.strip()]
    if lines and lines[0].startswith("#TYPE "):  # Windows PowerShell's Export-Csv puts the type before the header
        lines = lines[1:]
    try:
        names = _column(lines) if lines and _header(lines[0]) else _plain(lines)
    except csv.Error as exc:
        raise UsageError(f"{path}: cannot be read as text or CSV: {exc}", "Save it as text or CSV.") from exc
    for name in names:
        if not _ADDRESS_OR_ACCOUNT.fullmatch(name) and not _DISTINGUISHED_NAME.match(name):
            number = next((number for number, line in enumerate(text.splitlines(), 1) if name in line), 0)
            place = f", line {number}" if number else ""
            raise UsageError(f"{path}{place}: {name[:60]!r} names no user", _ONE_A_LINE)
    if not names:
        raise UsageError(f"{path}: names no user", _ONE_A_LINE)
    return names


def _decode(raw: bytes, path: Path) -> str:
    encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as exc:
        if encoding == "utf-16":
            raise UsageError(f"{path}: is cut off (UTF-16, byte {exc.start})", "Save it again.") from exc
        return raw.decode("cp1252", errors="replace")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line], delimiter=_delimiter(line)))]


def _delimiter(line: str) -> str:
    return ";" if line.count(";") > line.count(",") else ","


def _header(line: str) -> bool:
    return any(cell.casefold() in _COLUMNS for cell in _cells(line))


def _column(lines: list[str]) -> tuple[str, ...]:
    rows = csv.reader(lines, delimiter=_delimiter(lines[0]))
    header = [cell.strip().casefold() for cell in next(rows)]
    place = next(header.index(name) for name in _COLUMNS if name in header)
    return tuple(row[place].strip() for row in rows if len(row) > place and row[place].strip())


def _plain(lines: list[str]) -> tuple[str, ...]:
    """A distinguished name holds commas and stands on a line of its own."""
    listed = ([line.strip()] if _DISTINGUISHED_NAME.match(line.strip()) else _cells(line) for line in lines)
    return tuple(cell for cells in listed for cell in cells if cell)
