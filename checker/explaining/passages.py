"""Which lines of a log belong to which error, and whom they name.

An error's own lines are those of its block, up to the next error: PowerShell writes the detail below the message and a
blank line after it; a table or a log names the user on the line of the error, or on one before it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from checker.explaining.recognising import Hit

_DETAIL = re.compile(r"\s*\+ ")  # PowerShell: + CategoryInfo, + FullyQualifiedErrorId, and the line that failed
_NEW_SENTENCE = re.compile(r"\s*(?:\+ |\S+ ?:|At |$)")
_ADDRESS = r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"  # bounded: a log is no friend
# Surest first: what the cmdlet was given, a SIP URI, any address, the object that PowerShell names.
_NAMED = (
    re.compile(rf"-Identity\s+[\"']?(?:sip:)?({_ADDRESS})", re.IGNORECASE),
    re.compile(rf"\bsip:({_ADDRESS})", re.IGNORECASE),
    re.compile(rf"(?<![\w.])({_ADDRESS})"),
    re.compile(r"\((CN=[^,:)]{1,64})", re.IGNORECASE),
)
_NARROWEST_CONSOLE = 40  # columns

Passage = tuple[Hit, tuple[str, ...], tuple[str, ...]]  # an error, its own lines, and the users they name


def passages(lines: Sequence[str], found: Iterable[Hit]) -> Iterator[Passage]:
    """Each hit with its own lines. Where several different errors share a line, nobody can say who had which: then
    they come without users.
    """
    places = [tuple(hits) for _, hits in groupby(found, key=lambda hit: hit.first)]
    if not places:
        return
    starts = _starts(lines, places)
    for hits, start, stop in zip(places, starts, [*starts[1:], len(lines)], strict=True):
        own = _to_blank(lines, start, max(hit.last for hit in hits), stop)
        alone = len({tuple(meaning.key for meaning in hit.meanings) for hit in hits}) == 1
        users = _users(own) if alone else ()
        for hit in hits:
            yield hit, own, users


def _starts(lines: Sequence[str], places: Sequence[tuple[Hit, ...]]) -> list[int]:
    """For each place the first line that is its own."""
    starts = [_after_blank(lines, 0, places[0][0].first)]
    for before, after in pairwise(places):
        ended, begins = min(max(hit.last for hit in before), after[0].first - 1), after[0].first
        start = _after_blank(lines, ended + 1, begins)
        if start == ended + 1:  # one block: PowerShell's detail is of the error above it, the rest leads to this one
            details = [line for line in range(start, begins) if _DETAIL.match(lines[line])]
            start = details[-1] + 1 if details else start
        starts.append(start)
    return starts


def _after_blank(lines: Sequence[str], lowest: int, line: int) -> int:
    """The first line of the block that ``line`` is in, ``lowest`` at the least."""
    while line > lowest and lines[line - 1].strip():
        line -= 1
    return line


def _to_blank(lines: Sequence[str], start: int, last: int, stop: int) -> tuple[str, ...]:
    """From ``start`` to the end of the block that ``last`` is in, or to ``stop``."""
    end = last + 1
    while end < stop and lines[end].strip():
        end += 1
    return tuple(lines[start:end])


def _users(own: Sequence[str]) -> tuple[str, ...]:
    text = _unwrapped(own)
    for pattern in _NAMED:
        if named := pattern.findall(text):
            return tuple(dict.fromkeys(each if each[:3].upper() == "CN=" else each.lower() for each in named))
    return ()


def _unwrapped(own: Sequence[str]) -> str:
    """Lines that fill the console go on in the next one, in the middle of a word if need be."""
    width = max(map(len, own), default=0)
    text = ""
    for line, following in zip(own, [*own[1:], ""], strict=True):
        full = width >= _NARROWEST_CONSOLE and len(line) >= width - 1
        text += line if full and not _NEW_SENTENCE.match(following) else f"{line}\n"
    return text
