"""The report as a document: headings, paragraphs, bullets, tables and blocks, in Markdown or in another markup.

The first screen is for the change board; below it stands what the administrator needs.
"""

from collections.abc import Iterable

from checker.model.checks import Reference, Remediation
from checker.model.findings import FaultStatus, Outcome
from checker.model.report import Advice, Report, UserOutcome
from checker.model.verdicts import Status
from checker.rendering.commands import is_command
from checker.rendering.grouping import Blocker, Listed, blockers, gaps, listed, steps
from checker.rendering.markup import Markup
from checker.rendering.words import counted, first_few, unblocks

MOST_USERS = 20
MOST_EVIDENCE = 40


class Document:
    """Everything foreign is escaped or quoted as code; nothing in it is a link but the sources of the catalogue."""

    def __init__(self, markup: Markup) -> None:
        self._m = markup

    def drawn(self, report: Report, summary: str) -> str:
        """``summary``: the first screen, in the same markup."""
        findings = listed(report)
        stopping = blockers(report.faults, findings)
        shown = {id(cause) for blocker in stopping for cause in blocker.causes}
        sections = (
            self._predicted(report, stopping),
            self._findings([each for each in findings if id(each) not in shown]),
            self._advice(report),
            self._not_looked_at(findings),
            self._not_foreseen(report),
            self._users(report),
            self._plan(report),
            self._passed(report),
            self._evidence(report),
            self._impact(report),
        )
        return "\n\n".join([summary.rstrip("\n"), *("\n".join(lines) for lines in sections if lines)]) + "\n"

    def _predicted(self, report: Report, stopping: Iterable[Blocker]) -> list[str]:
        m = self._m
        lines: list[str] = []
        for blocker in stopping:
            fault = blocker.fault
            hits = (
                f"{fault.users_affected} of {report.users.total} users" if report.users.total else "users of the batch"
            )
            lines += [
                "",
                m.heading(3, f"{fault.id}: {m.text(fault.title)}"),
                "",
                f"Hits {hits}; {fault.confidence.value}.",
            ]
            if fault.message:
                lines += ["", m.block(fault.message)]
            lines += ["", m.text(fault.cause)]
            for cause in blocker.causes:
                lines += ["", *self._finding(cause)]
            if blocker.as_above:
                lines += ["", f"Rests on {', '.join(map(m.code, blocker.as_above))}, as above."]
            lines += self._sources(fault.references)
        order = "In the order in which Move-CsUser is thought to meet them; the order is inferred, not documented."
        return [m.heading(2, "Predicted faults"), "", order, *lines] if lines else []

    def _findings(self, findings: Iterable[Listed]) -> list[str]:
        m = self._m
        lines: list[str] = []
        for each in findings:
            if each.first.status in (Status.FAIL, Status.WARN):
                lines += ["", *self._finding(each), *self._sources(each.first.references)]
        return [m.heading(2, "Other findings"), *lines] if lines else []

    def _finding(self, each: Listed) -> list[str]:
        m = self._m
        entry = each.first
        subject = (
            f"{counted(each.count, 'user')}, all in {m.code('users.csv')}"
            if each.of_users
            else m.code(entry.subject.name)
        )
        lines = [
            f"{m.strong(entry.status.value)} {m.code(entry.check)}, {subject} ({entry.impact.value}): "
            + m.text(entry.title),
            "",
        ]
        if entry.waiver:
            waiver = entry.waiver
            until = f"until {waiver.expires}: {m.text(waiver.reason)}"
            lines.append(m.bullet(f"accepted by {m.text(waiver.owner)}, {m.text(waiver.ticket)}, {until}"))
        if each.of_users:
            names = first_few((m.code(finding.subject.name) for finding in each.entries), 5, each.count)
            lines.append(m.bullet(f"users {names}"))
        whose = f" ({m.code(entry.subject.name)})" if each.of_users and not each.shared("observed") else ""
        lines += [m.bullet(f"expected {m.code(text)}") for text in entry.expected.splitlines()]
        lines += [m.bullet(f"observed {m.code(text)}{whose}") for text in entry.observed.splitlines()]
        if entry.summary:
            lines.append(m.bullet(m.text(entry.summary)))
        if each.remedies:
            lines += ["", *self._remedy(each.remedies[0])]
            if len(each.remedies) > 1:
                lines += ["", f"The others like it are in {m.code('fix.ps1')}."]
        return lines

    def _remedy(self, remedy: Remediation) -> list[str]:
        m = self._m
        place = ", as ".join(map(m.text, filter(None, (remedy.where, remedy.role))))
        lines = [f"Fix, in {place}:", "", m.block(remedy.run, is_powershell=is_command(remedy.run)), ""]
        lines += [m.bullet(f"verify {m.code(remedy.verify)}")] if remedy.verify else []
        lines += [m.bullet(f"roll back {m.code(remedy.rollback)}")] if remedy.rollback else []
        lines += [m.bullet(f"wait for {m.text(remedy.wait)}")] if remedy.wait else []
        return lines if lines[-1] else lines[:-1]

    def _sources(self, references: Iterable[Reference]) -> list[str]:
        m = self._m
        named = [f"{m.text(each.title)}{m.address(each.url)}, read {each.read_on}" for each in references]
        return ["", f"Source: {'; '.join(named)}."] if named else []

    def _advice(self, report: Report) -> list[str]:
        m = self._m
        lines = [
            m.bullet(f"{m.strong(m.text(each.title))}{self._whom(each)}: {m.text(each.text)}") for each in report.advice
        ]
        return [m.heading(2, "Mind this"), "", *lines] if lines else []

    def _whom(self, advice: Advice) -> str:
        m = self._m
        if not advice.users_affected:
            return ""
        names = f": {first_few(map(m.code, advice.users), 5, advice.users_affected)}" if advice.users else ""
        return f" ({counted(advice.users_affected, 'user')}{names})"

    def _not_looked_at(self, findings: Iterable[Listed]) -> list[str]:
        m = self._m
        rows = [
            (
                gap.reason.value + (" (waived)" if gap.waived else ""),
                first_few(map(m.code, gap.what), 12),
                m.text(gap.detail),
                m.text(gap.needs),
                "yes" if gap.blocks else "no",
            )
            for gap in gaps(findings)
        ]
        headers = ("reason", "checks", "what", "needs", "may stop a move")
        return [m.heading(2, "Not looked at"), "", m.table(headers, rows)] if rows else []

    def _not_foreseen(self, report: Report) -> list[str]:
        m = self._m
        beyond = [fault for fault in report.faults if fault.status is FaultStatus.NOT_PREDICTABLE]
        rows = [(m.code(fault.id), m.text(fault.title), m.text(fault.not_foreseen or "")) for fault in beyond]
        headers = ("fault", "what it is", "why it cannot be foreseen")
        return [m.heading(2, "Not foreseen"), "", m.table(headers, rows)] if rows else []

    def _users(self, report: Report) -> list[str]:
        m = self._m
        users = report.users
        if not users.total:
            return []
        rows = [(outcome.value, *numbers) for outcome, *numbers in self._outcomes(report)]
        lines = [
            m.heading(2, "Users"),
            "",
            m.table(("outcome", "as things stand", "once the deployment is settled"), rows),
        ]
        stuck = [user for user in users.outcomes if user.own_outcome is not Outcome.MOVES]
        if stuck:
            named = [self._user_row(user) for user in stuck[:MOST_USERS]]
            lines += [
                "",
                "With reasons of their own:",
                "",
                m.table(("user", "outcome", "once settled", "faults"), named),
            ]
        return [*lines, "", f"Every user with all reasons is in {m.code(users.file)}."]

    def _outcomes(self, report: Report) -> tuple[tuple[Outcome, int, int], ...]:
        users = report.users
        return (
            (Outcome.MOVES, users.moves, users.own.moves),
            (Outcome.BLOCKED, users.blocked, users.own.blocked),
            (Outcome.UNDETERMINED, users.undetermined, users.own.undetermined),
        )

    def _user_row(self, user: UserOutcome) -> tuple[str, ...]:
        m = self._m
        return (
            m.code(user.sip_address),
            user.outcome.value,
            user.own_outcome.value,
            ", ".join(map(m.code, user.faults)),
        )

    def _plan(self, report: Report) -> list[str]:
        m = self._m
        rows = [
            (
                step.number,
                m.code(step.first.check),
                m.text(step.first.remediation.where),
                m.text(step.first.remediation.role),
                unblocks(step.users_unblocked, report),
                "yes" if step.first.remediation.rollback else "none known",
                m.text(step.first.remediation.wait),
            )
            for step in steps(report.fixes)
        ]
        headers = ("step", "check", "where", "role", "users", "rollback", "wait")
        return (
            [m.heading(2, "Fix plan"), "", m.table(headers, rows), "", f"The same steps are in {m.code('fix.ps1')}."]
            if rows
            else []
        )

    def _passed(self, report: Report) -> list[str]:
        m = self._m
        areas: dict[str, list[int]] = {}
        for count in report.checks:
            if count.passed:
                areas.setdefault(count.id.partition(".")[0], []).append(count.passed)
        rows = [(area, len(passed), sum(passed)) for area, passed in areas.items()]
        return [m.heading(2, "Passed"), "", m.table(("area", "checks", "findings"), rows)] if rows else []

    def _evidence(self, report: Report) -> list[str]:
        m = self._m
        rows = [
            (
                m.code(each.vantage),
                m.code(each.asked),
                f"{each.observed_at:%Y-%m-%d %H:%M:%S}",
                each.reason.code.value if each.reason else "answered",
            )
            for each in report.evidence[:MOST_EVIDENCE]
        ]
        lines = [m.heading(2, "Evidence"), "", m.table(("from", "asked", "at (UTC)", "outcome"), rows)]
        beyond = len(report.evidence) - len(rows)
        return lines + (["", f"and {beyond} more, in {m.code('report.json')}."] if beyond else []) if rows else []

    def _impact(self, report: Report) -> list[str]:
        m = self._m
        took = round((report.finished_at - report.started_at).total_seconds())
        asked = counted(len(report.evidence), "question")
        lines = [m.heading(2, "Impact of this assessment"), "", f"Read-only: {asked} in {took} s, nothing was changed."]
        runs: dict[tuple[str, str], dict[str, None]] = {}
        for run in report.commands_run:
            runs.setdefault((run.where, run.as_whom), {})[run.what] = None
        if runs:
            lines.append("")
        for (where, as_whom), what in runs.items():
            whom = f" as {m.code(as_whom)}" if as_whom else ""
            lines.append(m.bullet(f"{m.code(where)}{whom}: {first_few(map(m.code, what), 12)}"))
        known = [
            f"{m.code(each.id)} since {each.since} ({counted(each.age_days, 'day')} old)" for each in report.advisories
        ]
        return lines + (["", f"Judged by what was known then: {', '.join(known)}."] if known else [])
