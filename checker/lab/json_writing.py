"""Writes PowerShell objects as ConvertTo-Json of Windows PowerShell 5.1 does."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from checker.lab.powershell_objects import Enumeration, Thing, Value, Version

# JavaScriptSerializer, which Windows PowerShell writes with: safe inside HTML, and otherwise as it is.
_ESCAPED = {ord(char): f"\\u{ord(char):04x}" for char in "'<>&"}


def json_document(values: Sequence[Value], depth: int) -> str:
    """One object bare, several as a list; none as an empty one, as ``ConvertTo-Json @(...)`` has it.

    What lies deeper than ``depth`` is left as its text. A list is a level too, the one around all objects included, so
    that several are cut off one level earlier than one. Enumerations have their names, as ``Select-Object`` hands them
    over where the property is calculated as a string; bare they would be numbers.
    """
    return json_text(_plain(values[0], depth) if len(values) == 1 else _plain(list(values), depth))


def json_text(plain: Any) -> str:
    """Lists and dictionaries laid out as ConvertTo-Json lays them out."""
    text = json.dumps(plain, indent=4, ensure_ascii=False, separators=(",", ":  "))
    return text.translate(_ESCAPED).replace("\n", "\r\n")


def _plain(value: Value, levels: int) -> Any:
    """``levels``: how many there may still be below this one."""
    match value:
        case Enumeration():
            return value.name
        case datetime():
            return f"/Date({int(value.timestamp() * 1000)})/"
        case UUID():
            return str(value)
        case Thing() | Version() | list() | tuple() if levels < 0:
            return _text(value)
        case Thing():
            return {name: _plain(each, levels - 1) for name, each in value.properties.items()}
        case list() | tuple():
            return [_plain(each, levels - 1) for each in value]
        case Version(text):
            numbers = [*map(int, text.split(".")), -1, -1][:4]  # -1: a part that the version does not have
            return dict(zip(("Major", "Minor", "Build", "Revision"), numbers, strict=True))
        case _:
            return value


def _text(value: Value) -> str:
    """As PowerShell casts to a string: a list is the texts of its items with spaces between."""
    if isinstance(value, list | tuple):
        return " ".join(map(_text, value))
    return "" if value is None else str(value)
