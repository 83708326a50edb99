"""What a report says of one user: its outcome, every reason, what is the deployment's, and the command that is advised.

Pure. Reasons come whole from the run judged again; from a report and its ``users.csv`` alone they are whole only for
users whom the bounds of its lists leave in.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from checker.advice import advised
from checker.assess import Assessment
from checker.compose import finding_entry
from checker.model.checks import Impact, Scope, Worst
from checker.model.evidence import Evidence, Wanted
from checker.model.facts import Snapshot
from checker.model.findings import Finding, Outcome, Subject
from checker.model.report import Advice, FaultEntry, FindingEntry, Report, SubjectEntry
from checker.model.undecided import Undecided
from checker.model.users import OnPremisesUser
from checker.model.verdicts import Status
from checker.move_route import move_route
from checker.predict import Prediction, UserPrediction
from checker.readings.names import sip_address
from checker.readings.users import batch
from checker.rendering.commands import move_command


class InShort(msgspec.Struct, frozen=True, kw_only=True):
    """A reason of which only the line in ``users.csv`` is known."""

    check: str
    text: str


class Why(msgspec.Struct, frozen=True, kw_only=True):
    """``faults``: all that are predicted and hit the user, first one first. ``own``: findings of the user and of its
    SIP domain, ``deployment``: those of everybody; of both what stops the move or could not be looked at.

    ``left_behind``: what a move that works loses, breaks or is warned of. ``command`` is empty for a user who would
    not move. ``whole`` says whether every reason and all advice is there in full; reasons that are not stand in
    ``in_short``.
    """

    user: str
    outcome: Outcome
    own_outcome: Outcome
    first_fault: str | None
    faults: tuple[FaultEntry, ...]
    own: tuple[FindingEntry, ...]
    deployment: tuple[FindingEntry, ...]
    left_behind: tuple[FindingEntry, ...]
    advice: tuple[Advice, ...]
    command: str
    whole: bool
    in_short: tuple[InShort, ...]


class NoSuchUser(LookupError):
    """The report is of others. ``known``: the names of all of them, for a suggestion."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__("no such user")
        self.known = known


def why_judged(report: Report, snapshot: Snapshot, assessment: Assessment, prediction: Prediction, name: str) -> Why:
    """From the run judged again. ``name``: a SIP address, a UPN, a distinguished or an account name.

    Raises :class:`NoSuchUser`.
    """
    user = _found(prediction, snapshot, name)
    row = user.user.row
    personal = tuple(
        finding_entry(
            Finding(
                check=result.check,
                subject=Subject(Scope.USER, row.subject),
                status=result.status,
                verdict=result.verdict,
                unknown=result.unknown,
                number=user.user.number,
            )
        )
        for result in user.user.results
        if result.status is not Status.NOT_APPLICABLE
    )
    moves = Outcome.MOVES in (user.outcome, user.own_outcome)
    command = move_command(snapshot.target, move_route(snapshot.target, snapshot.facts))
    advice = [each for each in advised(snapshot.target, [row], assessment.evidence) if each.users]
    return _why(
        report,
        row.subject,
        (user.outcome, user.own_outcome),
        user.faults,
        personal,
        domain=row.sip_domain,
        command=command(row) if moves else "",
        advice=(*(each for each in report.advice if not each.users), *advice),
    )


