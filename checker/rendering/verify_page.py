"""Whether a report counts and is as it was written, on a terminal."""

from checker.model.report import Report
from checker.rendering.terminal_page import Page
from checker.rendering.words import counted, first_few
from checker.verifying import Compared, Delivered, Seal, State, Verified

_MOST_NAMED = 12
_COLUMN = 14
_SENTENCES = {
    State.FRESH: "nothing was changed since it was written, and its answers still count",
    State.STALE: "nothing was changed since it was written, but its answers count no longer",
    State.ALTERED: "this is not what csready wrote",
    State.UNTOLD: "nobody can say whether it was changed since it was written, or how old it is",
}
_SEALS = {
    Seal.HOLDS: "holds: report.json says what it said when it was written",
    Seal.BROKEN: "broken: report.json was changed after it was written",
    Seal.GONE: "gone: this version seals every report, so it was taken out",
    Seal.NEVER: "none: a version wrote it that did not seal its reports",
}
_WHAT_A_SEAL_IS = (
    "The seal shows that something was changed, not by whom: anybody who has csready can seal a report anew. For proof "
    "compare the sha256 with that in the ticket, or scan again."
)


def render_verified(found: Verified, report: Report, *, width: int, colour: bool, ascii_only: bool) -> str:
    page = Page(width, colour=colour, ascii_only=ascii_only)
    page.heading(found.report, f"{report.deployment.name}, as of {report.as_of:%Y-%m-%d %H:%M} UTC")
    page.labelled(found.state.value, _SENTENCES[found.state], indent=0, column=max(_COLUMN, len(found.state.value) + 2))
    page.blank()
    for label, text in (
        ("seal", _SEALS[found.seal]),
        ("valid until", _validity(found)),
        ("oldest", _oldest(found)),
        ("advisories", _advisory(found)),
        ("partial", "the run was interrupted: what it had not asked by then is unknown" if found.interrupted else ""),
        ("says", f"{report.verdict.value}, exit {report.exit_code}"),
        ("sha256", found.sha256),
    ):
        if text:
            page.labelled(label, text, indent=0, column=_COLUMN)
    _files(page, found)
    for each in found.delivered:
        page.labelled("ticket", _delivery(each), indent=0, column=_COLUMN)
    page.blank()
    page.labelled("", _WHAT_A_SEAL_IS, indent=0, column=1)
    return str(page)


def lasting(seconds: int) -> str:
    """The two largest units: ``4 days 3 hours``, ``12 minutes``."""
    minutes, hours, days = seconds // 60 % 60, seconds // 3600 % 24, seconds // 86400
    parts = [counted(number, unit) for number, unit in ((days, "day"), (hours, "hour"), (minutes, "minute")) if number]
    return " ".join(parts[:2]) or "less than a minute"


def _validity(found: Verified) -> str:
    until = f"{found.valid_until:%Y-%m-%d %H:%M} UTC"
    if found.left_s < 0:
        return f"{until}: stale for {lasting(-found.left_s)}"
    return f"{until}: {lasting(found.left_s)} left"


def _oldest(found: Verified) -> str:
    if found.oldest is None:
        return "nothing was answered"
    age = f"{lasting(found.oldest.age_s)} old" if found.oldest.age_s >= 0 else "later than now"
    return f"answer of {found.oldest.observed_at:%Y-%m-%d %H:%M} UTC, {age}: {found.oldest.id}"


def _advisory(found: Verified) -> str:
    known = found.advisory
    return f"the newest that it knew is {counted(known.age_days, 'day')} old: {known.id}" if known else ""


def _files(page: Page, found: Verified) -> None:
    """Those that differ each with a line of its own, the others by name."""
    same = [file.name for file in found.files if file.state is Compared.AS_WRITTEN]
    page.labelled("as written", first_few(same, _MOST_NAMED), indent=0, column=_COLUMN) if same else None
    for file in found.files:
        if file.state is Compared.ALTERED:
            page.labelled("altered", f"{file.name}: {file.why}", indent=0, column=_COLUMN)
    reasons: dict[str, list[str]] = {}
    for file in found.files:
        if file.state is Compared.NOT_COMPARED:
            reasons.setdefault(file.why, []).append(file.name)
    for why, names in reasons.items():
        page.labelled("not compared", f"{first_few(names, _MOST_NAMED)}: {why}", indent=0, column=_COLUMN)


def _delivery(each: Delivered) -> str:
    sent = f"what was put on {each.system} {each.ticket} at {each.at:%Y-%m-%d %H:%M} UTC is"
    if each.is_this_one:
        return f"{sent} this report"
    return f"{sent} another report, {each.sha256}: this one is of a later run, or was changed and sealed anew"
