"""Writes PowerShell objects as CLIXML, the serialisation of PowerShell remoting ([MS-PSRP] 2.2.5).

Strings are put together directly, since results of 100,000 users are asked for: a tree of elements costs ten times as
much.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from checker.lab.powershell_objects import Enumeration, Thing, Value, Version

# [MS-PSRP] 2.2.5.3.2: control characters, each half of a surrogate pair, and an underscore that could start an escape;
# and what XML itself wants escaped.
_ESCAPED = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff\U00010000-\U0010ffff]|_(?=[xX])|[&<>"]')
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}

_ARRAY_LIST = ("System.Collections.ArrayList", "System.Object")
_ENUM_BASES = ("System.Enum", "System.ValueType", "System.Object")
_NOTE_OBJECT = "System.Management.Automation.PSCustomObject"  # all its properties are notes, so they go into MS


def clixml(value: Value) -> bytes:
    """One object as the payload of a PIPELINE_OUTPUT message, references starting anew."""
    return _Writer().element(value, "").encode()


def clixml_document(values: Iterable[Value], depth: int) -> str:
    """As Export-Clixml writes them into one file: references go on from object to object, and an object that lies
    ``depth`` levels deep in another is left as its text. A list is no level.
    """
    writer = _Writer()
    objects = "".join(f"  {writer.element(_cut_off(value, depth), '')}\r\n" for value in values)
    return f'<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">\r\n{objects}</Objs>'


def _cut_off(value: Value, levels: int) -> Value:
    match value:
        case Thing() | Enumeration() if levels == 0:
            return str(value)
        case Thing():
            return replace(value, properties={n: _cut_off(each, levels - 1) for n, each in value.properties.items()})
        case list() | tuple():
            return [_cut_off(each, levels) for each in value]
        case _:
            return value


class _Writer:
    """One serialisation. Type names are written once and referred to by number after that."""

    def __init__(self) -> None:
        self._objects = 0
        self._type_names: dict[tuple[str, ...], int] = {}

    def element(self, value: Value, name: str) -> str:
        """``name`` is the property's name; empty for an object by itself and for an item of a list."""
        named = f' N="{_text(name)}"' if name else ""
        match value:
            case str():
                return f"<S{named}>{_text(value)}</S>"
            case None:
                return f"<Nil{named}/>"
            case bool():
                return f"<B{named}>{str(value).lower()}</B>"
            case int():
                tag = "I32" if -(2**31) <= value < 2**31 else "I64"
                return f"<{tag}{named}>{value}</{tag}>"
            case datetime():
                return f"<DT{named}>{_timestamp(value)}</DT>"
            case UUID():
                return f"<G{named}>{value}</G>"
            case Version(text):
                return f"<Version{named}>{_text(text)}</Version>"
            case Enumeration(type_name, label, number):
                body = f"<ToString>{_text(label)}</ToString><I32>{number}</I32>"
                return self._object(named, (type_name, *_ENUM_BASES), lambda: body)
            case Thing():
                return self._object(named, value.type_names, lambda: self._properties(value))
            case list() | tuple():
                return self._object(named, _ARRAY_LIST, lambda: f"<LST>{self._items(value)}</LST>")

    def _object(self, named: str, type_names: tuple[str, ...], body: Callable[[], str]) -> str:
        reference, self._objects = self._objects, self._objects + 1
        return f'<Obj{named} RefId="{reference}">{self._types(type_names)}{body()}</Obj>'

    def _types(self, type_names: tuple[str, ...]) -> str:
        if not type_names:
            return ""
        if (known := self._type_names.get(type_names)) is not None:
            return f'<TNRef RefId="{known}"/>'
        number = self._type_names[type_names] = len(self._type_names)
        return f'<TN RefId="{number}">{"".join(f"<T>{_text(name)}</T>" for name in type_names)}</TN>'

    def _properties(self, thing: Thing) -> str:
        text = f"<ToString>{_text(thing.text)}</ToString>" if thing.text else ""
        bag = "MS" if _NOTE_OBJECT in thing.type_names else "Props"
        return f"{text}<{bag}>{''.join(self.element(value, name) for name, value in thing.properties.items())}</{bag}>"

    def _items(self, items: Iterable[Value]) -> str:
        return "".join(self.element(item, "") for item in items)


def _text(text: str) -> str:
    return _ESCAPED.sub(_escape, text) if _ESCAPED.search(text) else text


def _escape(match: re.Match[str]) -> str:
    if entity := _ENTITIES.get(match.group()):
        return entity
    units = match.group().encode("utf-16-be", "surrogatepass").hex().upper()
    return "".join(f"_x{units[i : i + 4]}_" for i in range(0, len(units), 4))


def _timestamp(moment: datetime) -> str:
    """As .NET's round-trip format: seven digits of a second, and ``Z`` where UTC. Without a zone, none is claimed."""
    base = f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond:06d}0"
    offset = moment.strftime("%z")
    if not offset:
        return base
    return f"{base}Z" if offset == "+0000" else f"{base}{offset[:3]}:{offset[3:]}"
