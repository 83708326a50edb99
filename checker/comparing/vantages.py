"""From where a finding was looked at, and as whom: two that differ in it do not show what changed."""

from collections.abc import Set
from dataclasses import dataclass, field

from checker.model.report import FindingEntry, Report


@dataclass(frozen=True)
class View:
    """``answered`` and ``in_vain`` are places: a vantage, with its host where it has one. A place that answered one
    question of the finding is not in vain. ``accounts``: of a place where commands ran as somebody.
    """

    answered: frozenset[str]
    in_vain: frozenset[str]
    accounts: dict[str, frozenset[str]] = field(default_factory=dict)


class Views:
    """The views of one report's findings."""

    def __init__(self, report: Report) -> None:
        self._no_answer = {each.id for each in report.evidence if each.reason is not None}
        accounts: dict[str, set[str]] = {}
        for run in report.commands_run:
            if run.as_whom:
                accounts.setdefault(run.where, set()).add(run.as_whom)
        sources = {each.id: _address(each.source) for each in report.evidence}
        # A sign-in has an address of its own, and what it opens has another; only the tenant's questions have one.
        sign_ins = frozenset(who for where in accounts.keys() - set(sources.values()) for who in accounts[where])
        self._accounts: dict[str, Set[str]] = {
            id_: accounts.get(source) or (sign_ins if id_.startswith("tenant/") else frozenset())
            for id_, source in sources.items()
        }

    def of(self, finding: FindingEntry) -> View:
        answered = [id_ for id_ in finding.evidence if id_ not in self._no_answer]
        places = frozenset(map(_place, answered))
        accounts: dict[str, frozenset[str]] = {}
        for id_ in answered:
            if known := self._accounts.get(id_):
                accounts[_place(id_)] = accounts.get(_place(id_), frozenset()) | known
        return View(places, frozenset(map(_place, finding.evidence)) - places, accounts)


def another_vantage(old: View, new: View) -> str:
    """How the two differ in where they looked from; empty where they do not.

    That one saw more places than the other is no difference: a check asks on only where the first answer is right.
    """
    if old.answered and new.answered and _kinds(old.answered).isdisjoint(_kinds(new.answered)):
        return f"seen from {_named(old.answered)} then, from {_named(new.answered)} now"
    if lost := old.answered & new.in_vain:
        return f"{_named(lost)} answered then and does not now"
    if gained := new.answered & old.in_vain:
        return f"{_named(gained)} answers now and did not then"
    return ""


def other_rights(old: View, new: View) -> str:
    """As whom the commands of the two ran, where that differs; empty where it does not, or is not known."""
    for place in sorted(old.accounts.keys() & new.accounts.keys()):
        was, now = old.accounts[place], new.accounts[place]
        if was != now:
            return f"{place} was asked as {_named(was)} then, as {_named(now)} now"
    return ""


def _address(source: str) -> str:
    """Without what is noted beside it: ``https://edge01.contoso.com:5986/wsman (replica of edge01)``."""
    return source.partition(" (")[0]


def _place(evidence_id: str) -> str:
    return evidence_id.partition("/")[0]


def _kinds(places: Set[str]) -> set[str]:
    return {place.partition("--")[0] for place in places}


def _named(names: Set[str]) -> str:
    return ", ".join(sorted(names))
