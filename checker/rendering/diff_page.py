"""What changed between two reports, on a terminal and as Markdown: what got worse comes first."""

from collections.abc import Iterable, Iterator

from checker.comparing.difference import Difference, Side, UsersChange, WaiverChange
from checker.rendering.diff_sections import Entry, Group, Named, Section, arrow, fault_lines, sections
from checker.rendering.hostile_text import code, escaped, plain_lines
from checker.rendering.terminal_page import Page
from checker.rendering.words import counted


def render_diff(page: Page, difference: Difference, *, verbose: bool = False) -> None:
    """``verbose`` lists what is the same, too, and names every user."""
    page.heading(
        f"csready diff  {difference.new.deployment}", f"{_moment(difference.old)} -> {_moment(difference.new)} UTC"
    )
    for label, text in _first(difference):
        page.labelled(label, text, indent=0)
    page.blank()
    for label, text in _overview(difference):
        page.labelled(label, text, indent=0)
    for section in _sections(difference, verbose):
        page.blank()
        page.heading(section.title, str(section.count))
        for entry in section.entries:
            page.row(entry.word, f"{entry.check}  {entry.whom}", entry.was)
            page.labelled("of", _all_named(entry.names, entry.more))
            for label, text in entry.details:
                page.labelled(label, text)
        for group in section.groups:
            page.labelled("", group.head, indent=1, column=1)
            for word, names in group.names:
                page.labelled(word, ", ".join(map(_in_words, names)))
            page.labelled("says", group.says)


def diff_markdown(difference: Difference) -> str:
    """The same, to be put on a ticket."""
    old, new = difference.old, difference.new
    lines = [f"# csready diff: {escaped(new.deployment)}, {_moment(old)} to {_moment(new)} UTC", ""]
    for label, text in (*_first(difference), *_overview(difference)):
        lines.append(f"- **{label}**: {'; '.join(map(escaped, plain_lines(text)))}")
    for section in _sections(difference, verbose=False):
        lines += ["", f"## {section.title.capitalize()} ({section.count})", ""]
        for entry in section.entries:
            lines += _listed(entry)
        for group in section.groups:
            lines += _drawn_together(group)
    return "\n".join(lines) + "\n"


def _listed(entry: Entry) -> Iterator[str]:
    whom = f" {_subject(entry.whom)}" if entry.whom else ""
    was = f", {entry.was}" if entry.was else ""
    word = f"**{entry.word}** " if entry.word else ""
    yield f"- {word}{code(entry.check)}{whom}{was}"
    if entry.names:
        yield f"  - of: {_all_named(map(code, entry.names), entry.more)}"
    for label, text in entry.details:
        if lines := " / ".join(map(escaped, plain_lines(text))):
            yield f"  - {label}: {lines}"


def _drawn_together(group: Group) -> Iterator[str]:
    yield f"- {escaped(group.head)}"
    for word, names in group.names:
        listed = ", ".join(
            f"{code(each.check)} ({code(each.whom)})" if each.whom else code(each.check) for each in names
        )
        yield f"  - {word}: {listed}" if word else f"  - {listed}"
    if group.says:
        yield f"  - says: {escaped(group.says)}"


def _all_named(names: Iterable[str], more: int) -> str:
    return ", ".join(names) + (f" and {more} more" if more else "")


def _subject(name: str) -> str:
    """A name to be copied; ``3 servers`` is none."""
    return escaped(name) if " " in name else code(name)


def _in_words(named: Named) -> str:
    return f"{named.check} ({named.whom})" if named.whom else named.check


def _sections(difference: Difference, verbose: bool) -> Iterator[Section]:
    """None where nothing can be compared: that is said once, at the top."""
    return sections(difference, verbose=verbose) if difference.comparable else iter(())


def _first(difference: Difference) -> Iterator[tuple[str, str]]:
    """What the reader must know before anything else."""
    if difference.stale:
        until = f"{difference.new.valid_until:%Y-%m-%d %H:%M} UTC"
        yield "stale", f"the new report counted until {until}: what has changed since then is not seen here"
    if not difference.comparable:
        yield "differ", f"nothing can be compared: {'; '.join(difference.why_not)}"
    for note in difference.notes:
        yield "note", note


def _overview(difference: Difference) -> Iterator[tuple[str, str]]:
    old, new = difference.coverage.old, difference.coverage.new
    yield "verdict", arrow(difference.verdict.old.value, difference.verdict.new.value)
    counts = [f"{number} {name.replace('-', ' ')}" for name, number in difference.summary.items() if number]
    yield "changes", ", ".join(counts) or "none: there are no findings"
    if not difference.comparable:
        return
    yield "looked", f"{arrow(f'{old.looked_at} of {old.applicable}', f'{new.looked_at} of {new.applicable}')} checks"
    yield "users", _users(difference.users)
    if difference.fixes.old or difference.fixes.new:
        yield "fixes", f"{arrow(difference.fixes.old, difference.fixes.new)} to be made"
    if faults := "\n".join(fault_lines(difference.faults)):
        yield "faults", faults
    if waivers := "\n".join(map(_waiver, difference.waivers)):
        yield "waivers", waivers


def _users(users: UsersChange) -> str:
    """``240: 0 -> 226 move, 240 -> 14 blocked; once the deployment is settled 226 move; 3 joined, 1 left``."""
    old, new = users.old, users.new
    if not old.total and not new.total:
        return "none was assessed"
    outcomes = (
        (old.moves, new.moves, "move"),
        (old.blocked, new.blocked, "blocked"),
        (old.undetermined, new.undetermined, "undetermined"),
    )
    said = [
        f"{arrow(old.total, new.total)}: {', '.join(f'{arrow(a, b)} {word}' for a, b, word in outcomes if a or b)}",
        f"once the deployment is settled {arrow(old.own.moves, new.own.moves)} move",
    ]
    if users.joined is None:
        said.append("whether they are the same users cannot be told")
    elif users.joined or users.left:
        said.append(f"{counted(users.joined, 'user')} joined the batch, {users.left} left it")
    return "; ".join(said)


def _waiver(change: WaiverChange) -> str:
    was, now = (each.value if each else "not given" for each in (change.old, change.new))
    because = f": {change.because}" if change.because else ""
    whom = f"{change.check} on {change.subject}, by {change.owner}, {change.ticket}, until {change.expires}"
    return f"{whom}: {was} -> {now}{because}"


def _moment(side: Side) -> str:
    return f"{side.as_of:%Y-%m-%d %H:%M}"
