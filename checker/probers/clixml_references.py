"""Remembers the objects of one CLIXML document by their numbers, for the references to them that follow."""

from array import array

from checker.model.answers import Json
from checker.probers.clixml_primitives import NotClixml

_LARGEST = 5_000_000  # PowerShell numbers objects one by one: 50 for each of 100,000 users

_CYCLE: Json = {"@text": "(cycle)"}  # an object inside itself is nothing JSON can say
_ONE_VALUE = 1 << 8
_NOT_GIVEN = object()
_LEFT_OUT = object()


class LeftOut(NotClixml):
    """The object was given, and not kept."""


class References:
    """Objects by their number. PowerShell counts them, so a list does; a dict would weigh as much as the rows."""

    def __init__(self) -> None:
        self._objects: list[Json] = []
        self._extents = array("Q")  # how many values, and how many levels in the last byte

    def __len__(self) -> int:
        return len(self._objects)

    def clear(self) -> None:
        self._objects.clear()
        del self._extents[:]

    def begin(self, reference: str) -> int:
        """The number of an object that has not ended."""
        number = _number(reference)
        if gap := number - len(self._objects):
            if number > _LARGEST:
                raise NotClixml("an object's number is out of all proportion")
            self._objects += [_NOT_GIVEN] * gap
            self._extents.extend([0] * gap)
        if gap < 0:
            self._objects[number] = _CYCLE
            self._extents[number] = _ONE_VALUE
        else:
            self._objects.append(_CYCLE)
            self._extents.append(_ONE_VALUE)
        return number

    def end(self, number: int, value: Json, values: int, levels: int) -> None:
        self._objects[number] = value
        self._extents[number] = values << 8 | levels

    def find(self, reference: str) -> tuple[Json, int, int]:
        """The object, how many values it holds, and in how many levels."""
        number = _number(reference)
        value = self._objects[number] if number < len(self._objects) else _NOT_GIVEN
        if value is _NOT_GIVEN:
            raise NotClixml("a reference to an object that was not given")
        if value is _LEFT_OUT:
            raise LeftOut("a reference to an object that was left out")
        return value, self._extents[number] >> 8, self._extents[number] & 0xFF

    def leave_out(self, first: int, end: int) -> None:
        self._objects[first:end] = [_LEFT_OUT] * (end - first)


def _number(reference: str) -> int:
    try:
        number = int(reference)
    except ValueError as exc:
        raise NotClixml("an object's number is no number") from exc
    if number < 0:
        raise NotClixml("an object's number is negative")
    return number
