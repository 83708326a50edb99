"""One of the two reports, made ready to be looked things up in."""

from collections import Counter

from checker.comparing.terms import users_left_out
from checker.comparing.vantages import Views
from checker.model.checks import Scope
from checker.model.report import CheckCount, FindingEntry, Report, Waiver
from checker.model.verdicts import Status


class Half:
    """``when``: ``then`` for the old report, ``now`` for the new one.

    ``of_the_whole``: by check, what is said of the deployment; for a check of users, servers or SIP domains this is
    that nobody could say who they are, or that it does not apply to any.
    """

    def __init__(self, report: Report, when: str) -> None:
        self.report = report
        self.when = when
        self.findings = {finding.id: finding for finding in report.findings}
        self.checks = {count.id: count for count in report.checks}
        self.of_the_whole = {each.check: each for each in report.findings if each.subject.kind is Scope.DEPLOYMENT}
        self.subjects = frozenset(finding.subject for finding in report.findings)
        self.views = Views(report)
        self.users_left_out = users_left_out(report)
        self._listed = Counter((finding.check, finding.status) for finding in report.findings)
        self._waivers = {entry.waiver: entry for entry in report.waivers}

    def leaves_users_out(self, finding: FindingEntry) -> bool:
        """Whether it does not apply for no other reason than that users were left out of the run on purpose."""
        return self.users_left_out != "" and finding.summary == self.users_left_out

    def names_all(self, check: str) -> bool:
        """Whether everybody of whom the check says fail, warn or unknown has a finding in the report."""
        tally = self.checks.get(check)
        return tally is None or all(
            self._listed[check, status] >= number
            for status, number in (
                (Status.FAIL, tally.fail),
                (Status.WARN, tally.warn),
                (Status.UNKNOWN, tally.unknown),
            )
        )

    def not_accepted_because(self, waiver: Waiver) -> str:
        """Why it accepts a finding no longer that it accepted in the other report."""
        if entry := self._waivers.get(waiver):
            return entry.lapsed_because or "another value was judged than the one accepted"
        return f"its waiver is not among those given {self.when}"


def in_vain(finding: FindingEntry, when: str) -> str:
    """``could not be looked at now: no-access: Access Denied.``"""
    reason = finding.reason
    return f"could not be looked at {when}: " + (f"{reason.code.value}: {reason.detail}" if reason else finding.summary)


def tallied(count: CheckCount, when: str) -> str:
    """``now 3 fail, 5 pass``."""
    numbers = (
        (count.fail, "fail"),
        (count.warn, "warn"),
        (count.unknown, "unknown"),
        (count.passed, "pass"),
        (count.not_applicable, "not applicable"),
    )
    return f"{when} " + (", ".join(f"{number} {word}" for number, word in numbers if number) or "there was nobody")
