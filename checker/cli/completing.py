"""What a shell offers on Tab: the protocol that it asks by, and the values that options and arguments know.

Each value is looked up when it is asked for, so that this module costs nothing to import.
"""

from collections.abc import Iterable

import typer

ASKED_BY = "_CSREADY_COMPLETE"  # what the scripts of `csready completion` set; typer derives it from the program's name


def answer(app: typer.Typer) -> None:
    """What the shell asks for, on stdout. Ends the process; its exit code is part of the answer."""
    from typer.completion import get_completion_inspect_parameters

    get_completion_inspect_parameters()  # for what it does beside: it makes typer know the shells
    app(prog_name="csready")


def scenarios(context: typer.Context, incomplete: str) -> list[str]:
    """Names of the lab's scenarios, for ``csready lab`` and for what stands beside ``--lab``."""
    if context.info_name != "lab" and not context.params.get("lab"):
        return []
    from checker.cli.lab_command import scenario_names

    return _beginning(scenario_names(), incomplete)


def check_ids(incomplete: str) -> list[str]:
    from checker.checks import all_checks

    return _beginning((check.id for check in all_checks()), incomplete)


def fault_ids(incomplete: str) -> list[str]:
    from checker.faults import FAULTS

    return _beginning((fault.id for fault in FAULTS), incomplete)


def formats(incomplete: str) -> list[str]:
    """Of a list with commas the last part; what stands in the list already is not offered again."""
    from checker.cli.report_writing import FORMATS

    *before, last = incomplete.split(",")
    stem = ",".join([*before, ""]) if before else ""
    return [f"{stem}{each}" for each in _beginning(FORMATS, last) if each not in before]


def _beginning(values: Iterable[str], incomplete: str) -> list[str]:
    return [value for value in values if value.startswith(incomplete)]
