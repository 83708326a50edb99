"""A finding that both reports have: what became of it."""

from checker.comparing.difference import Change
from checker.comparing.half import Half, in_vain
from checker.comparing.terms import PSEUDONYMOUS, Terms
from checker.comparing.vantages import another_vantage, other_rights
from checker.model.report import FindingEntry
from checker.model.verdicts import Status

Judged = tuple[Change, str]

WEIGHT = {Status.PASS: 0, Status.NOT_APPLICABLE: 0, Status.WARN: 1, Status.FAIL: 2}
"""Of what was looked at; ``unknown`` is neither better nor worse than anything."""

SAYS = {
    Status.FAIL: "fails",
    Status.WARN: "warns",
    Status.PASS: "passes",
    Status.NOT_APPLICABLE: "does not apply",
}


def of_pair(old: FindingEntry, new: FindingEntry, then: Half, now: Half, terms: Terms) -> Judged:
    """The class, and why. ``old`` and ``new`` have the same id."""
    if terms.other_names and old.subject.kind in PSEUDONYMOUS:
        return Change.NOT_COMPARABLE, terms.other_names
    if old.waiver and _lapsed(old, new):
        return Change.WAIVER_LAPSED, now.not_accepted_because(old.waiver)
    if Status.UNKNOWN in (old.status, new.status):
        return _of_unknown(old, new)
    for half, one, other in ((then, old, new), (now, new, old)):
        if half.leaves_users_out(one) and other.status is not Status.NOT_APPLICABLE:
            return Change.NOT_COMPARABLE, f"users were left out on purpose {half.when}"
    was, is_ = then.views.of(old), now.views.of(new)
    if why := _another_rule(then, now, old.check) or another_vantage(was, is_):
        return Change.NOT_COMPARABLE, why
    if old.status is new.status and _same_value(old, new, terms):
        return Change.SAME, _accepted_now(old, new)
    rights = "" if terms.other_names else other_rights(was, is_)
    if old.status is new.status:
        if rights or terms.other_names:
            return Change.NOT_COMPARABLE, rights or terms.other_names
        return Change.VALUE_CHANGED, _accepted_now(old, new)
    if terms.another_phase or rights:
        return Change.NOT_COMPARABLE, terms.another_phase or rights
    return _of_statuses(old, new)


def _lapsed(old: FindingEntry, new: FindingEntry) -> bool:
    """An accepted unknown that turns out to fail was not accepted as that; what is unknown only now may be better."""
    if new.waiver:
        return False
    if Status.UNKNOWN in (old.status, new.status):
        return old.status is Status.UNKNOWN and new.status in (Status.UNKNOWN, Status.WARN, Status.FAIL)
    return WEIGHT[new.status] >= WEIGHT[old.status]


def _of_unknown(old: FindingEntry, new: FindingEntry) -> Judged:
    if old.status is new.status:
        return Change.SAME, in_vain(new, "now")
    if new.status is Status.UNKNOWN:
        return Change.NOT_COMPARABLE, in_vain(new, "now")
    return Change.NOT_COMPARABLE, f"looked at now, and {SAYS[new.status]}; {in_vain(old, 'then')}"


def _another_rule(then: Half, now: Half, check: str) -> str:
    was, is_ = then.checks.get(check), now.checks.get(check)
    return another_rule(was.revision, is_.revision) if was and is_ else ""


def another_rule(old: int, new: int) -> str:
    return f"the rule of the check changed: revision {old} then, {new} now" if old != new else ""


def _same_value(old: FindingEntry, new: FindingEntry, terms: Terms) -> bool:
    """Fingerprints of a redacted report depend on its key."""
    if terms.other_names:
        return (old.expected, old.observed, old.summary) == (new.expected, new.observed, new.summary)
    return old.fingerprint == new.fingerprint


def _of_statuses(old: FindingEntry, new: FindingEntry) -> Judged:
    was, is_ = WEIGHT[old.status], WEIGHT[new.status]
    if is_ > was:
        beyond = f"did not apply then: {old.summary}" if old.status is Status.NOT_APPLICABLE else ""
        return Change.REGRESSED, "; ".join(filter(None, (beyond, _accepted_now(old, new))))
    if new.status is Status.NOT_APPLICABLE:  # what it claimed is not right now, there is nothing to claim it of
        return Change.GONE, f"does not apply now: {new.summary}"
    if old.status is Status.NOT_APPLICABLE:
        return Change.NEW, f"did not apply then: {old.summary}"
    return Change.FIXED, "it still warns" if new.status is Status.WARN else ""


def _accepted_now(old: FindingEntry, new: FindingEntry) -> str:
    if old.waiver or not new.waiver:
        return ""
    return f"accepted now, by {new.waiver.owner} until {new.waiver.expires}"
