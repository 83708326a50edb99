"""Answers one question to a cmdlet out of the files of one place that may be about it."""

from collections.abc import Callable
from typing import NamedTuple

from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.model.probes import CmdletProbe
from checker.model.undecided import Reason
from checker.probers.evidence_files.matching import About, Question
from checker.probers.evidence_files.reading import Contents, FileRows, Found, malformed
from checker.probers.evidence_files.shelf import EvidenceFile, named
from checker.probers.evidence_files.uniting import identity_columns, united

PassedOver = Callable[[EvidenceFile, NoAnswer], None]


class _Part(NamedTuple):
    file: EvidenceFile
    contents: Contents
    is_asked: bool  # the file says itself that it is about just this question


class _Lost(NamedTuple):
    file: EvidenceFile
    why: NoAnswer


def cmdlet_answer(
    probe: CmdletProbe, files: tuple[EvidenceFile, ...], reader: FileRows, passed_over: PassedOver
) -> Found | None:
    """``None``: all these files are about something else. ``passed_over`` is told of files that the answer is whole
    without."""
    question = Question(probe)
    about = {file: each for file in files if (each := question.about(file)) is not About.ANOTHER}
    if not about:
        return None
    read = reader.kept if question.is_narrow else reader.read
    parts: list[_Part] = []
    lost: list[_Lost] = []
    for file, how in about.items():
        found = read(file, _kept(probe, question, len(about)))
        if isinstance(found, NoAnswer):
            lost.append(_Lost(file, found))
        else:
            parts.append(_Part(file, found, how is About.THIS))
    if question.is_narrow:
        return _narrow(probe, question, parts, lost, passed_over)
    return _whole(probe, parts, lost, passed_over)


def _kept(probe: CmdletProbe, question: Question, files: int) -> frozenset[str] | None:
    """What will be read of each row; to tell objects of several files apart takes more."""
    if not probe.properties:
        return None
    wanted = frozenset(name.casefold() for name in probe.properties) | question.columns
    return wanted | identity_columns(probe.cmdlet) if files > 1 else wanted


def _whole(probe: CmdletProbe, parts: list[_Part], lost: list[_Lost], passed_over: PassedOver) -> Found:
    is_all = any(part.contents.is_all for part in parts)
    # A list that cannot be read may contradict the one that can; part of a list may not even be needed.
    grave = [each for each in lost if each.file.is_all and each.why.reason is Reason.MALFORMED]
    if lost and (grave or not is_all):
        return _failure(grave or lost)
    for each in lost:
        passed_over(each.file, each.why)
    return _united(probe, [(part.file, part.contents.rows) for part in parts], is_all)


def _narrow(
    probe: CmdletProbe, question: Question, parts: list[_Part], lost: list[_Lost], passed_over: PassedOver
) -> Found:
    hits = []
    for part in parts:
        rows = part.contents.rows
        if rows := question.uncontradicted(rows) if part.is_asked else question.selected(rows):
            hits.append((part.file, rows))
        elif part.is_asked and part.contents.rows:
            why = malformed(part.file, "not-about-it", f"it is said to be about {question}, and none of its rows is")
            lost.append(_Lost(part.file, why))
    if (question.is_list or not hits) and any(each.why.reason is Reason.MALFORMED for each in lost):
        return _failure(lost)
    if hits:
        for each in lost:
            passed_over(each.file, each.why)
        return _united(probe, hits, any(part.contents.is_all for part in parts))
    denying = [
        part.file
        for part in parts
        if (part.is_asked and question.is_list and part.contents.is_all and not part.contents.rows)
        or question.absence_says_none(part.contents.rows, part.contents.is_all)
    ]
    if denying:
        return Found(Objects(rows=()), tuple(denying))
    if lost:
        return _failure(lost)
    read = tuple(part.file for part in parts)
    detail = f"{named(read)}: no row is about {question}"
    return Found(NoAnswer(reason=Reason.NO_ACCESS, code="not-in-file", detail=detail), read)


def _failure(lost: list[_Lost]) -> Found:
    """What could not be read may hold what was asked for, and comes before what was not collected."""
    first = next((each for each in lost if each.why.reason is Reason.MALFORMED), lost[0])
    return Found(first.why, (first.file,))


def _united(
    probe: CmdletProbe, holding: list[tuple[EvidenceFile, tuple[dict[str, object], ...]]], is_all: bool
) -> Found:
    files = tuple(file for file, _ in holding)
    rows = united(probe.cmdlet, holding, probe.properties)
    return Found(rows if isinstance(rows, NoAnswer) else Objects(rows=rows, complete=is_all), files)
