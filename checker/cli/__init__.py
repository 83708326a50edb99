"""The command line: one module for each command, and the one place where errors become exit codes.

Nothing heavy is imported here: each command imports what it needs when it runs, so that ``--help`` and ``--version``
answer at once.
"""

import gc
import os
import sys

import typer

from checker.cli.boundary import guarded
from checker.cli.completing import ASKED_BY, answer

# What a run makes lives to its end: by default a third of a run over 100,000 users goes into looking at it again.
COLLECTING = (50_000, 20, 50)


def build() -> typer.Typer:
    """The application with all its commands."""
    from checker.cli import (
        assess_command,
        attach_command,
        catalogue_commands,
        collector_command,
        completion_command,
        diff_command,
        explain_command,
        init_command,
        lab_command,
        plan_command,
        reconcile_command,
        scan_command,
        schema_command,
        verify_command,
        waive_command,
        whatif_command,
        why_command,
    )

    app = typer.Typer(
        name="csready",
        help="Predicts the errors Move-CsUser would raise, before anybody is moved. It changes nothing.",
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback(invoke_without_command=True)(_about)
    app.command("scan")(scan_command.scan)
    app.command("plan")(plan_command.plan)
    app.command("assess")(assess_command.assess)
    app.command("explain")(explain_command.explain)
    app.command("why")(why_command.why)
    app.command("whatif")(whatif_command.whatif)
    app.command("attach")(attach_command.attach)
    app.command("verify")(verify_command.verify)
    app.add_typer(waive_command.app, name="waive")
    app.command("diff")(diff_command.diff)
    app.command("reconcile")(reconcile_command.reconcile)
    app.command("checks")(catalogue_commands.checks)
    app.command("faults")(catalogue_commands.faults)
    app.command("init")(init_command.init)
    app.command("collector")(collector_command.collector)
    app.command("schema")(schema_command.schema)
    app.command("lab")(lab_command.lab)
    app.command("completion")(completion_command.completion)
    return app


def _version(asked: bool) -> None:
    if asked:
        from checker import __version__

        typer.echo(f"csready {__version__}")
        raise typer.Exit


def _about(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Holds the options of csready itself; without a command it prints what there is."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> None:
    """The console script. Ends the process without waiting for threads that hang in a blocking call."""
    if ASKED_BY in os.environ:  # a shell asks what to offer on Tab; the exit code is part of the answer
        answer(build())
    gc.set_threshold(*COLLECTING)
    code = guarded(lambda: build()(prog_name="csready", standalone_mode=False))
    # A daemon thread may sit in a library that no closed socket wakes; interpreter shutdown must not wait for it.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
