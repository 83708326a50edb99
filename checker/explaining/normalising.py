"""A paste in the forms in which it is searched: no matter which console wrapped it, in which script it was typed.

The console wraps lines in the middle of words and documents were typeset with quotes and brackets of their own, so an
error is looked for without its white space, and a published sentence by its letters alone. A line keeps its place, for
who is meant stands on the lines of the error.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate

LONGEST = 8 << 20  # characters of a paste that are looked at: the log of some 10,000 moves

_PIECE = 1 << 18  # characters
_ESCAPE_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")  # ECMA-48 5.4: what PowerShell 7 colours its errors with
_QUOTES = str.maketrans(dict.fromkeys("‘’‚‛`´′", "'") | dict.fromkeys("“”„«»″", '"'))  # noqa: RUF001 - these it replaces
_NO_LETTERS = re.compile(r"[\W\d_]+")


def normalised(text: str) -> str:
    """NFKC, so that full-width brackets and digits become ASCII; plain quotes; no control characters but line ends.

    Quotes are replaced first, for NFKC takes some of them apart.
    """
    text = _ESCAPE_SEQUENCE.sub("", text[:LONGEST]).translate(_QUOTES)
    text = _composed(text)
    if text.isascii() and text.isprintable():
        return text
    lines = text.splitlines()
    return "\n".join(line if line.isprintable() else _without_controls(line) for line in lines)


def _composed(text: str) -> str:
    """Piece by piece: one sign may become eighteen."""
    if text.isascii():
        return text
    pieces: list[str] = []
    size = 0
    for start in range(0, len(text), _PIECE):
        pieces.append(unicodedata.normalize("NFKC", text[start : start + _PIECE]))
        size += len(pieces[-1])
        if size >= LONGEST:
            break
    return "".join(pieces)[:LONGEST]


def _without_controls(line: str) -> str:
    """Zero-width and bidirectional signs are among them, the zeros of a wrongly read UTF-16, and broken bytes."""
    return "".join(c for c in line if c == "\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))


def collapsed(text: str) -> str:
    """One line, a single space for any white space."""
    return " ".join(text.split())


def packed(text: str) -> str:
    """No white space at all, lower case."""
    return "".join(text.split()).lower()


def letters(text: str) -> str:
    """Only its letters, of any script, lower case."""
    return _NO_LETTERS.sub("", text.lower())


class Form:
    """Lines run together into ``text``, which can tell the line that any of its characters came from."""

    def __init__(self, lines: Iterable[str]) -> None:
        pieces = tuple(lines)
        self.text = "".join(pieces)
        self._ends = tuple(accumulate(map(len, pieces)))

    def line_of(self, position: int) -> int:
        return bisect_right(self._ends, position)

    def end_of(self, line: int) -> int:
        """The position behind its last character."""
        return self._ends[line]


class Paste:
    """``lines`` are normalised; ``packed`` and ``letters`` are the same lines run together for searching."""

    def __init__(self, text: str) -> None:
        self.text = normalised(text)
        self.lines = self.text.splitlines()

    @cached_property
    def packed(self) -> Form:
        return Form(map(packed, self.lines))

    @cached_property
    def letters(self) -> Form:
        return Form(map(letters, self.lines))
