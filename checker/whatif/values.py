"""A value as it is written on a command line, typed like the one it takes the place of."""

import json

import msgspec

from checker.model.answers import Json

_SWITCHES = {"true": True, "$true": True, "false": False, "$false": False}
_NOTHING = ("null", "$null")


def read_value(written: str) -> Json:
    """True, false, null, a number or other JSON; everything else is text."""
    folded = written.strip().casefold()
    if folded in _SWITCHES:
        return _SWITCHES[folded]
    if folded in _NOTHING:
        return None
    try:
        return msgspec.json.decode(written)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return written


def typed_like(present: Json, written: str) -> Json:
    """Raises ``ValueError`` with what is wanted when the text is no value of that kind; null fits everywhere."""
    value = read_value(written)
    if value is None or present is None:
        return value
    if isinstance(present, bool):
        return _of_kind(value, bool, "true or false")
    if isinstance(present, int | float):
        return _of_kind(value, (int, float), "a number")
    if isinstance(present, str):
        if isinstance(value, bool) and present.casefold() in _SWITCHES:
            return str(value)  # a switch as files have it
        return value if isinstance(value, str) else written
    if isinstance(present, list | tuple):
        return value if isinstance(value, list) else [value]
    if isinstance(value, dict) or "@text" not in present:
        return _of_kind(value, dict, "a JSON object")
    return written  # an object that stands for a text: an FQDN, a version


def _of_kind(value: Json, kind: type | tuple[type, ...], wanted: str) -> Json:
    if isinstance(value, kind) and not (isinstance(value, bool) and kind is not bool):
        return value
    raise ValueError(wanted)


def shown(value: Json) -> str:
    """On one line, as it could be written again."""
    return value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False)
