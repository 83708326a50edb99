"""One property of one object, whatever spelling the wire, the file or the module gave it.

PowerShell's property names have no case. A property that is missing, null, and False are three things: each reader says
what it does with absence, and raises ``Unreadable`` rather than guess.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from checker.model.answers import Json, Objects
from checker.model.undecided import Reason, Undecided, Unreadable

Row = Mapping[str, Json]
_ABSENT = object()


def all_of(answer: Objects, cmdlet: str) -> tuple[Row, ...]:
    """The rows of a list in which what is missing counts. Raises ``Undecided`` for a part of it: what is looked for
    could be in the rest.
    """
    if not answer.complete:
        raise Undecided(Reason.NO_ACCESS, f"{cmdlet} was read in part", needs=f"all objects of {cmdlet}")
    return answer.rows


def _find(row: Row, names: Sequence[str]) -> tuple[str, Json]:
    for name in names:
        if name in row:
            return name, row[name]
    found = _spelt_otherwise(tuple(names), tuple(row))
    return (found, row[found]) if found is not None else (names[0], _ABSENT)


@lru_cache(maxsize=256)  # the objects of one cmdlet have the same properties
def _spelt_otherwise(names: tuple[str, ...], properties: tuple[str, ...]) -> str | None:
    folded = {each.casefold(): each for each in properties}
    return next((folded[name.casefold()] for name in names if name.casefold() in folded), None)


def spelt(properties: tuple[str, ...], *names: str) -> tuple[str, ...]:
    """Each of the names as objects with these properties spell it; empty where they do not have it."""
    folded = {each.casefold(): each for each in reversed(properties)}
    return tuple(name if name in properties else folded.get(name.casefold(), "") for name in names)


def has(row: Row, *names: str) -> bool:
    """Whether the property is there at all, under any of its names; null counts as there."""
    return _find(row, names)[1] is not _ABSENT


def raw(row: Row, *names: str) -> Json:
    """The value as it came. Raises ``Unreadable`` when the property is absent under every one of its names."""
    name, value = _find(row, names)
    if value is _ABSENT:
        raise Unreadable(f"the object has no property {name}")
    return value


def flag(row: Row, *names: str) -> bool:
    """A switch: ``true`` or ``"True"``. Raises ``Unreadable`` when absent, null or anything else."""
    value = raw(row, *names)
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().casefold() in ("true", "false"):
        return value.strip().casefold() == "true"
    raise Unreadable(f"{names[0]} is neither True nor False")


def text(row: Row, *names: str) -> str:
    """A string, or an object that stands for one (Fqdn, Guid, XdsIdentity: its string form); empty for null.

    Raises ``Unreadable`` when absent, or a list, or an object without a string form.
    """
    value = row.get(names[0])
    if type(value) is str:  # nearly always, and asked of every property of 100,000 users
        return value.strip()
    return scalar(raw(row, *names), names[0])


def text_or_empty(row: Row, name: str) -> str:
    """As :func:`text`, empty where the property is absent."""
    value = row.get(name)
    if type(value) is str:
        return value.strip()
    value = _find(row, (name,))[1]
    return "" if value is _ABSENT else scalar(value, name)


def scalar(value: Json, name: str) -> str:
    """As :func:`text`, of a value that is at hand; ``name`` is what the error calls it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping) and isinstance(value.get("@text"), str):
        return str(value["@text"]).strip()
    raise Unreadable(f"{name} cannot be read as text")


def version(row: Row, *names: str) -> str:
    """As :func:`text`, of a System.Version: ConvertTo-Json makes an object of numbers of it, -1 for a part that is not
    there.
    """
    value = raw(row, *names)
    if isinstance(value, Mapping) and has(value, "Major"):
        parts = [text(value, part) for part in ("Major", "Minor", "Build", "Revision") if has(value, part)]
        return ".".join(part for part in parts if part != "-1")
    return scalar(value, names[0])


def items(row: Row, *names: str) -> tuple[Json, ...]:
    """A list, in whatever form it arrived: one element bare, empty as null or as an empty string.

    Raises ``Unreadable`` when absent.
    """
    value = raw(row, *names)
    if value is None or value == "":
        return ()
    if isinstance(value, list | tuple):
        return tuple(value)
    return (value,)


def texts(row: Row, *names: str) -> tuple[str, ...]:
    """A list of strings, in order. Raises ``Unreadable`` as :func:`items` and :func:`text`."""
    return tuple(scalar(value, names[0]) for value in items(row, *names))


def named(values: Iterable[str], nothing: str = "none") -> str:
    """For what a finding shows: ``a, b``."""
    return ", ".join(values) or nothing
