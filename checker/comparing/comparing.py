"""Two reports beside each other: verdict, coverage, users, faults, waivers, and every finding by what became of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from datetime import datetime

from checker.comparing.batches import Batches
from checker.comparing.difference import (
    Change,
    Difference,
    FaultChange,
    FindingChange,
    Looked,
    Pair,
    Seen,
    Side,
    UserCheckChange,
    UsersChange,
    WaiverChange,
)
from checker.comparing.half import Half
from checker.comparing.one_sided import of_one
from checker.comparing.pairs import of_pair
from checker.comparing.terms import Terms, redaction_key, terms
from checker.comparing.user_counts import of_counts
from checker.model.checks import Scope
from checker.model.report import FindingEntry, Report
from checker.model.verdicts import Status
from checker.whatif.comparing import UserCounts


def compared(
    old: Report,
    new: Report,
    *,
    now: datetime | None = None,
    old_users: Set[str] | None = None,
    new_users: Set[str] | None = None,
) -> Difference:
    """``now`` tells whether the new report still counts. ``old_users`` and ``new_users`` name everybody in the batches,
    of which a report names the first 100; without them less can be said of single users of a larger batch.
    """
    on = terms(old, new)
    batches = Batches(old, new, old_users, new_users, names_match=not (on.other_names or on.why_not))
    findings, user_checks = _changes(Half(old, "then"), Half(new, "now"), batches, on)
    summary = Counter([each.change for each in findings] + [each.change for each in user_checks])
    return Difference(
        old=_side(old),
        new=_side(new),
        comparable=not on.why_not,
        why_not=on.why_not,
        notes=on.notes,
        stale=None if now is None else now > new.valid_until,
        verdict=Pair(old=old.verdict, new=new.verdict),
        coverage=Pair(old=_looked(old), new=_looked(new)),
        users=_users(old, new, batches),
        fixes=Pair(old=len(old.fixes), new=len(new.fixes)),
        faults=() if on.why_not else tuple(_faults(old, new)),
        findings=findings,
        user_checks=user_checks,
        waivers=() if on.why_not or on.other_names else tuple(_waivers(old, new)),
        summary={change.value: summary[change] for change in Change},
        regressed=any(map(_counts_against, findings)) or any(map(_users_count_against, user_checks)),
    )


def _changes(
    then: Half, now: Half, batches: Batches, on: Terms
) -> tuple[tuple[FindingChange, ...], tuple[UserCheckChange, ...]]:
    ids = tuple(dict.fromkeys((*now.findings, *then.findings)))
    if on.why_not:
        why = "; ".join(on.why_not)
        return tuple(_finding(id_, then, now, (Change.NOT_COMPARABLE, why)) for id_ in ids), ()
    counted = _counted(then, now, batches, on)
    findings = tuple(
        _finding(id_, then, now, _judged(then.findings.get(id_), now.findings.get(id_), then, now, batches, on))
        for id_ in ids
        if not _is_of(counted, now.findings.get(id_) or then.findings[id_])
    )
    user_checks = []
    for check in counted:
        change, why = of_counts(check, then, now, batches, on)
        entry = UserCheckChange(check=check, change=change, old=then.checks[check], new=now.checks[check], why=why)
        user_checks.append(entry)
    return findings, tuple(user_checks)


def _judged(
    old: FindingEntry | None, new: FindingEntry | None, then: Half, now: Half, batches: Batches, on: Terms
) -> tuple[Change, str]:
    if old and new:
        return of_pair(old, new, then, now, on)
    if new:
        return of_one(new, now, then, batches, on)
    assert old is not None
    return of_one(old, then, now, batches, on)


def _counted(then: Half, now: Half, batches: Batches, on: Terms) -> tuple[str, ...]:
    """The checks that both reports have and of whose users no name can be compared."""
    named: dict[str, tuple[set[str], set[str]]] = {}
    for place, half in enumerate((then, now)):
        for finding in half.report.findings:
            if finding.subject.kind is Scope.USER:
                named.setdefault(finding.check, (set(), set()))[place].add(finding.id)
    return tuple(
        check
        for check in sorted(named.keys() & then.checks.keys() & now.checks.keys())
        if on.other_names
        or not (then.names_all(check) and now.names_all(check))
        or not (batches.are_known or named[check][0] == named[check][1])
    )


def _is_of(checks: tuple[str, ...], finding: FindingEntry) -> bool:
    return finding.subject.kind is Scope.USER and finding.check in checks


def _finding(id_: str, then: Half, now: Half, judged: tuple[Change, str]) -> FindingChange:
    old, new = then.findings.get(id_), now.findings.get(id_)
    some = new or then.findings[id_]
    change, why = judged
    return FindingChange(
        id=id_, check=some.check, subject=some.subject, change=change, old=_seen(old), new=_seen(new), why=why
    )


def _seen(finding: FindingEntry | None) -> Seen | None:
    if finding is None:
        return None
    return Seen(
        status=finding.status,
        observed=finding.observed or finding.summary,
        expected=finding.expected,
        reason=finding.reason.code if finding.reason else None,
        accepted=finding.waiver is not None,
        fingerprint=finding.fingerprint,
    )


def _counts_against(finding: FindingChange) -> bool:
    """A lapsed waiver counts again; a regression that somebody accepted does not."""
    if finding.new is None or finding.new.accepted:
        return False
    lapsed = finding.change is Change.WAIVER_LAPSED and finding.new.status is Status.FAIL
    return lapsed or finding.change is Change.REGRESSED


def _users_count_against(check: UserCheckChange) -> bool:
    accepted = check.new.waived.fail >= check.new.fail and check.new.waived.warn >= check.new.warn
    return check.change in (Change.REGRESSED, Change.WAIVER_LAPSED) and not accepted


def _side(report: Report) -> Side:
    deployment = report.deployment
    return Side(
        deployment=deployment.name,
        cloud=deployment.cloud,
        direction=deployment.direction,
        phase=deployment.phase,
        tool_version=report.tool.version,
        as_of=report.as_of,
        valid_until=report.valid_until,
        interrupted=report.interrupted,
        redacted=redaction_key(report),
        exit_code=report.exit_code,
    )


def _looked(report: Report) -> Looked:
    return Looked(applicable=report.coverage.applicable, looked_at=report.coverage.looked_at)


def _users(old: Report, new: Report, batches: Batches) -> UsersChange:
    was, now = old.users.by_fault, new.users.by_fault
    return UsersChange(
        old=_counts(old),
        new=_counts(new),
        joined=batches.joined,
        left=batches.left,
        by_fault={
            fault: Pair(old=was.get(fault, 0), new=now.get(fault, 0))
            for fault in dict.fromkeys((*now, *was))
            if was.get(fault, 0) != now.get(fault, 0)
        },
    )


def _counts(report: Report) -> UserCounts:
    users = report.users
    return UserCounts(
        total=users.total, moves=users.moves, blocked=users.blocked, undetermined=users.undetermined, own=users.own
    )


def _faults(old: Report, new: Report) -> Iterator[FaultChange]:
    """In the order of the new report's catalogue."""
    was, now = ({fault.id: fault for fault in report.faults} for report in (old, new))
    for id_ in dict.fromkeys((*now, *was)):
        before, after = was.get(id_), now.get(id_)
        if before is None or after is None or before.status is not after.status:
            some = after or before
            assert some is not None
            yield FaultChange(
                id=id_,
                title=some.title,
                old=before.status if before else None,
                new=after.status if after else None,
                users_affected=Pair(
                    old=before.users_affected if before else 0, new=after.users_affected if after else 0
                ),
            )


def _waivers(old: Report, new: Report) -> Iterable[WaiverChange]:
    was, now = ({entry.waiver: entry for entry in report.waivers} for report in (old, new))
    for waiver in dict.fromkeys((*now, *was)):
        before, after = was.get(waiver), now.get(waiver)
        if before is None or after is None or before.state is not after.state:
            yield WaiverChange(
                check=waiver.check,
                subject=waiver.subject,
                owner=waiver.owner,
                ticket=waiver.ticket,
                expires=waiver.expires,
                old=before.state if before else None,
                new=after.state if after else None,
                because=after.lapsed_because if after else "",
            )
