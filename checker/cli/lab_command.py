"""``csready lab``: a whole hybrid deployment on loopback, kept up until it is interrupted."""

import os
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.completing import scenarios
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.lab.deployment import Deployment


class EvidenceForm(Enum):
    CLIXML = "clixml"
    JSON = "json"
    ZIP = "zip"


def lab(
    scenario: Annotated[
        list[str] | None, typer.Argument(metavar="SCENARIO", help="One that --list names.", autocompletion=scenarios)
    ] = None,
    list_them: Annotated[bool, typer.Option("--list", help="Name the scenarios.")] = False,
    write: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a csready.toml for it.")] = None,
    write_evidence: Annotated[
        Path | None, typer.Option(metavar="PATH", help="Write what is to be seen there as an evidence folder or zip.")
    ] = None,
    form: Annotated[EvidenceForm, typer.Option("--as", help="The form of its files.")] = EvidenceForm.CLIXML,
) -> None:
    """Start a deployment of the lab and keep it up, to be scanned.

    \b
    csready lab --list
    csready lab tenant-not-shared --write csready.toml
    csready lab ready --write-evidence evidence.zip --as zip

    It is scanned from another window, by the command that it prints. With --write-evidence nothing is started: what the
    scenario's servers would say goes into files, for csready scan --evidence PATH --offline. With --write FILE beside
    it the csready.toml holds what only the operator can say.
    """
    from checker.cli.lab_runs import scenario_named

    chosen = scenario_named(scenario)
    if list_them:
        _list()
        return
    if write_evidence:
        _write_evidence(chosen.deployment, write_evidence, form, write)
        return
    import signal
    import threading

    for ending in (signal.SIGINT, signal.SIGTERM):  # also for a lab in the background, where a shell ignores Ctrl-C
        signal.signal(ending, signal.default_int_handler)
    from checker.lab.running import Lab

    with Lab(chosen.deployment, environment=os.environ) as running:
        if write:
            _refuse_present(_configuration(chosen.deployment, write))
            try:
                running.write_configuration(write)
            except OSError as exc:
                raise UsageError(f"--write {write}: {exc.strerror or exc}", "Name a file that can be written.") from exc
        print(f"{chosen.name}: {chosen.title}")
        print(f"csready scan -c {write or running.config}")
        for variable, secret in running.environment.items():
            if variable not in os.environ:
                print(f"$env:{variable} = '{secret}'" if os.name == "nt" else f"export {variable}='{secret}'")
        print("Ctrl-C ends it.", flush=True)
        threading.Event().wait()


def _write_evidence(deployment: "Deployment", path: Path, form: EvidenceForm, write: Path | None) -> None:
    from checker.lab.evidence_writing import Form, write_evidence
    from checker.lab.running import operators_answers, write_configuration

    _refuse_present([path, *(_configuration(deployment, write) if write else [])])
    try:
        write_evidence(deployment, path, Form(form.value))
        if write:
            write_configuration(operators_answers(deployment), deployment, write)
    except OSError as exc:
        raise UsageError(f"{exc.filename or path}: {exc.strerror or exc}", "Name a place that can be written.") from exc
    print(f"csready scan {f'-c {write}' if write else 'contoso.com'} --evidence {path} --offline")


def _configuration(deployment: "Deployment", write: Path) -> list[Path]:
    """All the files that ``--write`` makes."""
    from checker.lab.running import BATCH_FILE

    return [write, *([write.with_name(BATCH_FILE)] if deployment.batch else [])]


def _refuse_present(paths: "list[Path]") -> None:
    for each in paths:
        if each.exists():
            raise UsageError(f"{each}: is there already", "Name a new one; yours is not overwritten.")


def scenario_names() -> tuple[str, ...]:
    """None where the lab is not installed."""
    try:
        from checker.lab.scenarios import SCENARIOS
    except ImportError:
        return ()
    return tuple(SCENARIOS)


def _list() -> None:
    from tabulate import tabulate

    from checker.lab.scenarios import DEFAULT, SCENARIOS

    rows = [
        (each.name + (" (default)" if each.name == DEFAULT else ""), each.verdict.value, each.title)
        for each in SCENARIOS.values()
    ]
    print(tabulate(rows, headers=("scenario", "comes out", "what is wrong"), tablefmt="plain"))
