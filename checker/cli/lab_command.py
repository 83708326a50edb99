"""``csready lab``: a whole hybrid deployment on loopback, kept up until it is interrupted."""

import os
from pathlib import Path
from typing import Annotated

import typer

from checker.errors import UsageError


def lab(
    scenario: Annotated[list[str] | None, typer.Argument(metavar="[SCENARIO]")] = None,
    list_them: Annotated[bool, typer.Option("--list", help="Name the scenarios.")] = False,
    write: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a csready.toml that leads there.")] = None,
) -> None:
    """Start a deployment of the lab and keep it up, to be scanned from another window."""
    from checker.cli.lab_runs import scenario_named

    chosen = scenario_named(scenario)
    if list_them:
        _list()
        return
    import signal
    import threading

    for ending in (signal.SIGINT, signal.SIGTERM):  # also for a lab in the background, where a shell ignores Ctrl-C
        signal.signal(ending, signal.default_int_handler)
    from checker.lab.running import Lab

    with Lab(chosen.deployment, environment=os.environ) as running:
        if write:
            if write.exists():
                raise UsageError(f"--write {write}: is there already", "Name a new file; yours is not overwritten.")
            try:
                write.write_bytes(running.config.read_bytes())
            except OSError as exc:
                raise UsageError(f"--write {write}: {exc.strerror or exc}", "Name a file that can be written.") from exc
        print(f"{chosen.name}: {chosen.title}")
        print(f"csready scan -c {write or running.config}")
        for variable, secret in running.environment.items():
            if variable not in os.environ:
                print(f"$env:{variable} = '{secret}'" if os.name == "nt" else f"export {variable}='{secret}'")
        print("Ctrl-C ends it.", flush=True)
        threading.Event().wait()


def _list() -> None:
    from tabulate import tabulate

    from checker.lab.scenarios import DEFAULT, SCENARIOS

    rows = [
        (each.name + (" (default)" if each.name == DEFAULT else ""), each.verdict.value, each.title)
        for each in SCENARIOS.values()
    ]
    print(tabulate(rows, headers=("scenario", "comes out", "what is wrong"), tablefmt="plain"))
