"""What a check's test needs: a target, answers in short form, and the verdict as one string."""

from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec

from checker.assess import Assessment, Investigation, investigate
from checker.judging import status_of
from checker.model.answers import AnyAnswer, DnsAnswer, DnsRecord, HttpAnswer, Json, Objects
from checker.model.checks import Check, UserCheck
from checker.model.facts import Fact, NoAnswer
from checker.model.findings import Finding
from checker.model.probes import AnyProbe
from checker.model.target import Target
from checker.model.undecided import Reason
from checker.model.verdicts import Status

NOW = datetime(2026, 11, 22, 19, 3, tzinfo=UTC)
CONTOSO = Target(name="contoso", sip_domains=("contoso.com",))
DENIED = NoAnswer(reason=Reason.NO_ACCESS, code="access-denied", detail="access denied", needs="a role")
SILENT = NoAnswer(reason=Reason.TIMED_OUT, code="timeout", detail="no answer")
UNASKED = NoAnswer(reason=Reason.NOT_ASKED, code="not-in-table", detail="the test's table has no answer")


def contoso(**changes: Json) -> Target:
    """The target of most tests with some fields changed."""
    return msgspec.structs.replace(CONTOSO, **changes)


def objects(*rows: Mapping[str, Json], complete: bool = True, **properties: Json) -> Objects:
    """Rows given as mappings, or one row given as keywords."""
    return Objects(rows=tuple(dict(row) for row in ((*rows, properties) if properties else rows)), complete=complete)


def records(name: str, record: str, *data: str, rcode: str = "NOERROR", ttl: int = 3600) -> DnsAnswer:
    """``records("contoso.com", "SRV", "0 0 5061 sip.contoso.com.")``; no data is NODATA."""
    return DnsAnswer(rcode=rcode, records=tuple(DnsRecord(name, record, ttl, each) for each in data), server="8.8.8.8")


NXDOMAIN = DnsAnswer(rcode="NXDOMAIN", server="8.8.8.8")


def http(status: int, body: str = "", **more: Json) -> HttpAnswer:
    return HttpAnswer(status=status, url="https://example.test/", body=body, **more)


def assessed(
    check: Check, target: Target, answers: Mapping[AnyProbe, AnyAnswer | NoAnswer], at: datetime = NOW
) -> Assessment:
    """The check judged over these answers; what the table lacks was not asked."""
    investigation = Investigation(target, (check,))
    return investigate(
        investigation, lambda probe: Fact(probe=probe, answer=answers.get(probe, UNASKED), observed_at=at)
    )


def findings(check: Check, target: Target, answers: Mapping[AnyProbe, AnyAnswer | NoAnswer]) -> dict[str, Finding]:
    """By subject."""
    return {finding.subject.name: finding for finding in assessed(check, target, answers).findings}


def finding(check: Check, target: Target, answers: Mapping[AnyProbe, AnyAnswer | NoAnswer]) -> Finding:
    """The only finding there is."""
    (only,) = assessed(check, target, answers).findings
    return only


def judged(check: Check, target: Target, answers: Mapping[AnyProbe, AnyAnswer | NoAnswer]) -> str:
    """``pass``, ``fail``, ``warn``, ``not-applicable``, or ``unknown: no-access`` for the only subject there is."""
    return word(finding(check, target, answers))


def judged_users(check: Check, target: Target, answers: Mapping[AnyProbe, AnyAnswer | NoAnswer]) -> dict[str, str]:
    """The verdict of a user check by user; a finding for all of them stands under the deployment's name."""
    assessment = assessed(check, target, answers)
    words = {each.subject.name: word(each) for each in assessment.findings}
    for user in assessment.users:
        if not assessment.findings and isinstance(check, UserCheck) and not user.results:
            verdict = check.bind(target, assessment.evidence)(user.row)  # what is only counted of the whole batch
            words[user.row.subject] = status_of(verdict, check.worst).value
        for result in user.results:
            words[user.row.subject] = (
                f"unknown: {result.unknown.reason.value}" if result.unknown else result.status.value
            )
    return words


def word(found: Finding) -> str:
    if found.status is Status.UNKNOWN and found.unknown:
        return f"unknown: {found.unknown.reason.value}"
    return found.status.value
