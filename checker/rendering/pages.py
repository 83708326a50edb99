"""The page of one check and of one fault, as the catalogue prints them on a terminal."""

import inspect
import textwrap
from collections.abc import Iterable, Sequence

from checker.model.axes import Direction
from checker.model.checks import Check, Reference, Remediation
from checker.model.faults import Fault

_WIDTH = 80


def check_page(check: Check) -> str:
    """What it claims, why that matters, the fix, the source."""
    note = f" ({check.confidence_note})" if check.confidence_note else ""
    lines = [
        check.id,
        *_wrapped(check.title, ""),
        "",
        *_fields(
            ("scope", check.scope.value),
            ("impact", check.impact.value),
            ("worst", check.worst.value),
            ("confidence", f"{check.confidence.value}{note}"),
            ("predicts", ", ".join(check.predicts) or "no fault"),
        ),
        "",
        *_prose(check.page),
        "",
        *_remedy(check.remediation),
        *_sources(check.sources),
    ]
    return "\n".join(lines)


def fault_page(fault: Fault, checks: Iterable[Check]) -> str:
    """What it says, why, which checks foresee it, and their fixes. ``checks`` is the catalogue."""
    predicting = [check for check in checks if fault.id in check.predicts]
    directions = "" if Direction.TO_CLOUD in fault.directions else ", on the way back to the servers only"
    lines = [
        f"{fault.id}{f' (code {fault.code})' if fault.code else ''}",
        *_wrapped(fault.title, ""),
        "",
        *_fields(
            ("message", fault.message or "none published"),
            ("met at", f"step {fault.step}, in an order that is inferred{directions}"),
            ("hits", fault.scope.value),
            ("confidence", fault.confidence.value),
        ),
        "",
        *_prose(fault.cause),
        "",
    ]
    if fault.unpredictable:
        lines += [*_fields(("not foreseen", fault.unpredictable)), ""]
    if not predicting:
        lines += ["No check of this version looks for it.", ""]
    for check in predicting:
        lines += [*_fields(("foreseen by", check.id), ("", check.title)), *_remedy(check.remediation)]
    return "\n".join([*lines, *_sources(fault.sources)])


def _remedy(remedy: Remediation) -> list[str]:
    """The command on lines of its own, to be copied."""
    return [
        *_fields(("fix", f"{remedy.where}; {remedy.role}")),
        f"  {remedy.run}",
        *_fields(
            *((name, text) for name in ("verify", "rollback", "wait") if (text := getattr(remedy, name))),
        ),
        "",
    ]


def _sources(sources: Sequence[Reference]) -> list[str]:
    return [
        line
        for source in sources
        for line in (
            f"source       {source.title}, read {source.read_on}",
            *([f"  {source.url}"] if source.url else ()),
        )
    ]


def _fields(*pairs: tuple[str, str]) -> list[str]:
    return [line for name, text in pairs for line in _wrapped(text, f"{name:<12} ")]


def _wrapped(text: str, label: str) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=label,
        subsequent_indent=" " * len(label),
        break_long_words=False,
        break_on_hyphens=False,
    ) or [label.rstrip()]


def _prose(text: str) -> list[str]:
    """Paragraphs, rewrapped."""
    paragraphs = inspect.cleandoc(text).split("\n\n")
    return [line for number, each in enumerate(paragraphs) for line in ([""] if number else []) + _wrapped(each, "")]
