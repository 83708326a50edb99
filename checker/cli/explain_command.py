"""``csready explain``: from a code or an error to its cause, how to check for it, and its fix."""

from typing import Annotated

import typer

from checker.cli.exits import Exit


def explain(
    text: Annotated[str, typer.Argument(metavar="CODE", help="510, hms-510, or an error with its number.")],
) -> int:
    """Say what a fault of Move-CsUser means: cause, check, fix, source. Exit 5 when no source documents it."""
    from checker.checks import all_checks
    from checker.explaining import recognise
    from checker.rendering.pages import fault_page

    found = recognise(text)
    if not found.faults:
        print(found.why_not)
        return Exit.INDETERMINATE
    print("\n\n".join(fault_page(fault, all_checks()) for fault in found.faults))
    return Exit.READY
