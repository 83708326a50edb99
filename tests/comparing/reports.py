"""Reports to compare, made of findings; their tallies follow from these."""

from collections.abc import Mapping
from typing import Any

import msgspec

from checker.comparing.comparing import compared
from checker.comparing.difference import Change, Difference, FindingChange
from checker.model.checks import Scope
from checker.model.facts import CommandRun
from checker.model.findings import Outcome
from checker.model.report import CheckCount, FindingEntry, Report, UserOutcome
from checker.model.undecided import Reason
from checker.model.verdicts import Status
from tests.rendering.samples import NO_USERS, READY, counts, evidence, finding, unknown

CHECK = "tenant.shared-sip-address-space"
OF_USERS = "user.licence-teams-sfb"
ANNA, BEN, ZOE = "anna@contoso.com", "ben@contoso.com", "zoe@contoso.com"


def report(
    *findings: FindingEntry,
    users: tuple[str, ...] = (),
    total: int | None = None,
    tallies: Mapping[str, Mapping[str, int]] | None = None,
    revision: int = 1,
    accounts: Mapping[str, str] | None = None,
    in_vain: tuple[str, ...] = (),
    **changes: Any,
) -> Report:
    """``tallies`` gives counts that findings do not show; ``accounts`` as whom each place was asked; ``in_vain`` the
    evidence that is no answer.
    """
    asked = dict.fromkeys(id_ for each in findings for id_ in each.evidence)
    values: dict[str, Any] = {
        "findings": findings,
        "checks": _tallied(findings, tallies or {}, revision),
        "evidence": tuple(_entry(id_, in_vain) for id_ in asked),
        "commands_run": tuple(
            CommandRun(where=f"https://{p}", as_whom=a, what="") for p, a in (accounts or {}).items()
        ),
        "users": msgspec.structs.replace(
            NO_USERS,
            total=len(users) if total is None else total,
            outcomes=tuple(
                UserOutcome(
                    sip_address=user,
                    outcome=Outcome.MOVES,
                    own_outcome=Outcome.MOVES,
                    first_fault=None,
                    faults=(),
                )
                for user in users
            ),
        ),
    }
    return msgspec.structs.replace(READY, **values | changes)


def _entry(id_: str, in_vain: tuple[str, ...]) -> Any:
    place, _, asked = id_.partition("/")
    reason = unknown(CHECK, Reason.TIMED_OUT, "silence").reason if id_ in in_vain else None
    return msgspec.structs.replace(evidence(place, asked), source=f"https://{place}", reason=reason)


def _tallied(
    findings: tuple[FindingEntry, ...], more: Mapping[str, Mapping[str, int]], revision: int
) -> tuple[CheckCount, ...]:
    names = {
        Status.PASS: "passed",
        Status.WARN: "warn",
        Status.FAIL: "fail",
        Status.UNKNOWN: "unknown",
        Status.NOT_APPLICABLE: "not_applicable",
    }
    tallies: dict[str, dict[str, Any]] = {check: dict.fromkeys(names.values(), 0) for check in (CHECK, OF_USERS, *more)}
    for each in findings:
        tally = tallies.setdefault(each.check, dict.fromkeys(names.values(), 0))
        tally[names[each.status]] += 1
    for check, numbers in more.items():
        tallies[check].update(numbers)
    return tuple(
        msgspec.structs.replace(counts(check, **numbers), revision=revision)
        for check, numbers in sorted(tallies.items())
    )


def said(status: Status | str, subject: str = "contoso", check: str = CHECK, **more: Any) -> FindingEntry:
    """A finding whose fingerprint follows from what was ``observed``; the status by its word."""
    status = Status(status)
    more.setdefault("observed", status.value)
    more.setdefault("fingerprint", str(more["observed"]))
    if status is Status.UNKNOWN:
        more["observed"] = ""
        return unknown(check, Reason.NO_ACCESS, "Access Denied.", subject=subject, summary="Access Denied.", **more)
    return finding(check, status, subject, **more)


def of_user(status: Status | str, user: str, **more: Any) -> FindingEntry:
    return said(status, user, more.pop("check", OF_USERS), kind=Scope.USER, **more)


def change(old: Report, new: Report, id_: str = f"{CHECK}@contoso") -> FindingChange:
    """What became of one finding."""
    (found,) = (each for each in compared(old, new).findings if each.id == id_)
    return found


def classes(difference: Difference) -> dict[str, Change]:
    return {each.id: each.change for each in difference.findings}
