"""The operator's list of users: text or CSV, in the encodings that Windows writes."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from checker.errors import UsageError

# Any case; the first one of these that a header holds names the column.
_COLUMNS = ("sipaddress", "userprincipalname", "identity", "samaccountname")

_ONE_A_LINE = "One SIP address a line, or a CSV with a column SipAddress."
_ADDRESS_OR_ACCOUNT = re.compile(r"[^\s,;\"<>|]+")
_Line = tuple[int, str]  # its number in the file, and what stands there
_DISTINGUISHED_NAME = re.compile(r"(cn|ou|dc)=", re.IGNORECASE)


class _Nameless(Exception):
    """A row of a table that names nobody; who is meant would be lost unseen."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class UserList(NamedTuple):
    """Names in the order of the file, as they stand there, duplicates included; and the line that each stands on."""

    names: tuple[str, ...]
    lines: tuple[int, ...]


def read_users_file(path: Path) -> UserList:
    """One address a line; or ``sip:a@x,sip:b@x``; or a header (``,`` or ``;``) that names a column.

    UTF-8 with or without BOM, UTF-16 with BOM, else Windows-1252. Raises ``UsageError`` for a file that is missing or
    names nobody.
    """
    try:
        raw = path.read_bytes()
    except OSError as exc:
        raise UsageError(f"{path}: {exc.strerror or exc}", "Name an existing users file.") from exc
    text = _decode(raw, path)
    if "\0" in text:
        raise UsageError(f"{path}: is no text in UTF-8, or in UTF-16 with a byte order mark", "Save it as UTF-8.")
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if lines and lines[0][1].startswith("#TYPE "):  # Windows PowerShell's Export-Csv puts the type before the header
        lines = lines[1:]
    try:
        listed = tuple(_column(lines) if lines and _header(lines[0][1]) else _plain(lines))
    except _Nameless as exc:
        known = "SipAddress, UserPrincipalName, Identity or sAMAccountName"
        raise UsageError(f"{path}, line {exc.line}: names nobody", f"Fill in {known}, or take the line out.") from exc
    except csv.Error as exc:
        raise UsageError(f"{path}: cannot be read as text or CSV: {exc}", "Save it as text or CSV.") from exc
    for number, name in listed:
        is_name = _ADDRESS_OR_ACCOUNT.fullmatch(name) or _DISTINGUISHED_NAME.match(name)
        if not is_name or not name.isprintable():
            raise UsageError(f"{path}, line {number}: {name[:60]!r} names no user", _ONE_A_LINE)
    if not listed:
        raise UsageError(f"{path}: names no user", _ONE_A_LINE)
    return UserList(tuple(name for _, name in listed), tuple(number for number, _ in listed))


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


def _column(lines: list[_Line]) -> Iterator[_Line]:
    rows = csv.reader((line for _, line in lines), delimiter=_delimiter(lines[0][1]))
    header = [cell.strip().casefold() for cell in next(rows)]
    places = [header.index(name) for name in _COLUMNS if name in header]
    begins_at = rows.line_num  # a cell in quotes may go on over several lines
    for row in rows:
        cells = [cell.strip() for cell in row]
        named = [cells[place] for place in places if len(cells) > place and cells[place]]
        if len(header) == 1:  # several addresses in one line of a list with a header
            named = [cell for cell in cells if cell]
        elif named:
            named = named[:1]
        elif any(cells):
            raise _Nameless(lines[begins_at][0])
        yield from ((lines[begins_at][0], name) for name in named)
        begins_at = rows.line_num


def _plain(lines: list[_Line]) -> Iterator[_Line]:
    """A distinguished name holds commas and stands on a line of its own."""
    for number, line in lines:
        cells = [line.strip()] if _DISTINGUISHED_NAME.match(line.strip()) else _cells(line)
        yield from ((number, cell) for cell in cells if cell)
