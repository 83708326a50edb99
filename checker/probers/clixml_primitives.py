"""The simple values of CLIXML, one reader for each element of [MS-PSRP] 2.2.5.1, and the escapes of its texts."""

import math
import re
from collections.abc import Callable

from checker.model.answers import Json

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # [MS-PSRP] 2.2.5.3.2
_TYPE_NAMES = {str: "System.String", bool: "System.Boolean", int: "System.Int64", float: "System.Double"}


class NotClixml(ValueError):
    """What came is no CLIXML, or is deeper or larger than any honest answer."""


def unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    units = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    # Beyond the basic plane a character is two escapes, its UTF-16 surrogates.
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def type_name(value: Json) -> str:
    """The .NET type of a simple value that came without one."""
    return _TYPE_NAMES.get(type(value), "System.Object")


def _finite(text: str) -> float | str:
    number = float(text)
    return number if math.isfinite(number) else text


def _integer(text: str) -> int:
    number = int(text)
    if not -(2**63) <= number < 2**64:
        raise ValueError(text)
    return number


def _boolean(text: str) -> bool:
    if text == "true" or text == "false":
        return text == "true"
    if text.lower() not in {"true", "false"}:
        raise ValueError(text)
    return text.lower() == "true"


# Each takes the element's text; ValueError and OverflowError say that it is none of that type.
PRIMITIVES: dict[str, Callable[[str], Json]] = {
    "Nil": lambda text: None,
    "B": _boolean,
    "C": lambda text: chr(int(text)),
    "Sg": _finite,
    "Db": _finite,
    "SS": lambda text: "(secure string)",  # never kept, not even encrypted
    **dict.fromkeys(("S", "URI", "XD", "SBK"), unescaped),
    **dict.fromkeys(("By", "SB", "U16", "I16", "U32", "I32", "U64", "I64"), _integer),
    # Dates and durations are ISO 8601 on the wire; a decimal stays text, which keeps its digits.
    **dict.fromkeys(("DT", "TS", "D", "BA", "G", "Version"), str),
}
