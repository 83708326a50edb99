"""``csready whatif``: a saved snapshot judged again with settings changed, and an order in which to fix what blocks."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.boundary import reader_may_leave
from checker.cli.options import Colour, ColourOption
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.greedy_plan import Step
    from checker.model.answers import Json
    from checker.model.facts import Snapshot
    from checker.rendering.terminal_page import Page
    from checker.whatif.comparing import Judged


def whatif(
    snapshot: Annotated[
        Path, typer.Argument(metavar="SNAPSHOT", help="The folder of an earlier scan, or its snapshot.")
    ],
    glob: Annotated[str | None, typer.Argument(metavar="GLOB", help="With --list-keys: '*sip*' lists these.")] = None,
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="tenant.SharedSipAddressSpace=true; may be repeated."),
    ] = None,
    plan: Annotated[bool, typer.Option("--plan", help="An order of fixes, most users unblocked first.")] = False,
    list_keys: Annotated[bool, typer.Option("--list-keys", help="List what can be set, with its value.")] = False,
    json: Annotated[bool, typer.Option("--json", help="The same as JSON.")] = False,
    color: ColourOption = Colour.AUTO,
) -> None:
    """Judge a saved snapshot again with settings changed.

    \b
    csready whatif reports/contoso-20261122T190300Z --list-keys '*sip*'
    csready whatif snapshot.json --set tenant.SharedSipAddressSpace=true
    csready whatif snapshot.json --plan

    Says what a change would change: verdict, faults, findings, users. Sends nothing. A key that nobody answered can be
    assumed by its longer form, tenant.Get-CsTenantFederationConfiguration.SharedSipAddressSpace, and is called so.
    """
    from checker.checks import all_checks
    from checker.cli.delivering import page_settings
    from checker.cli.report_files import read_snapshot, snapshot_file
    from checker.rendering.terminal_page import Page
    from checker.rendering.whatif_page import render_difference, render_plan, render_settings
    from checker.whatif.changing import changed, settings
    from checker.whatif.comparing import compared

    if list_keys and (changes or plan):
        raise UsageError("--list-keys excludes --set and --plan", "List the keys first.")
    if glob and not list_keys:
        raise UsageError(f"{glob}: a pattern needs --list-keys", "To change something write --set KEY=VALUE.")
    if not (list_keys or changes or plan):
        raise UsageError("nothing to change", "Give --set KEY=VALUE, --plan, or --list-keys.")
    saved = read_snapshot(snapshot_file(snapshot))
    seen = page_settings(color)
    page = Page(**seen)
    if list_keys:
        known = [each for each in settings(saved) if _matches(each.key, glob)]
        if not known:
            raise UsageError(f"--list-keys {glob}: matches no key", "Leave the pattern out to see all.")
        render_settings(page, known, seen["width"])
        _print(page, known if json else None)
        return
    checks = all_checks()
    new = changed(saved, changes or ())
    after, asked = _judged(new.snapshot)
    difference, steps = None, None
    if changes:
        before, asked_before = _judged(saved)
        difference = compared(before, after, checks, new.changes, [each for each in asked if each not in asked_before])
        render_difference(page, difference)
    if plan:
        steps = _plan(after)
        render_plan(page, steps, after.report)
    _print(page, {"difference": difference, "plan": steps} if json else None)


def _matches(key: str, glob: str | None) -> bool:
    """``*`` and ``?`` only, for keys have brackets of their own; without either the text may stand anywhere."""
    import re

    wanted = glob if glob and ("*" in glob or "?" in glob) else f"*{glob or ''}*"
    pattern = re.escape(wanted).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(pattern, key, re.IGNORECASE | re.DOTALL) is not None


def _judged(snapshot: "Snapshot") -> "tuple[Judged, tuple[str, ...]]":
    """The judging, and the questions that it asked in vain: the snapshot does not know them."""
    from checker.checks import all_checks
    from checker.compose import compose
    from checker.rejudging import judged_again
    from checker.whatif.comparing import Judged

    again = judged_again(snapshot)
    report = compose(snapshot, all_checks(), again.assessment, again.prediction)
    return Judged(again.assessment, again.prediction, report), again.in_vain


def _plan(judged: "Judged") -> "tuple[Step, ...]":
    from checker.checks import all_checks
    from checker.greedy_plan import greedy_plan
    from checker.model.checks import Impact

    report = judged.report
    blocking = {check.id for check in all_checks() if check.impact is Impact.BLOCKS}
    failed = {count.id for count in report.checks if count.fail}
    return greedy_plan(judged.prediction.users, report.fixes, blocking & failed)


def _print(page: "Page", as_json: "Json") -> None:
    """The page, or the JSON where there is one."""
    import sys

    import msgspec

    with reader_may_leave():
        if as_json is None:
            sys.stdout.write(str(page))
        else:
            sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(as_json), indent=2) + b"\n")
