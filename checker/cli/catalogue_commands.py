"""``csready checks`` and ``csready faults``: the catalogues, a line each, or the whole page of one."""

from typing import Annotated, TypeVar

import typer

from checker.errors import UsageError

T = TypeVar("T")


def checks(
    pattern: Annotated[str | None, typer.Argument(metavar="[ID]", help="One check's page, or a glob: 'dns.*'.")] = None,
) -> None:
    """List the checks, or print the page of one: what it looks at, why a move breaks, the fix, the source."""
    from fnmatch import fnmatchcase

    from tabulate import tabulate

    from checker.checks import all_checks
    from checker.rendering.pages import check_page

    if pattern is None or any(sign in pattern for sign in "*?["):
        found = [check for check in all_checks() if pattern is None or fnmatchcase(check.id, pattern)]
        if not found:
            raise UsageError(f"checks {pattern}: no check has such an id", "See csready checks.")
        print(
            tabulate([(each.id, each.impact.value, each.worst.value, each.title) for each in found], tablefmt="plain")
        )
        return
    print(check_page(_only({check.id: check for check in all_checks()}, pattern, "check")))


def faults(
    fault_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="One fault's page, by id or code.")] = None,
) -> None:
    """List the documented failures of Move-CsUser in the order it is thought to meet them, or print the page of one."""
    from tabulate import tabulate

    from checker.checks import all_checks
    from checker.faults import FAULTS
    from checker.rendering.pages import fault_page

    if fault_id is None:
        rows = [(each.step, each.id, each.code or "-", each.scope.value, each.title) for each in FAULTS]
        print(tabulate(rows, tablefmt="plain", disable_numparse=True))
        return
    by_name = {each.id: each for each in FAULTS} | {each.code: each for each in FAULTS if each.code}
    print(fault_page(_only(by_name, fault_id, "fault"), all_checks()))


def _only(known: dict[str, T], name: str, kind: str) -> T:
    import difflib

    if name not in known:
        close = difflib.get_close_matches(name, known, n=1)
        hint = f"Did you mean {close[0]}?" if close else f"See csready {kind}s."
        raise UsageError(f"{name}: there is no such {kind}", hint)
    return known[name]
