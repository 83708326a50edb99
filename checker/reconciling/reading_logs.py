"""What a log says: only of users who are named in an error, and nothing of the others.

Documented errors are recognised as ``csready explain`` does. What no source documents is an error all the same where
PowerShell prints it as a record of Move-CsUser, and where a line with the words of an error names a user of the report.
"""

import re
from collections.abc import Iterator, Sequence

from checker.explaining.normalising import Paste
from checker.explaining.passages import passages
from checker.explaining.recognising import Hit, hits
from checker.reconciling.error_texts import looks_like_an_error, shortened
from checker.reconciling.naming import Names, user_named, whom
from checker.reconciling.outcomes import MetError, OutcomeFile, Said

_RECORD = re.compile(r"\s*(?:Move-CsUser ?:|.{0,80}\bMoveUserException ?:)", re.IGNORECASE)
_PLACE = re.compile(
    r"\s*\+ |.{0,300}:\s?\d+\s+\S{1,20}\s?:\s?\d+\s*$"
)  # "At line:1 char:1" in any language, and what follows
_COMMAND = re.compile(r"\s*(?:PS\b[^>]*>|>>|\+ |\*{4})")


def said_by_log(text: str, file: str, names: Names) -> OutcomeFile:
    paste = Paste(text)
    lines = paste.lines
    documented = hits(paste)
    records = tuple(_records(lines))
    begun = {hit.first for hit in documented}
    unknown = [Hit((), first, first) for first, stop in records if begun.isdisjoint(range(first, stop))]
    covered = {line for hit in documented for line in range(hit.first, hit.last + 1)}
    covered.update(line for first, stop in records for line in range(first, stop))
    for number, line in enumerate(lines):
        if number not in covered and not _COMMAND.match(line) and looks_like_an_error(line):
            unknown += [Hit((), number, number)] if whom(line, names) in names else []
    found = sorted((*documented, *unknown), key=lambda hit: (hit.first, hit.last))
    said = []
    for hit, own, users in passages(lines, found):
        errors = (MetError(hit.meanings, _message(lines, hit) if not hit.meanings else shortened("\n".join(own))),)
        said += [Said(user_named(user, names), errors) for user in users or ("",)]
    return OutcomeFile(file, tuple(said))


def _records(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The lines of each error record of Move-CsUser: from its first to the next record, or a blank line."""
    first = None
    for number, line in enumerate((*lines, "")):
        begins = number < len(lines) and _RECORD.match(line) and (first is None or line.lstrip()[:4] == "Move")
        if first is not None and (begins or not line.strip()):
            yield first, number
            first = None
        if begins:
            first = number


def _message(lines: Sequence[str], hit: Hit) -> str:
    """The lines of an unknown error up to where PowerShell says where it happened."""
    stop = hit.first + 1
    if _RECORD.match(lines[hit.first]):
        while stop < len(lines) and lines[stop].strip() and not _PLACE.match(lines[stop]) and stop < hit.first + 20:
            stop += 1
    own = lines[hit.first : stop]
    width = max(map(len, own))  # a line that fills the console goes on in the next, in the middle of a word
    return shortened("".join(line if len(line) >= width - 1 else f"{line} " for line in own))
