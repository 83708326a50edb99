"""Reads a JSON file, as ConvertTo-Json writes it or Microsoft Graph sends it, object by object."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

import msgspec

from checker.model.answers import Json
from checker.probers.clixml import MAX_DEPTH, MAX_VALUES, value_rows
from checker.probers.evidence_files.encodings import NotReadable, Utf8
from checker.probers.property_names import PropertyNames

LARGEST = 512 << 20  # bytes, all of them in memory; 100,000 users of 60 properties in UTF-16 are 400 MB

_MAX_SHARED = 4096  # texts that are stored once, however often they come
_BYTE = re.compile(r"\(byte (\d+)\)$")  # how msgspec says where
_DATE = re.compile(r"/Date\((-?\d{1,15})(?:[+-]\d{4})?\)/")  # milliseconds since 1970, UTC; the offset is for show
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# Objects stay the text they are until their turn, so that no more than one is there with all its properties.
_OUTERMOST = msgspec.json.Decoder(list[msgspec.Raw] | dict[str, msgspec.Raw] | str | int | float | bool | None)
_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_VALUE = msgspec.json.Decoder()


class JsonFile:
    """Iterates over the rows. ``is_complete`` turns false when the file says that it is one page of several. Raises
    :class:`NotReadable`."""

    def __init__(self, raw: BinaryIO, keep: frozenset[str] | None) -> None:
        self.is_complete = True
        self._text = Utf8(raw, LARGEST)
        self._buffer = bytearray()
        self._names = PropertyNames(None if keep is None else keep | {"@type", "@text"})
        self._shared: dict[str, str] = {}

    def __iter__(self) -> Iterator[dict[str, Json]]:
        for piece in self._text:
            self._buffer += piece
        if self._buffer.isspace():
            raise NotReadable("the file is empty")
        if self._buffer.count(b",") > MAX_VALUES:
            raise NotReadable("too many values")
        for item in self._items():
            try:
                value = _VALUE.decode(item) if isinstance(item, msgspec.Raw) else item
                for row in value_rows(_unwrapped(value)):
                    yield self._row(row)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, _TooDeep) as exc:
                what = "nested too deep" if isinstance(exc, RecursionError | _TooDeep) else "not JSON"
                start = self._buffer.find(bytes(item))
                raise NotReadable(f"{what}: in what begins at byte {self._position(start):,}") from exc

    def _items(self) -> Sequence[Json]:
        try:
            found = _OUTERMOST.decode(self._buffer)
            return self._page(found) if isinstance(found, dict) else found if isinstance(found, list) else [found]
        except RecursionError as exc:
            raise NotReadable("nested too deep") from exc
        except (msgspec.DecodeError, UnicodeDecodeError) as exc:
            said = _BYTE.search(str(exc))
            where = f"byte {self._position(int(said[1])):,}" if said else "it is cut off, or has half a surrogate pair"
            raise NotReadable(f"not JSON: {where}") from exc

    def _page(self, found: dict[str, msgspec.Raw]) -> Sequence[Json]:
        """The items of ``{"value": [...]}``, if all that stands beside them is a Count, as Windows PowerShell adds it,
        or annotations, as Graph sends them; else the object itself."""
        others = found.keys() - {"value"}
        is_page = "value" in found and all(name == "Count" or name.startswith("@") for name in others)
        if not (is_page and bytes(found["value"]).startswith(b"[")):
            return [msgspec.Raw(self._buffer)]
        # @odata.nextLink of Graph, @nextLink of the Teams service: null, or absent, on the last page.
        links = [found[name] for name in others if name.startswith("@") and name.endswith("nextLink")]
        self.is_complete = all(bytes(link) == b"null" for link in links)
        return _LIST.decode(found["value"])

    def _position(self, index: int) -> int:
        return self._text.position(memoryview(self._buffer)[:index])

    def _row(self, found: dict[str, Json]) -> dict[str, Json]:
        if len(self._shared) > _MAX_SHARED:
            self._shared.clear()
        row: dict[str, Json] = {}
        for key, value in found.items():
            if (name := self._names[key]) is None:
                continue
            if type(value) is str:
                text = _dated(value)
                row[name] = self._shared.setdefault(text, text)
            else:
                row[name] = _plain(value, 1)
        return row


class _TooDeep(ValueError):
    """Deeper than any honest answer."""


def _plain(value: Json, depth: int) -> Json:
    """The value with every date as ISO 8601, and without what ConvertTo-Json wraps around values."""
    if isinstance(value, str):
        return _dated(value)
    if not isinstance(value, dict | list):
        return value
    if depth > MAX_DEPTH:
        raise _TooDeep
    if isinstance(value, list):
        return [_plain(item, depth + 1) for item in value]
    found = _unwrapped(value)
    if found is value:
        return {key: _plain(item, depth + 1) for key, item in value.items()}
    return _plain(found, depth + 1)


def _unwrapped(found: Json) -> Json:
    """What Windows PowerShell's ConvertTo-Json wrote as an object, because its type system adds properties to it."""
    if not isinstance(found, dict) or "value" not in found:
        return found
    value, others = found["value"], found.keys() - {"value"}
    if others == {"Count"} and isinstance(value, list):  # github.com/PowerShell/PowerShell/issues/5579
        return value
    if others == {"Value"} and isinstance(found["Value"], str):  # github.com/cisagov/ScubaGear/issues/135: an enum
        return found["Value"]
    if "DateTime" in others and others <= {"DateTime", "DisplayHint"} and isinstance(value, str):
        return value
    return found


def _dated(text: str) -> str:
    """What Windows PowerShell writes for a date, as ISO 8601 in UTC; any other text as it is."""
    if not text.startswith("/Date(") or not (date := _DATE.fullmatch(text)):
        return text
    try:
        moment = _EPOCH + timedelta(milliseconds=int(date[1]))
    except OverflowError:
        return text
    return moment.isoformat().replace("+00:00", "Z")
