"""Security identifiers in the forms in which PowerShell hands them over: text, an object, or the bytes themselves."""

import base64
import binascii
import re

from checker.model.answers import Json
from checker.model.undecided import Unreadable
from checker.readings import rows

_TEXT = re.compile(r"S-1(-\d+){2,}", re.IGNORECASE)
_MOST_TEXT = 8 * 68  # 68 bytes are the longest SID: [MS-DTYP] 2.4.2.2


def sid(value: Json, name: str) -> str:
    """``S-1-5-21-...``; empty for null. Raises ``Unreadable``, naming the property, for what is none."""
    if type(value) is str and _TEXT.fullmatch(value):
        return value.upper()
    if isinstance(value, list | tuple):
        # Bytes one by one, or a collection of one value.
        if len(value) == 1:
            return sid(value[0], name)
        if value and all(isinstance(each, int) and 0 <= each < 256 for each in value):
            return _from_bytes(bytes(value), name)
    if isinstance(value, dict) and rows.has(value, "Value"):
        value = rows.raw(value, "Value")
    text = rows.scalar(value, name)
    if not text or _TEXT.fullmatch(text):
        return text.upper()
    try:
        return _from_bytes(base64.b64decode(text[:_MOST_TEXT], validate=True), name)
    except (binascii.Error, ValueError) as exc:
        raise Unreadable(f"{name} is no SID") from exc


def _from_bytes(raw: bytes, name: str) -> str:
    """[MS-DTYP] 2.4.2.2: revision, number of sub-authorities, authority big-endian, sub-authorities little-endian."""
    if len(raw) < 12 or raw[0] != 1 or len(raw) != 8 + 4 * raw[1]:
        raise Unreadable(f"{name} is no SID")
    authority = int.from_bytes(raw[2:8], "big")
    parts = (int.from_bytes(raw[at : at + 4], "little") for at in range(8, len(raw), 4))
    return "-".join(["S-1", str(authority), *map(str, parts)])
