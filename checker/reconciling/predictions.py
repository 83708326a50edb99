"""What a report predicted of each user: the faults it would meet, and those that were left open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checker.model.checks import Scope
from checker.model.findings import FaultStatus, Outcome
from checker.model.report import FindingEntry, Report
from checker.model.verdicts import Status


@dataclass(frozen=True)
class Predicted:
    """``faults``: predicted for the user, in the order in which they are thought to be met. ``left_open``: not
    predicted and not ruled out either, because something was not looked at, or no evidence can foresee it.
    """

    user: str
    outcome: Outcome
    faults: tuple[str, ...]
    left_open: frozenset[str]


def predictions(report: Report, rows: Iterable[Mapping[str, str]] | None) -> tuple[Predicted, ...]:
    """``rows``: those of the report's ``users.csv``; without them only the first 100 users are known.

    Raises ``KeyError`` or ``ValueError`` for rows that are none of this program.
    """
    doubts = _Doubts(report)
    if rows is None:
        return tuple(
            Predicted(each.sip_address, each.outcome, each.faults, doubts.of(each.sip_address, each.faults))
            for each in report.users.outcomes
        )
    found = []
    for row in rows:
        user = row["sip_address"].removeprefix("'")  # the guard against formulas
        faults = tuple(filter(None, row["faults"].split(";")))
        checks = (f"{row['reasons']};{row['warnings']}").split(";")
        open_ = doubts.of(user, faults, (line.partition(":")[0] for line in checks))
        found.append(Predicted(user, Outcome(row["outcome"]), faults, open_))
    return tuple(found)


class _Doubts:
    """Which faults the report's gaps and warnings leave open, and for whom."""

    def __init__(self, report: Report) -> None:
        doubtful = [each for each in report.findings if each.status in (Status.UNKNOWN, Status.WARN)]
        self._everybody = {each.id for each in report.faults if each.status is FaultStatus.NOT_PREDICTABLE}
        self._everybody.update(report.users.conditions)
        self._of_subject: dict[str, set[str]] = {}  # a user, or a SIP domain
        for each in doubtful:
            if each.subject.kind in (Scope.USER, Scope.SIP_DOMAIN):
                self._of_subject.setdefault(each.subject.name, set()).update(each.predicts)
            else:
                self._everybody.update(each.predicts)
        self._predicts = {each.check: each.predicts for each in report.findings if _of_users(each)}
        self._shared: dict[frozenset[str], frozenset[str]] = {}

    def of(self, user: str, predicted: Iterable[str], checks: Iterable[str] = ()) -> frozenset[str]:
        """``checks``: those that ``users.csv`` names as reasons or warnings of the user, which lists of findings may
        leave out. One that failed predicts its fault, so it is a doubt only where the fault is not predicted.
        """
        open_ = set(self._everybody)
        for subject in (user, user.rpartition("@")[2]):
            open_ |= self._of_subject.get(subject, set())
        for check in checks:
            open_.update(self._predicts.get(check, ()))
        found = frozenset(open_.difference(predicted))
        return self._shared.setdefault(found, found)  # 100,000 users share a few


def _of_users(finding: FindingEntry) -> bool:
    return finding.subject.kind is Scope.USER
