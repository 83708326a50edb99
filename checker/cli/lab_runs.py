"""A lab deployment in the place of a real one: started for a scan, and led to by its own configuration."""

import difflib
import os
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from checker.config import Options, Setup, set_up
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.lab.scenario import Scenario


def scenario_named(names: list[str] | None) -> "Scenario":
    """The one of that name, or the default one. Raises ``UsageError`` for an unknown name, or without the extra."""
    try:
        from checker.lab.scenarios import DEFAULT, SCENARIOS
    except ImportError as exc:
        raise UsageError(f"the lab is not installed ({exc.name} is missing)", "pip install 'csready[lab]'") from exc
    if names and len(names) > 1:
        raise UsageError(f"--lab takes one scenario, not {len(names)}", "See csready lab --list.")
    name = names[0] if names else DEFAULT
    if name not in SCENARIOS:
        close = difflib.get_close_matches(name, SCENARIOS, n=1)
        hint = f"Did you mean {close[0]}?" if close else "See csready lab --list."
        raise UsageError(f"{name}: the lab has no such scenario", hint)
    return SCENARIOS[name]


def lab_setup(names: list[str] | None, options: Options, stack: ExitStack) -> Setup:
    """Starts the scenario until the stack ends. The lab brings its own configuration; options still win over it."""
    # An option wins over the environment, so a CSREADY_CONFIG that is set for other scans is no contradiction.
    if options.config and str(options.config) != os.environ.get("CSREADY_CONFIG"):
        raise UsageError("-c and --lab exclude each other", "The lab brings its own configuration.")
    scenario = scenario_named(names)
    from checker.lab.running import Lab

    lab = stack.enter_context(Lab(scenario.deployment))
    return set_up(replace(options, config=lab.config), environment=lab.environment)
