"""From a snapshot and what was made of it to the report; pure, so that the same snapshot gives the same bytes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from checker.advice import advised
from checker.appendix import evidence_entry
from checker.assess import Assessment
from checker.batch_notices import batch_notices
from checker.fault_entries import MOST_LISTED, fault_entry
from checker.fingerprint import fingerprint
from checker.fix_order import fixes
from checker.model import report as parts
from checker.model.checks import Check, Scope, Worst
from checker.model.facts import Fact, NoAnswer, Notice, Snapshot
from checker.model.findings import AssessedUser, FaultStatus, Finding, Outcome, Subject, Unknown, UserResult
from checker.model.verdicts import Status
from checker.predict import Prediction, UserPrediction, user_finding_id
from checker.readings.advisories import ADVISORIES
from checker.readings.deployment_build import lowest_build
from checker.waiving import NOBODY, NOTHING, Waiving, candidates

VALIDITY = timedelta(days=7)  # as for cross-tenant migration validations in Microsoft Graph; a convention of ours

_OfUser = tuple[AssessedUser, UserResult]

EXIT_CODES = {
    parts.RunVerdict.READY: 0,
    parts.RunVerdict.READY_WITH_WARNINGS: 0,
    parts.RunVerdict.NOT_READY: 3,
    parts.RunVerdict.INDETERMINATE: 5,
}


def compose(
    snapshot: Snapshot,
    checks: Sequence[Check],
    assessment: Assessment,
    prediction: Prediction,
    *,
    fail_on_warnings: bool = False,
    waivers: Sequence[parts.Waiver] = (),
    track_record: parts.TrackRecord | None = None,
) -> parts.Report:
    """``checks`` is the catalogue that was judged."""
    target = snapshot.target
    waiving = Waiving(waivers, snapshot.as_of, candidates(waivers, assessment))
    verdict = run_verdict(checks, assessment, waiving.counts)
    exit_code = EXIT_CODES[verdict]
    if fail_on_warnings and verdict is parts.RunVerdict.READY_WITH_WARNINGS:
        exit_code = 4
    listed = _listed_results(assessment, waiving)
    valid_until, age_notices = _validity(snapshot)
    report = parts.Report(
        schema_version=parts.SCHEMA_VERSION,
        tool=parts.Tool(name="csready", version=snapshot.tool_version),
        deployment=parts.Deployment(
            name=target.name,
            sip_domains=target.sip_domains,
            cloud=target.cloud,
            phase=target.phase,
            direction=target.direction,
            target=target.proxy_fqdn,
            server=_server_build(snapshot.facts),
        ),
        as_of=snapshot.as_of,
        started_at=snapshot.started_at,
        finished_at=snapshot.finished_at,
        valid_until=valid_until,
        interrupted=snapshot.interrupted,
        redaction=None,
        utc_offset_minutes=snapshot.utc_offset_minutes,
        verdict=verdict,
        exit_code=130 if snapshot.interrupted else exit_code,
        coverage=_coverage(checks, assessment, listed),
        faults=tuple(fault_entry(each, checks, assessment) for each in prediction.faults),
        findings=tuple(
            finding_entry(each, waiving.of(each.id))
            for each in (*assessment.findings, *(_user_finding(user, result) for user, result in listed))
        ),
        checks=tuple(_check_count(check, assessment, waiving) for check in checks),
        fixes=fixes(assessment, prediction),
        advice=advised(target, [user.row for user in assessment.users], assessment.evidence),
        users=_users(prediction),
        evidence=tuple(evidence_entry(fact) for fact in sorted(snapshot.facts, key=lambda fact: fact.probe.id)),
        advisories=tuple(
            parts.Advisory(
                id=each.id, since=each.since, age_days=(snapshot.as_of.date() - each.since).days, source=each.source
            )
            for each in ADVISORIES
        ),
        notices=(*snapshot.notices, *age_notices, *batch_notices(target, prediction.users)),
        waivers=waiving.entries,
        track_record=track_record,
        commands_run=snapshot.commands_run,
    )
    return parts.sealed(report)


def _validity(snapshot: Snapshot) -> tuple[datetime, tuple[Notice, ...]]:
    """Until when the report counts, which is as long as its oldest answer does; and a notice where that is over."""
    answered = (fact for fact in snapshot.facts if not isinstance(fact.answer, NoAnswer))
    oldest = min(answered, key=lambda fact: fact.observed_at, default=None)
    if oldest is None or oldest.observed_at >= snapshot.as_of:
        return snapshot.as_of + VALIDITY, ()
    until = oldest.observed_at + VALIDITY
    if until >= snapshot.as_of:
        return until, ()
    text = f"the oldest answer is of {oldest.observed_at:%Y-%m-%d}: what has changed since then is not seen here"
    return until, (Notice(code="evidence-old", text=text, where=oldest.source),)


def run_verdict(
    checks: Iterable[Check], assessment: Assessment, waived: Mapping[str, parts.StatusCounts] = NOBODY
) -> parts.RunVerdict:
    """What a waiver accepts stands no more in the way, and yet the run is not as if it had never been: unless without
    the waiver it would be the same, as for an unknown of a check that can only warn.
    """
    tallies = assessment.tallies
    if any(tally.failed > waived.get(id_, NOTHING).fail for id_, tally in tallies.items()):
        return parts.RunVerdict.NOT_READY
    blind = [check.id for check in checks if check.worst is Worst.FAIL]
    if any(tallies[id_].unknown > waived.get(id_, NOTHING).unknown for id_ in blind):
        return parts.RunVerdict.INDETERMINATE
    if any(tally.warned or tally.failed for tally in tallies.values()) or any(tallies[id_].unknown for id_ in blind):
        return parts.RunVerdict.READY_WITH_WARNINGS
    if not any(tally.passed for tally in tallies.values()):
        return parts.RunVerdict.INDETERMINATE  # nothing applied, so nothing was looked at: that is not "fine"
    return parts.RunVerdict.READY


def _coverage(checks: Iterable[Check], assessment: Assessment, listed: Sequence[_OfUser]) -> parts.Coverage:
    tallies = [assessment.tallies[check.id] for check in checks]
    applicable = [t for t in tallies if t.passed or t.warned or t.failed or t.unknown]
    unknowns = [(each.check, each.subject.name, each.unknown) for each in assessment.findings if each.unknown]
    unknowns += [(each.check, user.row.subject, each.unknown) for user, each in listed if each.unknown]
    per_check: Counter[str] = Counter()
    missing = []
    for check, subject, unknown in unknowns:
        per_check[check.id] += 1
        if per_check[check.id] <= MOST_LISTED:
            missing.append(
                parts.NotLookedAt(check=check.id, subject=subject, reason=unknown.reason, needs=unknown.needs)
            )
    return parts.Coverage(
        applicable=len(applicable),
        looked_at=sum(not tally.unknown for tally in applicable),
        not_looked_at=tuple(missing),
    )


def _listed_results(assessment: Assessment, waiving: Waiving) -> tuple[_OfUser, ...]:
    """What the report lists of single users: of each check and status the first, in the order of the batch.

    What stands is listed before what a waiver accepts, so that nobody is left out for somebody who was accepted.
    """
    listed: dict[int, _OfUser] = {}
    taken: Counter[tuple[str, Status]] = Counter()
    for accepted in (False, True) if waiving.entries else (False,):
        for place, (user, result) in enumerate(_results_of_users(assessment)):
            key = (result.check.id, result.status)
            if taken[key] == MOST_LISTED:
                continue
            named = result.check.id in waiving.counts
            if (named and waiving.of(user_finding_id(user, result)) is not None) is accepted:
                taken[key] += 1
                listed[place] = (user, result)
    return tuple(listed[place] for place in sorted(listed))


def _results_of_users(assessment: Assessment) -> Iterator[_OfUser]:
    for user in assessment.users:
        for result in user.results:
            if result.status is not Status.NOT_APPLICABLE:
                yield user, result


def _user_finding(user: AssessedUser, result: UserResult) -> Finding:
    return Finding(
        check=result.check,
        subject=Subject(Scope.USER, user.row.subject),
        status=result.status,
        verdict=result.verdict,
        unknown=result.unknown,
        number=user.number,
    )


def finding_entry(finding: Finding, waiver: parts.Waiver | None = None) -> parts.FindingEntry:
    check, verdict, unknown = finding.check, finding.verdict, finding.unknown
    return parts.FindingEntry(
        id=finding.id,
        check=check.id,
        title=check.title,
        area=check.area,
        subject=parts.SubjectEntry(kind=finding.subject.kind, name=finding.subject.name),
        status=finding.status,
        impact=check.impact,
        worst=check.worst,
        confidence=check.confidence,
        confidence_note=check.confidence_note,
        expected=verdict.expected if verdict else "",
        observed=verdict.observed if verdict else "",
        summary=verdict.summary if verdict else unknown.detail if unknown else "",
        reason=_reason(unknown),
        evidence=finding.evidence,
        predicts=check.predicts,
        remediation=(finding.remediation,) if finding.status in (Status.FAIL, Status.WARN) else (),
        references=check.sources,
        waiver=waiver,
        fingerprint=fingerprint(check, finding.subject.name, verdict),
    )


def _reason(unknown: Unknown | None) -> parts.ReasonEntry | None:
    return parts.ReasonEntry(code=unknown.reason, detail=unknown.detail, needs=unknown.needs) if unknown else None


def _check_count(check: Check, assessment: Assessment, waiving: Waiving) -> parts.CheckCount:
    tally = assessment.tallies[check.id]
    return parts.CheckCount(
        id=check.id,
        revision=check.revision,
        passed=tally.passed,
        warn=tally.warned,
        fail=tally.failed,
        unknown=tally.unknown,
        not_applicable=tally.not_applicable,
        waived=waiving.counts.get(check.id, NOTHING),
    )


def _users(prediction: Prediction) -> parts.Users:
    outcomes = Counter(user.outcome for user in prediction.users)
    own = Counter(user.own_outcome for user in prediction.users)
    by_fault: Counter[str] = Counter()
    for faults, number in Counter(user.faults for user in prediction.users).items():
        by_fault.update(dict.fromkeys(faults, number))
    order = [each.fault.id for each in prediction.faults]
    return parts.Users(
        total=len(prediction.users),
        moves=outcomes[Outcome.MOVES],
        blocked=outcomes[Outcome.BLOCKED],
        undetermined=outcomes[Outcome.UNDETERMINED],
        own=parts.OutcomeCounts(
            moves=own[Outcome.MOVES], blocked=own[Outcome.BLOCKED], undetermined=own[Outcome.UNDETERMINED]
        ),
        conditions=tuple(
            each.fault.id
            for each in prediction.faults
            if each.status is FaultStatus.NOT_RULED_OUT and each.fault.scope is Scope.DEPLOYMENT
        ),
        by_fault={fault: by_fault[fault] for fault in order if by_fault[fault]},
        outcomes=tuple(user_outcome(user) for user in prediction.users[:MOST_LISTED]),
        file="users.csv",
    )


def user_outcome(user: UserPrediction) -> parts.UserOutcome:
    return parts.UserOutcome(
        sip_address=user.user.row.subject,
        outcome=user.outcome,
        own_outcome=user.own_outcome,
        first_fault=user.faults[0] if user.faults else None,
        faults=user.faults,
    )


def _server_build(facts: Iterable[Fact]) -> parts.ServerBuild:
    found = lowest_build(facts)
    return parts.ServerBuild(generation=found[0] if found else None, build=found[1] if found else None)
