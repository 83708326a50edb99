"""Reads CLIXML, the XML in which PowerShell serialises objects, into values that JSON can say.

The elements are those of [MS-PSRP] 2.2.5. One :class:`ClixmlReader` reads one document, or one message: types and
objects that were seen once are referred to afterwards (``TNRef``, ``Ref``), and the references end with the document.
A document of many objects can be read element by element, each dropped when it has been read.
"""

import math
import re
from collections.abc import Callable, Iterator

from lxml import etree

from checker.model.answers import Json

MAX_DEPTH = 48  # Export-Clixml's own default is 2: nothing honest comes near
MAX_VALUES = 20_000_000  # 100,000 users of 60 properties, three times over

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # [MS-PSRP] 2.2.5.3.2
_LISTS = frozenset({"LST", "IE", "QUE", "STK"})
_NAMED = frozenset({"Props", "MS"})
_ENUM = ("System.Enum", "Deserialized.System.Enum")


class NotClixml(ValueError):
    """What came is no CLIXML, or is deeper or larger than any honest answer."""


def parse_object(text: str) -> etree._Element:
    """The element of one serialised object. Raises :class:`NotClixml`; a DOCTYPE, and so an entity, is refused."""
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        element = etree.fromstring(text.encode("utf-8", "surrogatepass"), parser)
    except etree.XMLSyntaxError as exc:
        raise NotClixml(f"not XML: line {exc.lineno}, column {exc.offset}") from exc
    if element.getroottree().docinfo.internalDTD is not None:
        raise NotClixml("a document type is not allowed")
    return element


class ClixmlReader:
    """``max_values`` bounds what one document may hold, where a reference counts all that it stands for."""

    def __init__(self, max_values: int = MAX_VALUES) -> None:
        self._max_values = max_values
        self._types: dict[str, tuple[str, ...]] = {}
        self._objects: dict[str, tuple[Json, int]] = {}
        self._values = 0

    def rows(self, element: etree._Element) -> Iterator[dict[str, Json]]:
        """The rows of one top-level object; a bare string or number is a row of ``@type`` and ``@text``.
        Raises :class:`NotClixml`."""
        value = self.value(element)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                yield item
            elif item is not None:
                yield {"@type": _DOTNET.get(type(item), "System.Object"), "@text": str(item)}

    def value(self, element: etree._Element, depth: int = 0) -> Json:
        """One value: an enum is its name, a date ISO 8601, a nested object a row. Raises :class:`NotClixml`."""
        self._values += 1
        if depth > MAX_DEPTH:
            raise NotClixml("objects are nested too deep")
        if self._values > self._max_values:
            raise NotClixml("too many values")
        tag = _local(element)
        if tag == "Obj":
            return self._object(element, depth)
        if tag == "Ref":
            return self._referred(element)
        if tag in _LISTS:
            return [self.value(child, depth + 1) for child in element.iterchildren(etree.Element)]
        if tag == "DCT":
            return self._dictionary(element, depth)
        return _primitive(tag, element.text or "")

    def _object(self, element: etree._Element, depth: int) -> Json:
        before = self._values
        types: tuple[str, ...] = ()
        text: str | None = None
        properties: dict[str, Json] = {}
        content: list[etree._Element] = []
        if (reference := element.get("RefId")) is not None:
            self._objects[reference] = ({"@text": "(cycle)"}, 1)  # an object inside itself is nothing JSON can say
        for child in element.iterchildren(etree.Element):
            tag = _local(child)
            if tag == "TN":
                types = tuple(_unescaped(name.text or "") for name in child.iterchildren(etree.Element))
                self._types[child.get("RefId", "")] = types
            elif tag == "TNRef":
                types = self._types_referred(child)
            elif tag == "ToString":
                text = _unescaped(child.text or "")
            elif tag in _NAMED:
                for named in child.iterchildren(etree.Element):
                    properties[_unescaped(named.get("N", ""))] = self.value(named, depth + 1)
            else:
                content.append(child)
        value: Json
        if any(name in _ENUM for name in types) and text:
            value = text
        elif content:
            # A list or a plain value that carries properties of its own, such as a List's Capacity: they are dropped.
            value = self.value(content[0], depth + 1)
        else:
            value = properties
            if types:
                value["@type"] = types[0]
            if text is not None:
                value["@text"] = text
        if reference is not None:
            self._objects[reference] = (value, self._values - before)
        return value

    def _dictionary(self, element: etree._Element, depth: int) -> Json:
        entries: dict[str, Json] = {}
        for entry in element.iterchildren(etree.Element):
            key: Json = None
            value: Json = None
            for part in entry.iterchildren(etree.Element):
                if part.get("N") == "Key":
                    key = self.value(part, depth + 1)
                else:
                    value = self.value(part, depth + 1)
            entries[key if isinstance(key, str) else str(key)] = value
        return entries

    def _types_referred(self, element: etree._Element) -> tuple[str, ...]:
        try:
            return self._types[element.get("RefId", "")]
        except KeyError as exc:
            raise NotClixml("a reference to types that were not given") from exc

    def _referred(self, element: etree._Element) -> Json:
        try:
            value, values = self._objects[element.get("RefId", "")]
        except KeyError as exc:
            raise NotClixml("a reference to an object that was not given") from exc
        self._values += values
        return value


def _local(element: etree._Element) -> str:
    """The tag without the namespace that files have and messages lack."""
    return element.tag.rpartition("}")[2]


def _unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    units = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    # Beyond the basic plane a character is two escapes, its UTF-16 surrogates.
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _finite(text: str) -> float | str:
    number = float(text)
    return number if math.isfinite(number) else text


def _integer(text: str) -> int:
    number = int(text)
    if not -(2**63) <= number < 2**64:
        raise ValueError(text)
    return number


def _boolean(text: str) -> bool:
    if text.lower() not in {"true", "false"}:
        raise ValueError(text)
    return text.lower() == "true"


_DOTNET = {str: "System.String", bool: "System.Boolean", int: "System.Int64", float: "System.Double"}
_READERS: dict[str, Callable[[str], Json]] = {
    "Nil": lambda text: None,
    "B": _boolean,
    "C": lambda text: chr(int(text)),
    "Sg": _finite,
    "Db": _finite,
    "SS": lambda text: "(secure string)",  # never kept, not even encrypted
    **dict.fromkeys(("S", "URI", "XD", "SBK"), _unescaped),
    **dict.fromkeys(("By", "SB", "U16", "I16", "U32", "I32", "U64", "I64"), _integer),
    # Dates and durations are ISO 8601 on the wire; a decimal stays text, which keeps its digits.
    **dict.fromkeys(("DT", "TS", "D", "BA", "G", "Version"), str),
}


def _primitive(tag: str, text: str) -> Json:
    read = _READERS.get(tag)
    if read is None:
        raise NotClixml(f"an element <{tag[:20]}> is not known")
    try:
        return read(text)
    except (ValueError, OverflowError) as exc:
        raise NotClixml(f"<{tag}> holds no such value") from exc
