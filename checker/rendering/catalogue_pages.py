"""The catalogues as Markdown: a page for each area of checks, and one for the faults.

Everything on them is read off the checks and the faults themselves; nothing is written twice.
"""

import inspect
from collections.abc import Iterable, Sequence

from checker.first_questions import first_questions
from checker.model.axes import Cloud, Direction, Phase
from checker.model.checks import Applies, Check, Reference, Remediation
from checker.model.faults import Fault
from checker.rendering.commands import is_command
from checker.rendering.hostile_text import code, escaped, fenced

_MADE = "<!-- made by docs/make_catalogue.py from the checks themselves: edit those, not this page -->"
_HOW_TO_READ = (
    "What must hold is what a check claims: it is so when the check passes. *First asks* is what it asks of a "
    "deployment `contoso` with the SIP domain `contoso.com`, the Edge `edge01.contoso.com` and one user, before "
    "anything is answered; what it asks after that depends on the answers. What stands in braces in a fix is filled in "
    "from the evidence; what stands in angle brackets only you know."
)


def area_page(area: str, checks: Sequence[Check]) -> str:
    """``checks`` are those of the area."""
    lines = [_MADE, "", f"# Checks: {area}", "", _HOW_TO_READ]
    for check in checks:
        lines += ["", *_check(check)]
    return "\n".join(lines) + "\n"


def faults_page(faults: Sequence[Fault], checks: Sequence[Check]) -> str:
    foreseen = sum(any(fault.id in check.predicts for check in checks) for fault in faults)
    lines = [
        _MADE,
        "",
        "# Faults",
        "",
        f"What `Move-CsUser` says when it fails: {len(faults)} documented failures, in the order in which the cmdlet "
        f"is thought to meet them. The order is inferred. {foreseen} are foreseen by a check.",
    ]
    for fault in faults:
        lines += ["", *_fault(fault, [check for check in checks if fault.id in check.predicts])]
    return "\n".join(lines) + "\n"


def _check(check: Check) -> list[str]:
    note = f" ({escaped(check.confidence_note)})" if check.confidence_note else ""
    predicts = ", ".join(f"[{code(each)}](../faults.md#{each})" for each in check.predicts) or "no fault"
    return [
        f"## {check.id}",
        "",
        f"Must hold: **{escaped(check.title)}**.",
        "",
        f"{check.scope.value}, {check.impact.value}, worst verdict {check.worst.value}, confidence "
        f"{check.confidence.value}{note}; predicts {predicts}; revision {check.revision}",
        *(["", f"Applies {where}."] if (where := _where(check.applies)) else []),
        "",
        *_prose(check.page),
        "",
        f"First asks: {', '.join(map(code, first_questions(check))) or 'nothing'}.",
        "",
        *_remedy(check.remediation),
        "",
        *_sources(check.sources),
    ]


def _where(applies: Applies) -> str:
    """Only what differs from the rule: phases prepare, hybrid and cutover, to the cloud, every cloud."""
    usual = Applies()
    said = []
    if applies.phases != usual.phases:
        said.append(f"in phase {', '.join(each.value for each in Phase if each in applies.phases)}")
    if applies.directions != usual.directions:
        said.append(f"to a move {', '.join(each.value for each in Direction if each in applies.directions)}")
    if applies.clouds != usual.clouds:
        said.append(f"in cloud {', '.join(each.value for each in Cloud if each in applies.clouds)}")
    return ", ".join(said)


def _fault(fault: Fault, checks: Sequence[Check]) -> list[str]:
    numbered = f", code {fault.code}" if fault.code else ""
    way_back = "" if Direction.TO_CLOUD in fault.directions else ", on the way back to the servers only"
    lines = [
        f"## {fault.id}",
        "",
        f"**{escaped(fault.title)}**",
        "",
        f"step {fault.step}{numbered}; hits a {fault.scope.value}; {fault.confidence.value}{way_back}",
        "",
        *([fenced(fault.message)] if fault.message else ["No text is published."]),
        "",
        *_prose(fault.cause),
        "",
    ]
    if checks:
        named = ", ".join(f"[{code(each.id)}](checks/{each.area}.md#{each.id.replace('.', '')})" for each in checks)
        lines += [f"Foreseen by {named}.", ""]
    else:
        lines += ["No check foresees it.", ""]
    if fault.unpredictable:
        lines += [f"Not foreseen: {escaped(fault.unpredictable)}", ""]
    return [*lines, *_sources(fault.sources)]


def _prose(text: str) -> list[str]:
    return [escaped(line) for line in inspect.cleandoc(text).splitlines()]


def _remedy(remedy: Remediation) -> list[str]:
    lines = [f"Fix, in {escaped(remedy.where)}, as {escaped(remedy.role)}:", ""]
    lines.append(fenced(remedy.run, "powershell" if is_command(remedy.run) else ""))
    said = [
        f"- {label} {text}"
        for label, text in (
            ("verify", code(remedy.verify) if remedy.verify else ""),
            ("roll back", code(remedy.rollback) if remedy.rollback else "not known how"),
            ("wait for", escaped(remedy.wait)),
        )
        if text
    ]
    return [*lines, "", *said]


def _sources(sources: Iterable[Reference]) -> list[str]:
    return [
        "Source: "
        + "; ".join(
            f"{escaped(each.title)}{f' <{each.url}>' if each.url else ''}, read {each.read_on}" for each in sources
        )
        + "."
    ]
