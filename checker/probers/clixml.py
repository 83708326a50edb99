"""Reads CLIXML, the XML in which PowerShell serialises objects, into values that JSON can say.

The elements are those of [MS-PSRP] 2.2.5. One :class:`ClixmlReader` reads one document after the other, a file or a
message: types and objects that were seen once are referred to afterwards (``TNRef``, ``Ref``), and the references end
with the document. A document of many objects can be read element by element, each dropped when it has been read.

100,000 users are two million elements, so what is asked of each is kept to its tag, its name and its text.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from checker.model.answers import Json
from checker.probers.clixml_primitives import PRIMITIVES, NotClixml, type_name, unescaped
from checker.probers.clixml_references import LeftOut, References
from checker.probers.property_names import PropertyNames

__all__ = ["ClixmlReader", "NotClixml", "parse_object"]

NAMESPACE = "http://schemas.microsoft.com/powershell/2004/04"  # [MS-PSRP] 2.2.5: files have it, messages lack it

MAX_DEPTH = 48  # Export-Clixml's own default is 2: nothing honest comes near
MAX_VALUES = 20_000_000  # 100,000 users of 60 properties, three times over
_MAX_LEFT_OUT = 10_000  # values of properties that are not kept
_MAX_SHARED = 4096  # texts that are stored once, however often they come

_LISTS = frozenset({"LST", "IE", "QUE", "STK"})
_STRUCTURE = ("Obj", "Ref", "TN", "TNRef", "ToString", "Props", "MS", "DCT", *_LISTS)
_TOO_DEEP = "objects are nested too deep"
_PREFIXES = ("", f"{{{NAMESPACE}}}")
_LOCAL = {f"{prefix}{tag}": tag for tag in (*_STRUCTURE, *PRIMITIVES) for prefix in _PREFIXES}
_SIMPLE = {f"{prefix}{tag}": read for tag, read in PRIMITIVES.items() for prefix in _PREFIXES}
_STRING, _STRING_IN_FILE = (f"{prefix}S" for prefix in _PREFIXES)  # nine values out of ten
_OBJECTS = frozenset(f"{prefix}Obj" for prefix in _PREFIXES)
_TYPES = frozenset(f"{prefix}TN" for prefix in _PREFIXES)
LINKS = (*_TYPES, *(f"{prefix}Ref" for prefix in _PREFIXES))  # what makes one object depend on another
_ENUM = frozenset({"System.Enum", "Deserialized.System.Enum"})

# References stay unresolved and comments vanish, so that an element's text is all of its text.
SAFE: dict[str, Any] = {
    "encoding": "utf-8",
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,
}
_PARSER = etree.XMLParser(**SAFE)  # lxml lets one thread at a time use it


def parse_object(text: str) -> etree._Element:
    """The element of one serialised object. Raises :class:`NotClixml`; a DOCTYPE, and so an entity, is refused."""
    data = text.encode("utf-8", "surrogatepass")
    refuse_document_type(data)
    try:
        return etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as exc:
        raise NotClixml(f"not XML: {position(exc)}") from exc


def position(error: etree.XMLSyntaxError) -> str:
    return "line {:,}, column {:,}".format(*error.position)


def refuse_document_type(data: bytes) -> None:
    """Before it is parsed: the word is nowhere else in CLIXML, which escapes every ``<`` that is text."""
    if b"<!DOCTYPE" in data:
        raise NotClixml("a document type is not allowed")


_Types = tuple[str, bool]  # the first name, and whether it is an enum's


class ClixmlReader:
    """``max_values`` bounds what one document may hold, where a reference counts all that it stands for. ``keep``: the
    properties of a row that will be read, casefolded; ``None`` keeps all. ``@type`` is always kept, ``@text`` where it
    is asked for or is all there is to read."""

    def __init__(self, max_values: int = MAX_VALUES, keep: frozenset[str] | None = None) -> None:
        self._max_values = max_values
        self._names = PropertyNames(None, unescaped)
        self._kept = PropertyNames(keep, unescaped) if keep is not None else self._names
        self._keeps_text = keep is None or "@text" in keep
        self._shared: dict[str | tuple[str, str], Json] = {}
        self._known_types: dict[tuple[str, int], _Types] = {}
        self._types: dict[str, _Types] = {}
        self._objects = References()
        self._unkept: list[tuple[int, int]] = []  # in this row, from which object to which
        self.begin()

    def begin(self, is_one_object: bool = False) -> None:
        """What comes is another document, whose references start anew."""
        self._types.clear()
        self._objects.clear()
        self._unkept.clear()
        self._values = 0
        self._deepest = 0  # level that the object under way has reached
        # How many more values are remembered though they are not kept, in case a later object refers to them.
        self._spare = 0 if is_one_object else _MAX_LEFT_OUT
        self._skips_unkept = False
        self._is_kept = True
        self._lacks_something = False

    def rows(self, element: etree._Element, may_link: bool = True) -> Iterable[dict[str, Json]]:
        """The rows of one top-level object; a bare string or number is a row of ``@type`` and ``@text``, a list's items
        are rows. ``may_link`` is false when it is known that none of :data:`LINKS` is inside. Raises
        :class:`NotClixml`."""
        if len(self._shared) > _MAX_SHARED:
            self._shared.clear()
        if self._spare <= 0:
            self._skip_unkept(list(element.iter(*LINKS)) if may_link else [])
        self._unkept.clear()
        self._count(1)
        value = self._value(element, 0, self._kept)
        return (value,) if isinstance(value, dict) else value_rows(value)

    def value(self, element: etree._Element) -> Json:
        """One value: an enum is its name, a date ISO 8601, a nested object a row. Raises :class:`NotClixml`."""
        return self._value(element, 0, self._names)

    def note_types(self, element: etree._Element) -> None:
        """Remembers the types of an object whose items are read one by one."""
        for types in element.iterchildren(*_TYPES):
            self._types_given(types)

    def _count(self, values: int) -> None:
        self._values += values
        if self._values > self._max_values:
            raise NotClixml("too many values")

    def _reach(self, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise NotClixml(_TOO_DEEP)
        if depth > self._deepest:
            self._deepest = depth

    def _value(self, element: etree._Element, depth: int, names: PropertyNames) -> Json:
        tag = _LOCAL.get(element.tag)
        if tag == "Obj":
            return self._object(element, depth, names)
        if tag in PRIMITIVES:
            return _simple(element)
        self._reach(depth)
        if tag == "Ref":
            return self._referred(element, depth)
        if tag in _LISTS:
            self._count(len(element))
            return [self._value(child, depth + 1, names) for child in element]
        if tag == "DCT":
            return self._dictionary(element, depth)
        raise NotClixml(f"<{tag}> is no value" if tag else "an element that CLIXML does not have")

    def _object(self, element: etree._Element, depth: int, names: PropertyNames) -> Json:
        if depth > MAX_DEPTH:
            raise NotClixml(_TOO_DEEP)
        before, deepest = self._values, self._deepest
        self._deepest = depth
        if (reference := element.get("RefId")) is None:
            value = self._content(element, depth, names)
        else:
            number = self._objects.begin(reference)
            value = self._content(element, depth, names)
            self._objects.end(number, value, self._values - before + 1, self._deepest - depth)
        if deepest > self._deepest:
            self._deepest = deepest
        return value

    def _content(self, element: etree._Element, depth: int, names: PropertyNames) -> Json:
        type_name, is_enum = "", False
        text: str | None = None
        properties: dict[str, Json] = {}
        content: etree._Element | None = None
        for child in element:
            tag = _LOCAL.get(child.tag)
            if tag == "TNRef" or (tag == "TN" and self._skips_unkept):
                try:
                    type_name, is_enum = self._types[child.get("RefId", "")]
                except KeyError as exc:
                    raise NotClixml("a reference to types that were not given") from exc
            elif tag == "Props" or tag == "MS":
                self._read_properties(child, properties, depth + 1, names)
            elif tag == "TN":
                type_name, is_enum = self._types_given(child)
            elif tag == "ToString":
                text = unescaped(child.text or "")
            elif content is None:
                content = child
        if is_enum and text:
            return self._shared.setdefault(text, text)
        if content is not None:
            # A list or a plain value that carries properties of its own, such as a List's Capacity: they are dropped.
            return self._value(content, depth + 1, names)
        if text is not None and not properties:
            return self._named_only(type_name, text)
        if type_name:
            properties["@type"] = type_name
        if text is not None and (names is self._names or self._keeps_text):
            properties["@text"] = text
        return properties

    def _named_only(self, type_name: str, text: str) -> Json:
        """An object of which only its string form came, such as a pool: there are many users, and few pools."""
        found = self._shared.get((type_name, text))
        if found is None:
            found = {"@type": type_name, "@text": text} if type_name else {"@text": text}
            self._shared[type_name, text] = found
        return found

    def _read_properties(self, bag: etree._Element, row: dict[str, Json], depth: int, names: PropertyNames) -> None:
        self._count(len(bag))
        share = self._shared.setdefault
        for element in bag:
            name = names[element.get("N", "")]
            if name is None:
                if not self._skips_unkept and len(element):
                    self._read_unkept(element, depth)
                continue
            tag = element.tag
            if tag in (_STRING_IN_FILE, _STRING):
                text = element.text or ""
                if "_x" in text:
                    text = unescaped(text)
                row[name] = share(text, text)
            elif tag in _SIMPLE:
                row[name] = _simple(element)
            elif tag in _OBJECTS:
                row[name] = self._object(element, depth, self._names)
            else:
                row[name] = self._value(element, depth, self._names)

    def _read_unkept(self, element: etree._Element, depth: int) -> None:
        """For the sake of the types and objects inside, which what is kept may refer to."""
        first, before = len(self._objects), self._values
        self._is_kept = self._lacks_something = False
        self._value(element, depth, self._names)
        self._is_kept = True
        if self._lacks_something:
            self._objects.leave_out(first, len(self._objects))
        else:
            self._spare -= self._values - before + 1
            self._unkept.append((first, len(self._objects)))

    def _skip_unkept(self, links: list[etree._Element]) -> None:
        """Objects that many rows share come early. Once many are remembered, each row's own go when it has ended, and
        are not read at all where nothing refers to them."""
        for first, end in self._unkept:
            self._objects.leave_out(first, end)
        self._skips_unkept = all(link.tag in _TYPES for link in links)
        if self._skips_unkept:
            for types in links:
                self._types_given(types)

    def _dictionary(self, element: etree._Element, depth: int) -> Json:
        self._count(len(element))
        entries: dict[str, Json] = {}
        for entry in element:
            key: Json = None
            value: Json = None
            for part in entry:
                if part.get("N") == "Key":
                    key = self._value(part, depth + 1, self._names)
                else:
                    value = self._value(part, depth + 1, self._names)
            entries[key if isinstance(key, str) else str(key)] = value
        return entries

    def _types_given(self, element: etree._Element) -> _Types:
        # A type's ancestors follow from its name, so they are looked at once.
        key = (element[0].text or "", len(element)) if len(element) else ("", 0)
        found = self._known_types.get(key)
        if found is None:
            found = unescaped(key[0]), any(name.text in _ENUM for name in element)
            if len(self._known_types) < _MAX_SHARED:
                self._known_types[key] = found
        self._types[element.get("RefId", "")] = found
        return found

    def _referred(self, element: etree._Element, depth: int) -> Json:
        try:
            value, values, levels = self._objects.find(element.get("RefId", ""))
        except LeftOut:
            if self._is_kept:
                raise
            self._lacks_something = True
            return None
        self._count(values)
        self._reach(depth + levels)
        return value


def value_rows(value: Json, depth: int = 0) -> Iterator[dict[str, Json]]:
    """A value as rows: those of a list's items one by one; nothing for null. Raises :class:`NotClixml` for lists that
    lie too deep in each other."""
    if depth > MAX_DEPTH:
        raise NotClixml("lists are nested too deep")
    if isinstance(value, dict):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from value_rows(item, depth + 1)
    elif value is not None:
        yield {"@type": type_name(value), "@text": str(value)}


def _simple(element: etree._Element) -> Json:
    try:
        return _SIMPLE[element.tag](element.text or "")
    except (ValueError, OverflowError) as exc:
        raise NotClixml(f"<{_LOCAL[element.tag]}> holds no such value") from exc
