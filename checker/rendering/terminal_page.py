"""A page of fixed width for a terminal: aligned labels, wrapped text, commands that stay in one piece."""

import textwrap

from checker.model.report import RunVerdict
from checker.model.verdicts import Status
from checker.rendering.hostile_text import in_ascii, plain, plain_lines

_RED, _GREEN, _YELLOW, _MAGENTA, _BOLD = "31", "32", "33", "35", "1"  # ECMA-48, SGR
_COLOURS = {
    Status.FAIL.value: _RED,
    Status.WARN.value: _YELLOW,
    Status.UNKNOWN.value: _MAGENTA,
    Status.PASS.value: _GREEN,
    RunVerdict.READY.value: _GREEN,
    RunVerdict.READY_WITH_WARNINGS.value: _YELLOW,
    RunVerdict.NOT_READY.value: _RED,
    RunVerdict.INDETERMINATE.value: _MAGENTA,
}


class Page:
    """Lines in the order they are written. All text goes through :func:`plain`; only the page adds escape codes."""

    def __init__(self, width: int, *, colour: bool, ascii_only: bool) -> None:
        self._width = max(width, 40)
        self._colour = colour
        self._ascii = ascii_only
        self._lines: list[str] = []

    def __str__(self) -> str:
        return "\n".join(self._lines) + "\n"

    def blank(self) -> None:
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def heading(self, left: str, right: str = "") -> None:
        """Bold at the margin, a count at the right."""
        left, right = self._safe(left), self._safe(right)
        self._lines.append(self._painted(left, _BOLD) + self._gap(left, right) + right)

    def line(self, left: str, right: str = "") -> None:
        """In one piece, whatever its length: a path, or two things at the two margins."""
        left, right = self._safe(left), self._safe(right)
        self._lines.append(left + self._gap(left, right) + right)

    def row(self, word: str, text: str, right: str = "", indent: int = 2) -> None:
        """A status word, what it is about, and at the right margin one more word. What does not fit goes below."""
        start = " " * indent + f"{word:<7}  "
        text, right = self._safe(text), self._safe(right)
        first, *more = self._wrapped(text, self._width - len(start) - (len(right) + 2 if right else 0))
        painted = " " * indent + self._painted(word, _COLOURS.get(word, "")) + start[indent + len(word) :]
        self._lines.append(painted + first + self._gap(start + first, right) + right)
        self._lines += [" " * len(start) + line for line in more]

    def labelled(self, label: str, text: str, *, indent: int = 4, column: int = 9) -> None:
        """A label, and beside it the text, wrapped within its own column. Nothing where there is no text."""
        pad = " " * (indent + column)
        start = f"{' ' * indent}{label:<{column - 1}} "
        for line in plain_lines(text):
            for part in self._wrapped(self._safe(line), self._width - len(pad)):
                painted = self._painted(label, _COLOURS.get(label, _BOLD if not indent else ""))
                self._lines.append(start.replace(label, painted, 1) + part if start != pad else pad + part)
                start = pad

    def command(self, text: str, indent: int = 6) -> None:
        """Never broken and never retyped, however long: it is there to be copied."""
        for line in plain_lines(text):
            safe = line.encode("ascii", "backslashreplace").decode("ascii") if self._ascii else line
            self._lines.append(" " * indent + safe)

    def fits(self, text: str) -> bool:
        return len(self._safe(text)) <= self._width

    def _safe(self, text: str) -> str:
        return in_ascii(plain(text)) if self._ascii else plain(text)

    def _gap(self, left: str, right: str) -> str:
        return " " * max(2, self._width - len(left) - len(right)) if right else ""

    def _wrapped(self, text: str, width: int) -> list[str]:
        return textwrap.wrap(text, max(width, 20), break_long_words=False, break_on_hyphens=False) or [""]

    def _painted(self, word: str, code: str) -> str:
        return f"\x1b[{code}m{word}\x1b[0m" if self._colour and code and word else word
