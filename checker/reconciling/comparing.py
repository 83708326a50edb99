"""Each user's predictions against what the user met, and the counts of that.

``Move-CsUser`` stops at the first error, so a prediction is tested only as far as the move got. The order in which the
cmdlet meets the faults is inferred: that a predicted fault was passed by is said, and counted against nobody.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from checker.faults import FAULTS
from checker.model.findings import Outcome
from checker.model.report import FaultRecord, Report, TrackRecord
from checker.reconciling.error_texts import likeness
from checker.reconciling.outcomes import MetError, OutcomeFile, Said
from checker.reconciling.predictions import Predicted
from checker.reconciling.reconciliation import (
    BadRows,
    Became,
    Crossing,
    FaultCompared,
    FileRead,
    Named,
    Reconciliation,
    RelatedMet,
    Surprise,
    Unread,
    UserCompared,
)
from checker.related_errors import RELATED_ERRORS

_MOST_NAMED = 10
_MOST_LISTED = 20  # surprises, and texts that nobody can read
_UNORDERED = (6, 7)  # tens of steps: nobody knows whether what is the tenant's is met before what is the user's

_STEPS = {fault.id: fault.step for fault in FAULTS}
_TITLES = {fault.id: fault.title for fault in FAULTS}
_RELATED_TITLES = {each.id: each.title for each in RELATED_ERRORS}


def reconciled(
    report: Report,
    predicted: Sequence[Predicted],
    files: Sequence[OutcomeFile],
    *,
    others_moved: bool,
) -> Reconciliation:
    """``others_moved``: the operator said that whoever is named in no error was moved. Several files, and several rows
    of one user, are attempts in the order given.
    """
    said: dict[str, list[Said]] = defaultdict(list)
    for each in (each for file in files for each in file.said):
        said[each.user].append(each)
    nobody = said.pop("", [])
    in_report = {each.user: each for each in reversed(predicted)}
    everybody = tuple(dict.fromkeys(each.user for each in predicted))
    users = tuple(
        _compared(in_report[user], said.get(user, ()), others_moved)
        for user in everybody
        if user in said or others_moved
    )
    told = [user for user in users if user.became is not Became.NOT_KNOWN]
    surprises, related = _not_faults(said, nobody)
    faults = _by_fault(told)
    return Reconciliation(
        deployment=report.deployment.name,
        as_of=report.as_of,
        files=tuple(map(_read, files)),
        in_report=report.users.total,
        known_users=len(predicted),
        others_moved=others_moved,
        compared=len(told),
        as_predicted=sum(user.as_predicted for user in told),
        undetermined=sum(user.predicted is Outcome.UNDETERMINED for user in told),
        crossings=_crossings(users),
        faults=faults,
        surprises=surprises[:_MOST_LISTED],
        related=related,
        unread=_unread(said, users),
        nameless=sum(len(each.errors) for each in nobody),
        strangers=_named(user for user in said if user not in in_report),
        absent=_named(user for user in everybody if user not in said),
        users=users,
        track_record=TrackRecord(
            as_of=report.as_of,
            users=len(told),
            moved=sum(user.became is Became.MOVED for user in told),
            faults=tuple(
                FaultRecord(id=each.id, hits=each.hits, misses=each.misses, false_alarms=each.false_alarms)
                for each in faults
                if each.hits or each.misses or each.false_alarms
            ),
            surprises=len(surprises),
        ),
    )


def _compared(predicted: Predicted, said: Sequence[Said], others_moved: bool) -> UserCompared:
    errors = [error for each in said for error in each.errors]
    moved = any(each.moved for each in said) or (others_moved and not errors)
    met = list(dict.fromkeys(fault for error in errors if (fault := _fault(error, predicted))))
    untested = [fault for fault in predicted.faults if fault not in met]
    passed_by = [fault for fault in untested if met and _known_to_precede(fault, met[0])]
    return UserCompared(
        sip_address=predicted.user,
        predicted=predicted.outcome,
        became=Became.MOVED if moved else Became.FAILED if errors else Became.NOT_KNOWN,
        hits=tuple(fault for fault in met if fault in predicted.faults),
        left_open=tuple(fault for fault in met if fault in predicted.left_open),
        misses=tuple(fault for fault in met if fault not in predicted.faults and fault not in predicted.left_open),
        false_alarms=tuple(untested) if moved and not errors else (),
        passed_by=tuple(passed_by),
        not_tested=tuple(fault for fault in untested if fault not in passed_by) if errors else (),
        related=tuple(dict.fromkeys(filter(None, map(_related, errors)))),
        surprised=any(not _fault(error, predicted) and not _related(error) for error in errors),
    )


def _fault(error: MetError, predicted: Predicted) -> str:
    """Where one sentence stands for several faults, the one that was predicted, or left open, is the likeliest."""
    meant = [meaning.fault for meaning in error.meanings if meaning.fault]
    for foreseen in (predicted.faults, predicted.left_open):
        if found := next((fault for fault in meant if fault in foreseen), ""):
            return found
    return meant[0] if meant else ""


def _related(error: MetError) -> str:
    return next((meaning.related for meaning in error.meanings if meaning.related), "")


def _known_to_precede(one: str, other: str) -> bool:
    """Only tens of steps are evidence of an order, and not all of them. A fault this version does not know has none."""
    first, second = _STEPS.get(one, 0) // 10, _STEPS.get(other, 0) // 10
    return 0 < first < second and (first, second) != _UNORDERED


def _crossings(users: Iterable[UserCompared]) -> tuple[Crossing, ...]:
    counts = Counter((user.predicted, user.became) for user in users)
    return tuple(
        Crossing(
            predicted=outcome,
            moved=counts[outcome, Became.MOVED],
            failed=counts[outcome, Became.FAILED],
            not_known=counts[outcome, Became.NOT_KNOWN],
        )
        for outcome in (Outcome.MOVES, Outcome.BLOCKED, Outcome.UNDETERMINED)
    )


def _by_fault(users: Sequence[UserCompared]) -> tuple[FaultCompared, ...]:
    """In the order of the steps."""
    kinds = ("hits", "misses", "left_open", "false_alarms", "passed_by", "not_tested")
    of: dict[str, dict[str, list[str]]] = defaultdict(lambda: {kind: [] for kind in kinds})
    for user in users:
        for kind in kinds:
            for fault in getattr(user, kind):
                of[fault][kind].append(user.sip_address)
    return tuple(
        FaultCompared(
            id=fault,
            title=_TITLES.get(fault, ""),
            missed=_named(of[fault]["misses"]),
            **{kind: len(of[fault][kind]) for kind in kinds},
        )
        for fault in sorted(of, key=lambda fault: (_STEPS.get(fault, 99), fault))
    )


def _not_faults(
    said: Mapping[str, Sequence[Said]], nobody: Sequence[Said]
) -> tuple[tuple[Surprise, ...], tuple[RelatedMet, ...]]:
    """What no documented fault explains, most frequent first: surprises, and the related errors that are documented."""
    unknown: dict[str, tuple[MetError, dict[str, None]]] = {}
    related: dict[str, dict[str, None]] = {}
    for user, error in (
        (each.user, error) for some in (*said.values(), nobody) for each in some for error in each.errors
    ):
        if any(meaning.fault for meaning in error.meanings):
            continue
        if known := _related(error):
            users = related.setdefault(known, {})
        else:
            key = _code(error) or likeness(error.text)
            users = unknown.setdefault(key, (error, {}))[1]
        users.update({user: None} if user else {})
    surprises = [
        Surprise(text=error.text, code=_code(error) or None, users=_named(users)) for error, users in unknown.values()
    ]
    return (
        tuple(sorted(surprises, key=lambda each: -each.users.total)),
        tuple(RelatedMet(id=id_, title=_RELATED_TITLES[id_], users=_named(users)) for id_, users in related.items()),
    )


def _code(error: MetError) -> str:
    return next((meaning.code for meaning in error.meanings if meaning.code), "")


def _unread(said: Mapping[str, Sequence[Said]], users: Iterable[UserCompared]) -> tuple[Unread, ...]:
    unknown = (user.sip_address for user in users if user.became is Became.NOT_KNOWN)
    counts = Counter(text for user in unknown for text in dict.fromkeys(each.unread for each in said[user]))
    return tuple(Unread(text=text, users=number) for text, number in counts.most_common(_MOST_LISTED))


def _named(users: Iterable[str]) -> Named:
    every = tuple(users)
    return Named(total=len(every), first=every[:_MOST_NAMED])


def _read(file: OutcomeFile) -> FileRead:
    return FileRead(
        name=file.name,
        kind="table" if file.columns else "log",
        says=len(file.said),
        columns=file.columns,
        bad_rows=BadRows(total=len(file.bad_rows), first=file.bad_rows[:_MOST_NAMED]),
        empty_is_moved=file.empty_is_moved,
    )
