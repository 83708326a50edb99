"""What changed between two reports, put in order for a page: what is bad one by one, what is not drawn together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checker.comparing.difference import Change, Difference, FaultChange, FindingChange, UserCheckChange
from checker.model.checks import Scope
from checker.model.findings import FaultStatus
from checker.model.report import CheckCount
from checker.model.verdicts import Status
from checker.rendering.words import counted, first_few

_BAD = (Status.FAIL, Status.WARN)
_WORDS = {status: "n/a" if status is Status.NOT_APPLICABLE else status.value for status in Status}
_SUBJECTS = {Scope.USER: "user", Scope.SERVER: "server", Scope.SIP_DOMAIN: "SIP domain", Scope.DEPLOYMENT: "deployment"}
_MOST_NAMED = 8  # users or servers of one entry; -v names all
_MOST_SAID = 3  # answers that were none, of one group
_FAULTS = (FaultStatus.PREDICTED, FaultStatus.NOT_RULED_OUT)


@dataclass(frozen=True)
class Entry:
    """A change by itself, or one that is the same of several subjects: ``whom`` counts these, ``names`` has the first.

    ``word``: the status now, empty where there is no finding now. ``details``: labels and texts.
    """

    word: str
    check: str
    whom: str
    was: str
    names: tuple[str, ...]
    more: int
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Named:
    """``whom`` is empty where it is the deployment."""

    check: str
    whom: str


@dataclass(frozen=True)
class Group:
    """Changes that have one reason, each by its name only, under the status that they have now. ``says``: what was
    answered instead.
    """

    head: str
    names: tuple[tuple[str, tuple[Named, ...]], ...]
    says: str


@dataclass(frozen=True)
class Section:
    title: str
    count: int
    entries: tuple[Entry, ...]
    groups: tuple[Group, ...]


def sections(difference: Difference, *, verbose: bool = False) -> Iterator[Section]:
    """Those that have something to show, what got worse first. ``verbose``: what is the same, and every name."""
    most = len(difference.findings) if verbose else _MOST_NAMED
    for change in Change:
        if change is not Change.SAME or verbose:
            findings = [each for each in difference.findings if each.change is change and not _is_unseen(each)]
            counts = [each for each in difference.user_checks if each.change is change and not _is_unseen(each)]
            yield from _section(change.value.replace("-", " "), findings, counts, most)
        if change is Change.NOT_COMPARABLE:  # and so is this, though it is the same
            findings = list(filter(_is_unseen, difference.findings))
            counts = list(filter(_is_unseen, difference.user_checks))
            yield from _section("still not looked at", findings, counts, most)


def _section(
    title: str, findings: Sequence[FindingChange], counts: Sequence[UserCheckChange], most: int
) -> Iterator[Section]:
    entries = (*map(_of_counts, counts), *_entries(filter(_stands_alone, findings), most))
    groups = tuple(_groups(each for each in findings if not _stands_alone(each)))
    if entries or groups:
        yield Section(title, len(findings) + len(counts), entries, groups)


def _is_unseen(each: FindingChange | UserCheckChange) -> bool:
    if each.change is not Change.SAME:
        return False
    return bool(each.new.unknown) if isinstance(each, UserCheckChange) else Status.UNKNOWN in _statuses(each)


def _statuses(finding: FindingChange) -> tuple[Status, ...]:
    return tuple(seen.status for seen in (finding.old, finding.new) if seen)


def _stands_alone(finding: FindingChange) -> bool:
    """Fails or warns in one of the two; or is new, or was, and nobody could look."""
    if finding.change is Change.SAME:
        return False
    bad = any(status in _BAD for status in _statuses(finding))
    return bad or (finding.change in (Change.NEW, Change.GONE) and Status.UNKNOWN in _statuses(finding))


def _entries(findings: Iterable[FindingChange], most: int) -> Iterator[Entry]:
    """What reads the same of several subjects is one; of users it is so, whatever was seen of each."""
    together: dict[object, list[FindingChange]] = {}
    for each in findings:
        seen = (
            () if each.subject.kind is Scope.USER else (each.old and each.old.observed, each.new and each.new.observed)
        )
        together.setdefault((each.check, each.subject.kind, _statuses(each), each.why, seen), []).append(each)
    for several in sorted(together.values(), key=lambda several: Status.FAIL not in _statuses(several[0])):
        yield _entry(several, most)


def _entry(findings: Sequence[FindingChange], most: int) -> Entry:
    first, one = findings[0], len(findings) == 1
    old, new, kind = first.old, first.new, first.subject.kind
    names = [each.subject.name for each in findings]
    told = (("then", old), ("now", new)) if one or kind is not Scope.USER else ()
    details = [(label, seen.observed) for label, seen in told if seen and seen.observed not in first.why]
    return Entry(
        word=_WORDS[new.status] if new else "",
        check=first.check,
        whom=names[0] if one else counted(len(names), _SUBJECTS[kind]),
        was=f"was {_WORDS[old.status]}" if old and (new is None or old.status is not new.status) else "",
        names=() if one else tuple(names[:most]),
        more=max(0, len(names) - most),
        details=(*details, ("why", first.why)),
    )


def _of_counts(each: UserCheckChange) -> Entry:
    details = (("users", _tallies(each.old, each.new)), ("why", each.why))
    return Entry(word="users", check=each.check, whom="", was="", names=(), more=0, details=details)


def _tallies(old: CheckCount, new: CheckCount) -> str:
    """``9 -> 112 fail, 231 -> 128 pass``."""
    numbers = (
        (old.fail, new.fail, "fail"),
        (old.waived.fail, new.waived.fail, "of these accepted"),
        (old.warn, new.warn, "warn"),
        (old.unknown, new.unknown, "unknown"),
        (old.passed, new.passed, "pass"),
        (old.not_applicable, new.not_applicable, "n/a"),
    )
    return ", ".join(f"{arrow(was, now)} {word}" for was, now, word in numbers if was or now)


def _groups(findings: Iterable[FindingChange]) -> Iterator[Group]:
    by_head: dict[str, list[FindingChange]] = {}
    for each in findings:
        by_head.setdefault(_head(each), []).append(each)
    for head, several in by_head.items():
        by_word: dict[str, list[FindingChange]] = {}
        for each in several:
            by_word.setdefault(_word(each), []).append(each)
        yield Group(head, tuple((word, tuple(_names(some))) for word, some in by_word.items()), _said(several))


def _word(finding: FindingChange) -> str:
    old, new = finding.old, finding.new
    if new:
        return _WORDS[new.status]
    return f"was {_WORDS[old.status]}" if old and not old.reason else "judged"


def _head(finding: FindingChange) -> str:
    """The reason without what differs from one finding to the next."""
    old, new = finding.old, finding.new
    if new and new.reason and old and old.reason:
        return f"could not be looked at, either time: {new.reason.value}"
    if new and new.reason:
        return f"could not be looked at now: {new.reason.value}"
    if old and old.reason:
        return f"looked at now, could not be then: {old.reason.value}"
    if finding.change is Change.VALUE_CHANGED:
        return "neither fails nor warns, then and now"
    return finding.why if finding.change is Change.NOT_COMPARABLE else finding.why.partition(": ")[0]


def _said(findings: Iterable[FindingChange]) -> str:
    seen = [side for each in findings for side in (each.new, each.old) if side and side.reason]
    statements = dict.fromkeys(statement for side in seen for statement in side.observed.split("; "))
    return first_few(statements, _MOST_SAID) if statements else ""


def _names(findings: Iterable[FindingChange]) -> Iterator[Named]:
    by_check: dict[str, list[FindingChange]] = {}
    for each in findings:
        by_check.setdefault(each.check, []).append(each)
    for check, several in by_check.items():
        subject = several[0].subject
        if len(several) > 1:
            yield Named(check, counted(len(several), _SUBJECTS[subject.kind]))
        else:
            yield Named(check, "" if subject.kind is Scope.DEPLOYMENT else subject.name)


def fault_lines(faults: Iterable[FaultChange]) -> Iterator[str]:
    """``ruled-out -> predicted: hms-510 (240)``, what is predicted now first."""
    together: dict[tuple[FaultStatus | None, FaultStatus | None], list[FaultChange]] = {}
    for fault in faults:
        together.setdefault((fault.old, fault.new), []).append(fault)

    def rank(statuses: tuple[FaultStatus | None, FaultStatus | None]) -> tuple[int, int]:
        old, new = (_FAULTS.index(each) if each in _FAULTS else len(_FAULTS) for each in statuses)
        return new, old if new == len(_FAULTS) else -old

    for old, new in sorted(together, key=rank):
        was, now = (each.value if each else "not in the catalogue" for each in (old, new))
        named = ", ".join(
            f"{fault.id} ({fault.users_affected.new})" if fault.users_affected.new else fault.id
            for fault in together[old, new]
        )
        not_over = old is FaultStatus.PREDICTED and new is FaultStatus.NOT_RULED_OUT
        yield f"{was} -> {now}: {named}" + ("; what would tell was not looked at" if not_over else "")


def arrow(old: object, new: object) -> str:
    """``3 -> 5``, or ``3`` where nothing changed."""
    return f"{new}" if old == new else f"{old} -> {new}"
