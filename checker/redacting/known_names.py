"""Finds any of very many names in a text: where one stands alone, and not as a part of another."""

import re
from collections.abc import Iterator, Mapping, Set

_WORD = re.compile(r"\w+")
# An address or a name goes on across these, where a word stands on their other side.
_JOINS_BEFORE = frozenset(".-+&'")
_JOINS_AFTER = frozenset(".-+&@%")
_ENDING = re.compile(r"\.(?:json|xml|clixml|csv|txt|zip|log|toml|ps1|pfx|cer)\b")
_QUOTES = frozenset("'\"`\u2018\u2019")


class KnownNames:
    """``meanings``: names in lower case, and what they mean. Those in ``common`` are words of any text as well: they
    are found within quotes and after a backslash only.

    Names are looked up by their first word, so that their number does not slow the reading of a text.
    """

    def __init__(self, meanings: Mapping[str, str], common: Set[str] = frozenset()) -> None:
        self._meanings = meanings
        self._common = common
        self._shapes: dict[
            str, tuple[tuple[int, int], ...]
        ] = {}  # where the first word stands, how long; longest first
        shared: dict[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]] = {}
        for name in meanings:
            if word := _WORD.search(name):
                shapes = self._shapes.get(word[0], ())
                if (shape := (word.start(), len(name))) not in shapes:
                    more = tuple(sorted((*shapes, shape), key=lambda each: -each[1]))
                    self._shapes[word[0]] = shared.setdefault(more, more)

    def found(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and meaning of each name, from left to right; of names that begin together the longest."""
        lowered = text.lower()
        if len(lowered) != len(text):  # a few letters are longer in lower case: then places would not agree
            lowered = "".join(low if len(low := each.lower()) == 1 else each for each in text)
        done = 0
        for word in _WORD.finditer(lowered):
            for before, length in self._shapes.get(word[0], ()):
                start = word.start() - before
                end = start + length
                name = lowered[max(start, 0) : end]
                if start < done or name not in self._meanings or not _stands_alone(lowered, start, end):
                    continue
                if name in self._common and not _is_set_off(lowered, start, end):
                    continue
                yield start, end, self._meanings[name]
                done = end
                break


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[max(start - 2, 0) : start], text[end : end + 3]
    if before and (_is_word(before[-1]) and _is_word(text[start])):
        return False
    if len(before) == 2 and before[1] in _JOINS_BEFORE and _is_word(before[0]):
        return False
    if not after:
        return True
    if _is_word(after[0]):
        return not _is_word(text[end - 1])
    if after[0] == "'":  # Grace.O in Grace.O'Neill, but not Anna in Anna's
        return not (len(after) == 3 and _is_word(after[1]) and _is_word(after[2]))
    if after[0] in _JOINS_AFTER and len(after) > 1 and _is_word(after[1]):
        return _ENDING.match(text, end) is not None
    return True


def _is_set_off(text: str, start: int, end: int) -> bool:
    return start > 0 and (text[start - 1] == "\\" or (text[start - 1] in _QUOTES and text[end : end + 1] in _QUOTES))


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"
