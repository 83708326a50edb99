"""What a reconciliation says in the same words on a terminal and in Markdown."""

from collections.abc import Iterator
from textwrap import shorten

from checker.reconciling.outcomes import TakenColumn
from checker.reconciling.reconciliation import FaultCompared, FileRead, Reconciliation
from checker.rendering.words import counted, first_few

_LONGEST_TEXT = 60  # characters

COLUMNS = ("hit", "miss", "open", "alarm", "passed", "untested")
MEANINGS = (
    ("hit", "predicted for the user, and met"),
    ("miss", "met, and not predicted for the user"),
    ("open", "met, and the report had said that it could not tell: neither a hit nor a miss"),
    ("alarm", "a false alarm: predicted for the user, who was moved all the same"),
    (
        "passed",
        "predicted, but the first error that the user met is thought to come later: a false alarm, or the order, which "
        "is inferred, is wrong; counted as neither",
    ),
    ("untested", "predicted, but the move stopped at another error, or worked only after one"),
)
REPORT_IT = (
    "No source that csready knows documents these. Please report them to its maintainers: the text without names, "
    "addresses and hosts, the build of the servers, the version of the MicrosoftTeams module, and what cured it."
)
RELATED = "Documented, explained by csready explain, and never predicted."


def counts(fault: FaultCompared) -> tuple[int, ...]:
    """In the order of ``COLUMNS``."""
    return (fault.hits, fault.misses, fault.left_open, fault.false_alarms, fault.passed_by, fault.not_tested)


def legend(found: Reconciliation) -> list[tuple[str, str]]:
    """What the columns mean in which anything is counted."""
    used = [any(column) for column in zip(*map(counts, found.faults), strict=True)]
    return [meaning for meaning, is_used in zip(MEANINGS, used, strict=bool(used)) if is_used]


def as_of_sentence(found: Reconciliation) -> str:
    return (
        f"Compared with the report made {found.as_of:%Y-%m-%d %H:%M} UTC. What was fixed after that counts as a false "
        "alarm here: reconcile with the last report before the move."
    )


def headline(found: Reconciliation) -> str:
    """``5 of 7 users came out as predicted; of 1 the report could not tell; of 2 the outcome does not``."""
    if not found.compared:
        return "Nobody can say what became of any user of the report"
    said = f"{found.as_predicted} of {counted(found.compared, 'user')} came out as predicted"
    if found.undetermined:
        said += f"; of {found.undetermined} the report could not tell"
    if unknown := sum(each.not_known for each in found.crossings):
        said += f"; of {unknown} the outcome does not tell"
    return said


def file_sentence(file: FileRead) -> str:
    """``a table, 8 rows``; ``a log, 3 errors``."""
    return f"a {file.kind}, {counted(file.says, 'row' if file.kind == 'table' else 'error')} read"


def column_sentence(column: TakenColumn) -> str:
    return f"{column.name} ({column.why})"


def reading_notes(found: Reconciliation) -> Iterator[str]:
    """What the reader must know of how the files were read, and what the operator can say to have more told."""
    for file in found.files:
        if file.bad_rows.total:
            rows = (f"line {row.line} {row.why}" for row in file.bad_rows.first)
            yield f"{file.name}: left out {first_few(rows, len(file.bad_rows.first), file.bad_rows.total)}"
        if file.empty_is_moved:
            yield (
                f"{file.name}: rows without any text are taken for moves that worked. No document says what success "
                "looks like there; if it looks otherwise, say --moved VALUE."
            )
    if found.others_moved:
        yield "By your word (--all-others-moved) every user of the report who is named in no error was moved."
    if found.nameless:
        yield f"{counted(found.nameless, 'error')} named nobody."
    if not found.whole:
        yield (
            f"users.csv is not beside the report: only the first {found.known_users} of its {found.in_report} users "
            "are known, and the others count as not in the report."
        )


def unread_sentence(found: Reconciliation) -> str:
    """Empty where everything was read."""
    if not found.unread:
        return ""
    texts = [f'"{shorten(each.text, _LONGEST_TEXT, placeholder="...")}" ({each.users})' for each in found.unread]
    return (
        f"Nobody can say what became of the users whose rows say {first_few(texts, 5)}. If one of these means that the "
        "move worked, say so: --moved VALUE."
    )


def others_sentences(found: Reconciliation) -> Iterator[tuple[str, int, str]]:
    """Who stands on one side only: where, how many, and the first of them."""
    for label, named in (("not in the report", found.strangers), ("not in the outcome", found.absent)):
        if named.total:
            yield label, named.total, first_few(named.first, len(named.first), named.total)


def absent_hint(found: Reconciliation) -> str:
    """What a log leaves open, and how it can be closed; empty for anything else."""
    if found.absent.total and not found.others_moved and any(file.kind == "log" for file in found.files):
        return "A log says nothing of who is named in no error. If all of these were moved: --all-others-moved."
    return ""
