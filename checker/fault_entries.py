"""A fault as the report shows it: what it rests on, what would decide it, and the fixes of what failed."""

from collections.abc import Iterator, Sequence, Set

from checker.assess import Assessment
from checker.fix_order import remedy_of
from checker.model import report as parts
from checker.model.checks import Check, Remediation
from checker.model.findings import FaultStatus
from checker.model.verdicts import Status
from checker.predict import FaultPrediction

MOST_LISTED = 100  # entries per check and status in the report; all users are in users.csv


def fault_entry(prediction: FaultPrediction, checks: Sequence[Check], assessment: Assessment) -> parts.FaultEntry:
    fault = prediction.fault
    predicting = {check.id for check in checks if fault.id in check.predicts}
    remedies: dict[Remediation, None] = {}
    if prediction.status is FaultStatus.PREDICTED:
        for remedy in _remedies(predicting, assessment):
            remedies[remedy] = None
            if len(remedies) == MOST_LISTED:
                break
    why_not = fault.unpredictable
    if prediction.status is FaultStatus.NOT_PREDICTABLE and not why_not:
        why_not = "no check of this version looks for it"
    return parts.FaultEntry(
        id=fault.id,
        code=fault.code,
        title=fault.title,
        status=prediction.status,
        scope=fault.scope,
        step=fault.step,
        confidence=prediction.confidence,
        message=fault.message or None,
        cause=fault.cause,
        not_foreseen=why_not or None,
        users_affected=prediction.users_affected,
        because=prediction.because[:MOST_LISTED],
        missing=tuple(parts.Missing(what=each.detail, needs=each.needs) for each in prediction.missing[:MOST_LISTED]),
        remediation=tuple(remedies),
        references=fault.sources,
    )


def _remedies(predicting: Set[str], assessment: Assessment) -> Iterator[Remediation]:
    """Of what failed of these checks, those of single users last."""
    for finding in assessment.findings:
        if finding.check.id in predicting and finding.status is Status.FAIL:
            yield finding.remediation
    for user in assessment.users:
        for result in user.results:
            if result.check.id in predicting and result.status is Status.FAIL:
                yield remedy_of(result)
