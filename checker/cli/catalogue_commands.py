"""``csready checks`` and ``csready faults``: the catalogues, a line each, or the whole page of one."""

from typing import Annotated, TypeVar

import typer

from checker.cli.completing import check_ids, fault_ids
from checker.errors import UsageError

T = TypeVar("T")


def checks(
    pattern: Annotated[
        str | None, typer.Argument(metavar="ID", help="One check's page, or a glob: 'dns.*'.", autocompletion=check_ids)
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="The same as a JSON array, for other programs.")] = False,
) -> None:
    """List the checks, or print the page of one.

    \b
    csready checks 'dns.*'
    csready checks tenant.shared-sip-address-space
    csready checks --json

    A page says what the check looks at, why a move breaks without it, the fix and the source.
    """
    from fnmatch import fnmatchcase

    from tabulate import tabulate

    from checker.checks import all_checks
    from checker.rendering.catalogue import as_json, check_record
    from checker.rendering.pages import check_page

    several = pattern is None or any(sign in pattern for sign in "*?[")
    if several:
        found = [check for check in all_checks() if fnmatchcase(check.id, pattern or "*")]
        if not found:
            raise UsageError(f"checks {pattern}: no check has such an id", "See csready checks.")
    else:
        found = [_only({check.id: check for check in all_checks()}, pattern or "", "check")]
    if json:
        print(as_json(map(check_record, found)))
    elif several:
        rows = [(each.id, each.impact.value, each.worst.value, each.title) for each in found]
        print(tabulate(rows, tablefmt="plain"))
    else:
        print(check_page(found[0]))


def faults(
    fault_id: Annotated[
        str | None, typer.Argument(metavar="ID", help="One fault's page, by id or code.", autocompletion=fault_ids)
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="The same as a JSON array, for other programs.")] = False,
) -> None:
    """List the documented failures of Move-CsUser, or print one.

    \b
    csready faults
    csready faults 510

    They stand in the order in which the cmdlet is thought to meet them.
    """
    from tabulate import tabulate

    from checker.checks import all_checks
    from checker.faults import FAULTS
    from checker.rendering.catalogue import as_json, fault_record
    from checker.rendering.pages import fault_page

    found = list(FAULTS)
    if fault_id is not None:
        by_name = {each.id: each for each in FAULTS} | {each.code: each for each in FAULTS if each.code}
        found = [_only(by_name, fault_id, "fault")]
    if json:
        print(as_json(fault_record(each, all_checks()) for each in found))
    elif fault_id is not None:
        print(fault_page(found[0], all_checks()))
    else:
        rows = [(each.step, each.id, each.code or "-", each.scope.value, each.title) for each in found]
        print(tabulate(rows, tablefmt="plain", disable_numparse=True))


def _only(known: dict[str, T], name: str, kind: str) -> T:
    import difflib

    if name not in known:
        close = difflib.get_close_matches(name, known, n=1)
        hint = f"Did you mean {close[0]}?" if close else f"See csready {kind}s."
        raise UsageError(f"{name}: there is no such {kind}", hint)
    return known[name]
