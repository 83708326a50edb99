"""What changed between two reports, on a terminal and as Markdown: what got worse comes first."""

from collections.abc import Iterator

from checker.comparing.difference import Change, Difference, FindingChange, Side, UserCheckChange, UsersChange
from checker.model.report import CheckCount
from checker.model.verdicts import Status
from checker.rendering.hostile_text import code, escaped
from checker.rendering.terminal_page import Page
from checker.rendering.words import counted

_TITLES = {
    Change.REGRESSED: "regressed",
    Change.WAIVER_LAPSED: "accepted no longer",
    Change.NEW: "new",
    Change.NOT_COMPARABLE: "not comparable",
    Change.VALUE_CHANGED: "another value",
    Change.FIXED: "fixed",
    Change.GONE: "gone",
    Change.SAME: "same",
}


def render_diff(page: Page, difference: Difference, *, verbose: bool = False) -> None:
    """``verbose`` lists what is the same, too."""
    page.heading(
        f"csready diff  {difference.new.deployment}", f"{_moment(difference.old)} -> {_moment(difference.new)}"
    )
    for line in _first_lines(difference):
        page.labelled("mind", line, indent=0)
    page.blank()
    for label, text in _overview(difference):
        page.labelled(label, text, indent=0)
    for change in Change:
        entries = _of(difference, change)
        shown = [entry for entry in entries if verbose or _matters(entry)]
        if shown:
            page.blank()
            page.heading(_TITLES[change], str(len(entries)))
            for entry in shown:
                _draw(page, entry)
            if len(shown) < len(entries):
                page.line(f"  and {len(entries) - len(shown)} that pass both times; -v lists them")


def diff_markdown(difference: Difference) -> str:
    old, new = difference.old, difference.new
    lines = [f"# csready diff: {escaped(new.deployment)}, {_moment(old)} to {_moment(new)}", ""]
    lines += [f"**{escaped(line)}**\n" for line in _first_lines(difference)]
    lines += [f"- **{label}**: {escaped(text)}" for label, text in _overview(difference)]
    for change in Change:
        entries = [entry for entry in _of(difference, change) if _matters(entry)]
        if entries:
            lines += ["", f"## {_TITLES[change].capitalize()} ({len(entries)})", ""]
            lines += [f"- {_named(entry)}: {escaped('; '.join(_told(entry)))}" for entry in entries]
    return "\n".join(lines) + "\n"


def _first_lines(difference: Difference) -> Iterator[str]:
    """What the reader must know before anything else."""
    for why in difference.why_not:
        yield f"nothing can be compared: {why}"
    if difference.stale:
        yield f"the new report counts no longer: it was valid until {difference.new.valid_until:%Y-%m-%d %H:%M} UTC"
    yield from difference.notes


def _overview(difference: Difference) -> Iterator[tuple[str, str]]:
    yield "verdict", _arrow(difference.verdict.old.value, difference.verdict.new.value)
    counts = [f"{number} {_TITLES[Change(name)]}" for name, number in difference.summary.items() if number]
    yield "findings", ", ".join(counts) or "none"
    old, new = difference.coverage.old, difference.coverage.new
    yield "looked", _arrow(f"{old.looked_at} of {old.applicable}", f"{new.looked_at} of {new.applicable} checks")
    yield "users", _users(difference.users)
    yield "fixes", _arrow(str(difference.fixes.old), counted(difference.fixes.new, "step"))
    for fault in difference.faults:
        hit = fault.users_affected
        was, now = (each.value if each else "not known" for each in (fault.old, fault.new))
        yield "fault", f"{fault.id}: {was} -> {now}, {_arrow(str(hit.old), str(hit.new))} users"
    for waiver in difference.waivers:
        was, now = (each.value if each else "none" for each in (waiver.old, waiver.new))
        because = f": {waiver.because}" if waiver.because else ""
        yield "waiver", f"{waiver.check} on {waiver.subject}, by {waiver.owner}: {was} -> {now}{because}"


def _users(users: UsersChange) -> str:
    def said(each: object) -> str:
        numbers = ((name, getattr(each, name)) for name in ("moves", "blocked", "undetermined"))
        return ", ".join(f"{number} {name}" for name, number in numbers if number) or "none"

    own = f"once the deployment is settled {_arrow(said(users.old.own), said(users.new.own))}"
    parts = [f"{_arrow(str(users.old.total), str(users.new.total))}: {_arrow(said(users.old), said(users.new))}", own]
    if users.joined or users.left:
        parts.append(f"{users.joined} joined, {users.left} left the batch")
    return "; ".join(parts)


def _arrow(old: str, new: str) -> str:
    return new if old == new else f"{old} -> {new}"


def _of(difference: Difference, change: Change) -> list[FindingChange | UserCheckChange]:
    found: list[FindingChange | UserCheckChange] = [each for each in difference.findings if each.change is change]
    return found + [each for each in difference.user_checks if each.change is change]


def _matters(entry: FindingChange | UserCheckChange) -> bool:
    """What passes both times is listed on request only: values change with every run."""
    if entry.change is Change.SAME:
        return False
    passes = isinstance(entry, FindingChange) and entry.new is not None and entry.new.status is Status.PASS
    return not (passes and entry.change is Change.VALUE_CHANGED)


def _draw(page: Page, entry: FindingChange | UserCheckChange) -> None:
    if isinstance(entry, UserCheckChange):
        page.row("users", f"{entry.check}  {_arrow(_tally(entry.old), _tally(entry.new))}")
    else:
        now = entry.new or entry.old
        word = now.status.value if now else ""
        before = entry.old.status.value if entry.old else "none"
        page.row(word, f"{entry.check}  {entry.subject.name}", f"was {before}" if entry.new else "is not there now")
        if entry.old and entry.old.observed:
            page.labelled("then", entry.old.observed)
        if entry.new and entry.new.observed:
            page.labelled("now", entry.new.observed)
    page.labelled("why", entry.why)


def _named(entry: FindingChange | UserCheckChange) -> str:
    if isinstance(entry, UserCheckChange):
        return f"{code(entry.check)}, users"
    return f"{code(entry.check)}, {code(entry.subject.name)}"


def _told(entry: FindingChange | UserCheckChange) -> Iterator[str]:
    if isinstance(entry, UserCheckChange):
        yield _arrow(_tally(entry.old), _tally(entry.new))
    else:
        was, now = (each.status.value if each else "none" for each in (entry.old, entry.new))
        yield _arrow(was, now)
        for label, seen in (("then", entry.old), ("now", entry.new)):
            if seen and seen.observed:
                yield f"{label} {' / '.join(seen.observed.splitlines())}"
    if entry.why:
        yield entry.why


def _tally(count: CheckCount) -> str:
    said = ((count.fail, "fail"), (count.warn, "warn"), (count.unknown, "unknown"), (count.passed, "pass"))
    return ", ".join(f"{number} {word}" for number, word in said if number) or "none"


def _moment(side: Side) -> str:
    return f"{side.as_of:%Y-%m-%d %H:%M}"