def why_reported(report: Report, users: Iterable[Mapping[str, str]], name: str) -> Why:
    """From the report and the rows of its ``users.csv``; ``name`` can be a SIP address only, for they hold no other.

    Raises :class:`NoSuchUser`, and ``KeyError`` or ``ValueError`` for rows that are none of this program.
    """
    key = sip_address(name)
    known = []
    for row in users:
        address = row["sip_address"].removeprefix("'")  # the guard against formulas
        if address != key:
            known.append(address)
            continue
        personal = tuple(
            each for each in report.findings if each.subject == SubjectEntry(kind=Scope.USER, name=address)
        )
        there = {each.check for each in personal}
        lines = [line.partition(": ") for field in ("reasons", "warnings") for line in row[field].split(";") if line]
        in_short = tuple(
            InShort(check=check, text=text)
            for check, _, text in lines
            if check not in there and text != "fails for the SIP domain"
        )
        return _why(
            report,
            address,
            (Outcome(row["outcome"]), Outcome(row["own_outcome"])),
            tuple(filter(None, row["faults"].split(";"))),
            personal,
            domain=address.rpartition("@")[2],
            command=row["command"],
            advice=tuple(each for each in report.advice if not each.users or address in each.users),
            in_short=in_short,
            whole=not in_short and all(len(each.users) in (0, each.users_affected) for each in report.advice),
        )
    raise NoSuchUser(known)


def _found(prediction: Prediction, snapshot: Snapshot, name: str) -> UserPrediction:
    key = sip_address(name)
    objects = set(_on_premises(snapshot, name))
    for user in prediction.users:
        row = user.user.row
        if key in (row.asked_as, row.subject) or objects.intersection(row.found or ()):
            return user
    raise NoSuchUser([user.user.row.subject for user in prediction.users])


def _on_premises(snapshot: Snapshot, name: str) -> tuple[OnPremisesUser, ...]:
    """The objects that answer to the name, as a list of users would find them; none where nobody could look."""
    evidence = Evidence({fact.probe: fact for fact in snapshot.facts})
    try:
        (row,) = batch(msgspec.structs.replace(snapshot.target, users=(name,)))(evidence)
    except (Undecided, Wanted):
        return ()
    return row.found or ()


def _why(
    report: Report,
    user: str,
    outcomes: tuple[Outcome, Outcome],
    faults: Sequence[str],
    personal: Sequence[FindingEntry],
    *,
    domain: str,
    command: str,
    advice: tuple[Advice, ...],
    in_short: tuple[InShort, ...] = (),
    whole: bool = True,
) -> Why:
    shared = [each for each in report.findings if each.subject.kind is not Scope.USER]
    mine = [*personal, *(each for each in shared if _is_own(each, domain))]
    step = {fault.id: fault.step for fault in report.faults}

    def met_at(finding: FindingEntry) -> tuple[bool, int]:
        """What fails before what is unknown, both in the order in which the cmdlet is thought to meet them."""
        return finding.status is Status.UNKNOWN, min(
            (step[each] for each in finding.predicts if each in step), default=99
        )

    return Why(
        user=user,
        outcome=outcomes[0],
        own_outcome=outcomes[1],
        first_fault=faults[0] if faults else None,
        faults=tuple(fault for fault in report.faults if fault.id in set(faults)),
        own=tuple(sorted(filter(_stops, mine), key=met_at)),
        deployment=tuple(sorted((each for each in shared if _stops(each) and _is_everybodys(each)), key=met_at)),
        left_behind=tuple(each for each in mine if not _stops(each) and each.status in (Status.FAIL, Status.WARN)),
        advice=advice,
        command=command,
        whole=whole,
        in_short=in_short,
    )


def _stops(finding: FindingEntry) -> bool:
    """It fails, or could not be looked at, and a move stops at it."""
    if finding.impact is not Impact.BLOCKS:
        return False
    return finding.status is Status.FAIL or (finding.status is Status.UNKNOWN and finding.worst is Worst.FAIL)


def _is_own(finding: FindingEntry, domain: str) -> bool:
    """Of the user's SIP domain, or a question about users that nobody could answer for any of them."""
    of_domain = finding.subject.kind is Scope.SIP_DOMAIN and finding.subject.name == domain
    return of_domain or (finding.subject.kind is Scope.DEPLOYMENT and finding.area == "user")


def _is_everybodys(finding: FindingEntry) -> bool:
    return finding.subject.kind in (Scope.DEPLOYMENT, Scope.SERVER) and finding.area != "user"
