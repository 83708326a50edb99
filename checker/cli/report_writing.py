"""The files of a run, drawn: which there are, what each holds, and whether it is meant to be shared."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from checker.model.facts import Snapshot
from checker.model.report import Report, encode_report
from checker.move_route import move_route
from checker.predict import Prediction
from checker.rendering.fix_script import fix_script
from checker.rendering.markdown import render_markdown
from checker.rendering.move_lists import move_lists
from checker.rendering.spreadsheets import findings_csv, users_csv

if TYPE_CHECKING:
    from checker.redacting.redactor import Redactor

Draw = Callable[[], bytes]

PRIVATE = "private"  # the folder for what names people, where the rest is redacted


@dataclass(frozen=True)
class Outcome:
    """What a run came to. ``shown`` is the report that is meant to be shared: redacted where ``redactor`` is set."""

    snapshot: Snapshot
    report: Report
    prediction: Prediction
    shown: Report
    redactor: "Redactor | None" = None

    def redacted(self, redactor: "Redactor") -> "Outcome":
        return replace(self, shown=redactor.report(self.report), redactor=redactor)


@dataclass(frozen=True)
class Drawn:
    """Names to what draws them, the report first. ``private`` holds what only the operator keeps: without redaction it
    lies with the rest, and is then in ``shared``."""

    shared: Mapping[str, Draw]
    private: Mapping[str, Draw]


def drawn(outcome: Outcome, formats: tuple[str, ...], *, wave_size: int | None = None) -> Drawn:
    """Every file but the snapshot. Nothing is drawn before its function is called: some take a while."""
    shared: dict[str, Draw] = {"report.json": lambda: encode_report(outcome.shown)}
    shared |= {name: partial(draw, outcome) for format_, (name, draw) in _DOCUMENTS.items() if format_ in formats}
    shared |= {"users.csv": partial(_users_csv, outcome), "findings.csv": lambda: findings_csv(outcome.shown)}
    lists = move_lists(outcome.prediction, wave_size=wave_size)
    private: dict[str, Draw] = {name: content.encode for name, content in lists.items()}
    private["fix.ps1"] = lambda: fix_script(outcome.report).encode("utf-8-sig")
    if outcome.redactor is None:
        return Drawn({**shared, **private}, {})
    return Drawn(shared, {**private, "pseudonyms.csv": outcome.redactor.pseudonyms})


def _users_csv(outcome: Outcome) -> bytes:
    target = outcome.snapshot.target
    raw = users_csv(outcome.prediction, target, move_route(target, outcome.snapshot.facts))
    return outcome.redactor.csv(raw) if outcome.redactor else raw


def _html(outcome: Outcome) -> bytes:
    from checker.rendering.html import render_html  # jinja2 takes a while to load
    from checker.rendering.user_lines import user_lines

    lines = user_lines(outcome.prediction)
    if outcome.redactor:
        lines = outcome.redactor.user_lines(lines)
    return render_html(outcome.shown, lines).encode("utf-8")


def _markdown(outcome: Outcome) -> bytes:
    return render_markdown(outcome.shown).encode("utf-8")


def _jira(outcome: Outcome) -> bytes:
    from checker.rendering.jira import render_jira

    return render_jira(outcome.shown).encode("utf-8")


def _junit(outcome: Outcome) -> bytes:
    from checker.rendering.junit import render_junit

    return render_junit(outcome.shown)


_DOCUMENTS: dict[str, tuple[str, Callable[[Outcome], bytes]]] = {
    "html": ("report.html", _html),
    "md": ("report.md", _markdown),
    "jira": ("report.jira.txt", _jira),
    "junit": ("report.junit.xml", _junit),
}
FORMATS = ("terminal", *_DOCUMENTS)
