"""The loop: checks ask, facts arrive, and what waited for a fact is judged again; pure, whoever does the asking.

:class:`Investigation` holds the state between two facts. Its driver sends what :meth:`~Investigation.wanted` names and
hands back each fact with :meth:`~Investigation.tell`, in whatever order they come; the result does not depend on it.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import partial
from typing import Any

from checker.judging import UserResults, as_unknown, status_of
from checker.model.checks import (
    Check,
    DeploymentCheck,
    Impact,
    Scope,
    Server,
    ServerCheck,
    ServerRole,
    SipDomainCheck,
    UserCheck,
)
from checker.model.evidence import Evidence, Wanted
from checker.model.facts import Fact, NoAnswer, Selection, Snapshot
from checker.model.findings import AssessedUser, Finding, Subject, Tally, Unknown, UserResult
from checker.model.probes import AnyProbe
from checker.model.target import Target
from checker.model.undecided import Reason, Undecided
from checker.model.verdicts import Status, Verdict
from checker.readings import subjects
from checker.readings.names import is_dns_name
from checker.readings.users import batch

EVERYTHING = Selection()


@dataclass(frozen=True)
class Assessment:
    """``findings`` in catalogue order: all but those of single users, which are in ``users``; ``tallies`` by check
    id. ``evidence``: what was judged, with the readings that were made of it.
    """

    findings: tuple[Finding, ...]
    users: tuple[AssessedUser, ...]
    tallies: dict[str, Tally]
    evidence: Evidence = field(compare=False, repr=False)


@dataclass(eq=False)
class _Task:
    """One judging that may have to wait. ``run`` returns nothing and may raise :class:`Wanted` or ``Undecided``."""

    check: Check
    subject: Subject
    run: Callable[[Evidence], None]
    outstanding: set[AnyProbe] = field(default_factory=set)


class Investigation:
    """One run over ``checks``. Facts may be there from the beginning, or arrive; asking twice cannot happen."""

    def __init__(
        self,
        target: Target,
        checks: Iterable[Check],
        *,
        facts: Iterable[Fact] = (),
        selection: Selection = EVERYTHING,
    ) -> None:
        self._target = target
        self._checks = tuple(checks)
        self._facts: dict[AnyProbe, Fact] = {fact.probe: fact for fact in facts}
        self._derived: dict[Hashable, Any] = {}
        self._findings: dict[tuple[str, Subject], Finding] = {}
        self._users: dict[str, UserResults] = {}
        self._spawned: set[tuple[str, Subject]] = set()
        self._waiting: dict[AnyProbe, list[_Task]] = {}
        self._wanted: list[AnyProbe] = []
        for check in self._checks:
            self._begin(check, selection)

    def wanted(self) -> tuple[AnyProbe, ...]:
        """What became wanted since the last call; each probe is named once in the life of the investigation."""
        fresh, self._wanted = tuple(self._wanted), []
        return fresh

    def outstanding(self) -> tuple[AnyProbe, ...]:
        """What was wanted and has not been told."""
        return tuple(self._waiting)

    def first_outstanding(self) -> AnyProbe | None:
        """The one of them that was wanted first; cheap, however many there are."""
        return next(iter(self._waiting), None)

    def waiting_for(self, probe: AnyProbe) -> tuple[str, ...]:
        """Ids of the checks that wait for this fact, in catalogue order."""
        return tuple(dict.fromkeys(task.check.id for task in self._waiting.get(probe, ())))

    def tell(self, fact: Fact) -> None:
        """Takes a fact in, and judges again whatever has now all that it waited for."""
        self._facts[fact.probe] = fact
        for task in self._waiting.pop(fact.probe, ()):
            task.outstanding.discard(fact.probe)
            if not task.outstanding:
                self._attempt(task)

    def assessment(self) -> Assessment:
        """What is known now. Ask when nothing is outstanding; a judging that still waits has no finding yet."""
        findings: list[Finding] = []
        tallies: dict[str, Tally] = {}
        for check in self._checks:
            own = sorted((f for (id_, _), f in self._findings.items() if id_ == check.id), key=lambda f: f.subject.name)
            findings += own
            counts = {status: sum(f.status is status for f in own) for status in Status}
            if check.id in self._users:
                for status, number in self._users[check.id].counts.items():
                    counts[status] += number
            tallies[check.id] = Tally(
                passed=counts[Status.PASS],
                warned=counts[Status.WARN],
                failed=counts[Status.FAIL],
                unknown=counts[Status.UNKNOWN],
                not_applicable=counts[Status.NOT_APPLICABLE],
            )
        evidence = Evidence(self._facts, self._derived)
        return Assessment(tuple(findings), self._assessed_users(), tallies, evidence)

    def facts(self) -> tuple[Fact, ...]:
        return tuple(self._facts.values())

    # How one check begins

    def _begin(self, check: Check, selection: Selection) -> None:
        deployment = Subject(Scope.DEPLOYMENT, self._target.name)
        if refusal := check.applies.refusal(self._target):
            self._conclude(check, deployment, Verdict.not_applicable(refusal))
        elif isinstance(check, UserCheck) and self._target.no_users:
            self._conclude(check, deployment, Verdict.not_applicable("users were left out on purpose (--no-users)"))
        elif not _selected(check.id, selection):
            left_out = Undecided(Reason.NOT_ASKED, "left out by --only or --skip", needs="a scan without them")
            self._conclude(check, deployment, as_unknown(left_out))
        else:
            self._start(check, deployment)

    def _start(self, check: Check, deployment: Subject) -> None:
        target = self._target
        match check:
            case DeploymentCheck():
                judge = check.judge
                self._judge(check, deployment, lambda evidence: judge(target, evidence))
            case SipDomainCheck():
                self._spawn_domains(check, target.sip_domains)
                self._attempt(
                    _Task(check, deployment, lambda ev: self._spawn_domains(check, subjects.sip_domains(target, ev)))
                )
                if check.impact is Impact.BLOCKS and not target.no_users:
                    # What stops the users of a domain is asked of every domain that has one, listed or not.
                    self._attempt(
                        _Task(check, deployment, lambda ev: self._spawn_domains(check, _of_users(target, ev)))
                    )
            case ServerCheck():
                self._spawn_servers(check, subjects.configured_servers(target, check.roles))
                self._attempt(_Task(check, deployment, lambda evidence: self._every_server(check, evidence)))
            case UserCheck():
                self._attempt(_Task(check, deployment, lambda evidence: self._judge_users(check, evidence)))
            case _:
                raise TypeError(f"{type(check).__name__} is no kind of check")

    def _spawn_domains(self, check: SipDomainCheck, domains: Iterable[str]) -> None:
        def judge(name: str, evidence: Evidence) -> Verdict:
            return check.judge(self._target, evidence, name)

        for name in domains:
            self._judge(check, Subject(Scope.SIP_DOMAIN, name), partial(judge, name))

    def _spawn_servers(self, check: ServerCheck, servers: Iterable[Server]) -> None:
        def judge(server: Server, evidence: Evidence) -> Verdict:
            return check.judge(self._target, evidence, server)

        for server in servers:
            self._judge(check, Subject(Scope.SERVER, server.fqdn), partial(judge, server))

    def _every_server(self, check: ServerCheck, evidence: Evidence) -> None:
        found = subjects.all_servers(evidence, check.roles)
        self._spawn_servers(check, found)
        seen = {server.role for server in (*found, *subjects.configured_servers(self._target, check.roles))}
        # Every deployment has a Front End; an Edge it may lack, which is a finding of another check.
        needed = check.roles & {ServerRole.FRONT_END} or check.roles
        if missing := needed - seen:
            kinds = " or ".join(sorted(role.value for role in missing))
            raise Undecided(
                Reason.MALFORMED, f"Get-CsPool names no {kinds} server", needs="Get-CsPool of the whole topology"
            )

    def _judge_users(self, check: UserCheck, evidence: Evidence) -> None:
        rows = evidence.derive(batch(self._target))
        if not rows:
            raise Undecided(
                Reason.NOT_ASKED,
                "no user was named, and none is seen homed on-premises",
                needs="[move].users in csready.toml, or --users",
            )
        self._users[check.id] = UserResults(check, rows, check.bind(self._target, evidence))

    # Judging, waiting, concluding

    def _judge(self, check: Check, subject: Subject, judge: Callable[[Evidence], Verdict]) -> None:
        key = (check.id, subject)
        if key not in self._spawned:
            self._spawned.add(key)
            self._attempt(
                _Task(check, subject, lambda evidence: self._conclude(check, subject, judge(evidence), evidence))
            )

    def _attempt(self, task: _Task) -> None:
        evidence = Evidence(self._facts, self._derived)
        try:
            task.run(evidence)
        except Wanted as missing:
            task.outstanding = set(missing.probes)
            for probe in missing.probes:
                if probe not in self._waiting:
                    self._waiting[probe] = []
                    self._wanted.append(probe)
                self._waiting[probe].append(task)
        except Exception as error:  # a judge's bug costs its own finding, never the report
            self._conclude(task.check, task.subject, as_unknown(error), evidence)

    def _conclude(
        self, check: Check, subject: Subject, result: Verdict | Unknown, evidence: Evidence | None = None
    ) -> None:
        consulted = tuple(probe.id for probe in evidence.consulted) if evidence else ()
        self._findings[check.id, subject] = (
            Finding(
                check=check, subject=subject, status=Status.UNKNOWN, verdict=None, unknown=result, evidence=consulted
            )
            if isinstance(result, Unknown)
            else Finding(
                check=check,
                subject=subject,
                status=status_of(result, check.worst),
                verdict=result,
                evidence=consulted,
                value=result.value if result.value is not None else result.observed,
            )
        )

    def _assessed_users(self) -> tuple[AssessedUser, ...]:
        if self._target.no_users:
            return ()
        try:
            rows = Evidence(self._facts, self._derived).derive(batch(self._target))
        except (Wanted, Undecided):
            return ()
        results: dict[int, tuple[UserResult, ...]] = {}
        for check in self._checks:
            if judged := self._users.get(check.id):
                for place, result in zip(judged.places, judged.others, strict=True):
                    results[place] = (*results.get(place, ()), result)
        seen: dict[str, int] = {}
        users = []
        for place, row in enumerate(rows):
            number = seen[row.subject] = seen.get(row.subject, 0) + 1
            users.append(AssessedUser(row, results.get(place, ()), number))
        return tuple(users)


def _of_users(target: Target, evidence: Evidence) -> tuple[str, ...]:
    """The SIP domains of the batch; none where nobody could say who that is, which the user checks say themselves."""
    try:
        domains = dict.fromkeys(row.sip_domain for row in evidence.derive(batch(target)))
    except Undecided:
        return ()
    return tuple(domain for domain in domains if is_dns_name(domain))


def _selected(check_id: str, selection: Selection) -> bool:
    asked = not selection.only or any(fnmatchcase(check_id, glob) for glob in selection.only)
    return asked and not any(fnmatchcase(check_id, glob) for glob in selection.skip)


def investigate(investigation: Investigation, ask: Callable[[AnyProbe], Fact]) -> Assessment:
    """Runs it to its end with an ``ask`` that answers on the spot: a snapshot, or a test's table."""
    while batch_of_probes := investigation.wanted():
        for probe in batch_of_probes:
            investigation.tell(ask(probe))
    return investigation.assessment()


def ask_snapshot(snapshot: Snapshot) -> Callable[[AnyProbe], Fact]:
    """An ``ask`` for what a snapshot does not hold, because a check that is newer than it asks for more."""

    def ask(probe: AnyProbe) -> Fact:
        none = NoAnswer(
            reason=Reason.NOT_ASKED,
            code="not-in-snapshot",
            detail=f"the snapshot holds no answer to {probe.id}",
            needs="a new scan with this version",
        )
        return Fact(probe=probe, answer=none, observed_at=snapshot.as_of, source="")

    return ask
