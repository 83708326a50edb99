"""A finding that only one of the reports has: whether its subject is new or gone, or nobody looked."""

from checker.comparing.batches import Batches
from checker.comparing.difference import Change
from checker.comparing.half import Half, in_vain, tallied
from checker.comparing.pairs import Judged, another_rule
from checker.comparing.terms import PSEUDONYMOUS, Terms
from checker.model.checks import Scope
from checker.model.report import CheckCount, FindingEntry
from checker.model.verdicts import Status


def of_one(finding: FindingEntry, here: Half, there: Half, batches: Batches, terms: Terms) -> Judged:
    """The class, and why. ``here`` has the finding, ``there`` has none of its id."""
    appears = Change.NEW if here.when == "now" else Change.GONE
    rule, other_rule = here.checks.get(finding.check), there.checks.get(finding.check)
    if other_rule is None:
        return appears, f"the tool changed, not the estate: csready {there.report.tool.version} has no such check"
    if why := another_rule(other_rule.revision, rule.revision) if rule else "":
        return Change.NOT_COMPARABLE, why
    if why := _nobody_looked(finding, here, there, terms):
        return Change.NOT_COMPARABLE, why
    if finding.subject.kind is Scope.USER:
        return _of_user(finding, here, there, batches, terms)
    return appears, _whose(finding, here, there)


def _nobody_looked(finding: FindingEntry, here: Half, there: Half, terms: Terms) -> str:
    kind = finding.subject.kind
    if terms.other_names and kind in PSEUDONYMOUS:
        return terms.other_names
    if there.report.interrupted:
        return f"the run was interrupted {there.when}, before it got there"
    whole = there.of_the_whole.get(finding.check)
    if whole and whole.status is Status.UNKNOWN:
        return in_vain(whole, there.when)
    if there.users_left_out and kind is Scope.USER:
        return f"users were left out on purpose {there.when}"
    if here.leaves_users_out(finding):
        return f"users were left out on purpose {here.when}"
    if terms.another_phase and (whole or kind is Scope.DEPLOYMENT):
        return terms.another_phase
    if kind is Scope.DEPLOYMENT and finding.status is Status.UNKNOWN:
        return f"{in_vain(finding, here.when)}; {tallied(there.checks[finding.check], there.when)}"
    if kind is Scope.SIP_DOMAIN and here.report.users.total and not there.report.users.total:
        return f"whose users move was not known {there.when}, and the domain may be theirs alone"
    if finding.status is Status.UNKNOWN and kind is not Scope.USER and finding.subject in there.subjects:
        return in_vain(finding, here.when)
    return ""


def _whose(finding: FindingEntry, here: Half, there: Half) -> str:
    if whole := there.of_the_whole.get(finding.check):
        verb = "did" if there.when == "then" else "does"
        return f"{verb} not apply {there.when}: {whole.summary}"
    if finding.subject.kind is Scope.DEPLOYMENT:
        return tallied(there.checks[finding.check], there.when)
    if finding.subject in there.subjects:
        return ""
    return f"{finding.subject.name} {'is new' if here.when == 'now' else 'is not there now'}"


def _of_user(finding: FindingEntry, here: Half, there: Half, batches: Batches, terms: Terms) -> Judged:
    """Of a user of whom the other report has no such finding, because the check passes or does not apply there."""
    if not batches.in_both(finding.subject.name):
        return (Change.NEW, "joined the batch") if here.when == "now" else (Change.GONE, "left the batch")
    there_it, may_pass = _passes_or_does_not_apply(there.checks[finding.check], there.when)
    if finding.status is Status.UNKNOWN:
        return Change.NOT_COMPARABLE, f"{there_it}; {in_vain(finding, here.when)}"
    if terms.another_phase:
        return Change.NOT_COMPARABLE, terms.another_phase
    if here.when == "now":
        return Change.REGRESSED, there_it
    return Change.FIXED if may_pass else Change.GONE, there_it


def _passes_or_does_not_apply(count: CheckCount, when: str) -> tuple[str, bool]:
    """Neither has a finding; the counts tell which it is where there is one of them only."""
    passes, applies = ("passed", "did not apply") if when == "then" else ("passes", "does not apply")
    if not count.not_applicable:
        return f"{passes} {when}", True
    return (f"{passes} {when}, or {applies}", True) if count.passed else (f"{applies} {when}", False)
